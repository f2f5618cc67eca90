import { Readable } from 'node:stream';
import { serialiseBody, type BodySource } from '../../../core/request/bodyBytes';
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

describe('serialiseBody: bodies that cannot be known', () => {
	const multipart = { append: () => 1, getHeaders: () => ({}) };

	it.each([true, false])('refuses streams, files and multipart (legacy: %s)', (legacy) => {
		const multipartType = 'multipart/form-data; boundary=x';
		for (const body of [Readable.from(['a']), new Blob(['a']), new FormData(), multipart]) {
			expectCode('REQUEST_BODY_UNBINDABLE', () => serialise({ legacy, body }));
		}
		expectCode('REQUEST_BODY_UNBINDABLE', () =>
			serialise({ legacy, body: { a: 1 }, contentType: multipartType }),
		);
	});

	it('refuses formData and multipart text of the legacy helper, which rebuilds them', () => {
		expectCode('REQUEST_BODY_UNBINDABLE', () => serialise({ legacy: true, formData: { a: 1 } }));
		const contentType = 'multipart/form-data; boundary=x';
		expectCode('REQUEST_BODY_UNBINDABLE', () =>
			serialise({ legacy: true, body: 'x', contentType }),
		);
		expect(serialise({ body: 'x', contentType })).toEqual([contentType, 'x']);
	});

	it('refuses what JSON cannot hold, without quoting it', () => {
		const cyclic: Record<string, unknown> = { password: 'secret-value' };
		cyclic.self = cyclic;
		const { message } = expectCode('REQUEST_BODY_UNBINDABLE', () => serialise({ body: cyclic }));
		expect(message).toBe('The body cannot be written as JSON.');
		expectCode('REQUEST_BODY_UNBINDABLE', () => serialise({ body: { a: 1n } }));
	});
});
