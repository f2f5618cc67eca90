import { Readable } from 'node:stream';
import {
	serialiseBody,
	unbindableBodyError,
	type BodySource,
} from '../../../core/request/bodyBytes';
import { expectCode } from '../support/expectCode';

const serialise = (source: Partial<BodySource>) => {
	const base = { legacy: false, method: 'POST', contentType: undefined };
	const { bytes, contentType } = serialiseBody({ ...base, ...source });
	return [contentType, bytes.toString('utf8')];
};

describe('serialiseBody where it differs from n8n on purpose', () => {
	it.each([true, false])('sends typed text to the letter (legacy: %s)', (legacy) => {
		const contentType = 'application/json';
		for (const body of [' {"a": 1}\n', '{"a": x']) {
			expect(serialise({ legacy, contentType, body })).toEqual([contentType, body]);
		}
	});

	it.each([true, false])('keeps bytes (legacy: %s)', (legacy) => {
		const octets = 'application/octet-stream';
		const form = 'application/x-www-form-urlencoded';
		const view = new Uint8Array(Buffer.from('xabcx').subarray(1, 4));
		expect(serialise({ legacy, body: Buffer.from('abc') })).toEqual([octets, 'abc']);
		expect(serialise({ legacy, body: view.subarray(1) })).toEqual([octets, 'bc']);
		expect(serialise({ legacy, body: view.buffer })).toEqual([octets, 'abc']);
		expect(serialise({ legacy, contentType: form, body: Buffer.from('a=b c') })).toEqual([
			form,
			'a=b c',
		]);
	});

	it('quotes untyped text of the legacy helper that is not JSON, and leaves JSON alone', () => {
		expect(serialise({ legacy: true, body: 'a "b"' })).toEqual(['application/json', '"a \\"b\\""']);
		expect(serialise({ legacy: true, body: ' {} ' })).toEqual(['application/json', ' {} ']);
	});
});

describe('serialiseBody: forms, texts and numbers', () => {
	const json = 'application/json';
	const form = 'application/x-www-form-urlencoded';
	const search = new URLSearchParams('a=b c');

	it.each<[string, Partial<BodySource>, [string | undefined, string]]>([
		['a form with a list', { form: { a: [1, 2] } }, [form, 'a%5B0%5D=1&a%5B1%5D=2']],
		[
			'a form with a list, and useQuerystring, which n8n does not look at here',
			{ form: { a: [1] }, useQuerystring: true },
			[form, 'a%5B0%5D=1'],
		],
		[
			'a form with its content type and useQuerystring',
			{ contentType: form, form: { a: [1, 2] }, useQuerystring: true },
			[form, 'a=1&a=2'],
		],
		[
			'a form with its content type, and useQuerystring off',
			{ contentType: form, form: { a: [1] }, useQuerystring: false },
			[form, 'a%5B0%5D=1'],
		],
		[
			'form and body with the content type of a form, which are one',
			{ contentType: form, body: { a: 1, b: 2 }, form: { a: 3 } },
			[form, 'a=3&b=2'],
		],
		['search parameters, which are a form', { body: search }, [form, 'a=b+c']],
		[
			'search parameters with another content type',
			{ body: search, contentType: 'text/plain' },
			['text/plain', 'a=b+c'],
		],
		[
			'search parameters with the content type of a form, which are written anew',
			{ body: search, contentType: form },
			[form, 'a=b%20c'],
		],
		['an empty text, which is no body', { body: '' }, [undefined, '']],
		['an empty text with json', { body: '', json: true }, [undefined, '']],
		['a number with json', { body: 5, json: true }, [json, '5']],
		['a number with json off, which is no body', { body: 5, json: false }, [undefined, '']],
	])('sends with the legacy helper: %s', (_, source, expected) => {
		expect(serialise({ legacy: true, ...source })).toEqual(expected);
	});

	it.each<[string, Partial<BodySource>, [string | undefined, string]]>([
		['search parameters, which are a form', { body: search }, [form, 'a=b+c']],
		[
			'search parameters with another content type',
			{ body: search, contentType: 'text/plain' },
			['text/plain', 'a=b+c'],
		],
		['a text, which is called a form', { body: '{}' }, [form, '{}']],
		['a text with json', { body: '{}', json: true }, [json, '{}']],
		['a GET, which has no body', { method: 'get', body: 'x' }, [undefined, '']],
	])('sends with the new helper: %s', (_, source, expected) => {
		expect(serialise(source)).toEqual(expected);
	});
});

describe('serialiseBody: bodies that cannot be known', () => {
	const multipart = { append: () => 1, getHeaders: () => ({}) };
	const multipartType = 'multipart/form-data; boundary=x';
	const formDataMessage =
		'The body is multipart form data, whose bytes are only known while it is being sent, so its hash cannot go into the token.';

	describe.each([true, false])('legacy: %s', (legacy) => {
		it.each([
			['a stream of Node.js', Readable.from(['a'])],
			['a stream of the web', new ReadableStream()],
			['a file', new Blob(['a'])],
		])('refuses %s', (_, body) => {
			const { message } = expectCode('REQUEST_BODY_UNBINDABLE', () => serialise({ legacy, body }));
			expect(message).toMatch(/^The body is a file or stream, whose bytes are only known while/);
		});

		it.each([
			['a form of the web', { body: new FormData() }],
			['a form of a library', { body: multipart }],
			['an object under the type', { body: { a: 1 }, contentType: multipartType }],
		])('refuses multipart form data: %s', (_, source) => {
			const { message } = expectCode('REQUEST_BODY_UNBINDABLE', () =>
				serialise({ legacy, ...source }),
			);
			expect(message).toBe(formDataMessage);
		});
	});

	it.each([
		['formData', { formData: { a: 1 } }],
		['text', { body: 'x', contentType: multipartType }],
		['bytes', { body: Buffer.from('x'), contentType: multipartType }],
	])('refuses multipart %s of the legacy helper, which rebuilds it', (_, source) => {
		const { message } = expectCode('REQUEST_BODY_UNBINDABLE', () =>
			serialise({ legacy: true, ...source }),
		);
		expect(message).toBe(formDataMessage);
	});

	it.each(['x', Buffer.from('x')])(
		'takes multipart that is written already with the new helper, which sends it as it is: %j',
		(body) => {
			expect(serialise({ body, contentType: multipartType })).toEqual([multipartType, 'x']);
		},
	);

	it('takes the formData of the new helper, which knows no such member, for nothing', () => {
		expect(serialise({ formData: { a: 1 } })).toEqual([undefined, '']);
	});

	it('refuses a form without an end', () => {
		const form: Record<string, unknown> = {};
		form.self = form;
		const contentType = 'application/x-www-form-urlencoded';
		expectCode('REQUEST_BODY_UNBINDABLE', () => serialise({ legacy: true, form }));
		expectCode('REQUEST_BODY_UNBINDABLE', () => serialise({ legacy: true, form, contentType }));
		expectCode('REQUEST_BODY_UNBINDABLE', () => serialise({ body: form, contentType }));
	});

	it('says what to do where the caller knows', () => {
		expect(unbindableBodyError('No.', 'Do this.')).toMatchObject({
			code: 'REQUEST_BODY_UNBINDABLE',
			message: 'No.',
			hint: 'Do this.',
		});
	});

	it('refuses what JSON cannot hold, without quoting it', () => {
		const cyclic: Record<string, unknown> = { password: 'secret-value' };
		cyclic.self = cyclic;
		const { message } = expectCode('REQUEST_BODY_UNBINDABLE', () => serialise({ body: cyclic }));
		expect(message).toBe('The body cannot be written as JSON.');
		expectCode('REQUEST_BODY_UNBINDABLE', () => serialise({ body: { a: 1n } }));
	});
});
