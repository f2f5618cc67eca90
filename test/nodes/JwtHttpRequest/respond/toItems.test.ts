import type { NodeOptions, ResponseOptions } from '../../../../nodes/JwtHttpRequest/read/options';
import { toItems } from '../../../../nodes/JwtHttpRequest/respond/toItems';
import type { Answer } from '../../../../nodes/JwtHttpRequest/send/sendTypes';
import { expectCode } from '../../../core/support/expectCode';
import { standIn } from '../../support/standIn';
import { senderTo } from '../support/sender';

const input = [{ json: { id: 1 }, binary: { old: { data: '', mimeType: 'a/b' } } }];

/** The items of an answer. */
function items(
	answer: object,
	response: Partial<ResponseOptions> = {},
	more: Partial<NodeOptions> = {},
) {
	const { sender } = senderTo(() => ({}), more);
	const options = { ...sender.options, response: { ...sender.options.response, ...response } };
	const given = { statusCode: 200, statusMessage: 'OK', headers: { a: 'b' }, ...answer };
	const { context } = standIn({ input });
	return toItems({ ...sender, context, options }, given as unknown as Answer);
}

const json = (value: unknown) => ({ kind: 'json', body: Buffer.from(JSON.stringify(value)) });
const text = (body: string) => ({ kind: 'text', body: Buffer.from(body) });

const about = { headers: { a: 'b' }, statusCode: 200, statusMessage: 'OK' };

describe('JSON', () => {
	it.each([
		['an object', { a: 1 }, [{ a: 1 }]],
		['a list of objects', [{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 2 }]],
		['a list of other things', [1, null, [2]], [{ data: 1 }, {}, { data: [2] }]],
		['a number', 7, [{ data: 7 }]],
		['nothing', null, [{}]],
		['an empty list', [], []],
	])('that is %s becomes items', (_what, body, expected) => {
		expect(items(json(body))).toEqual(expected.map((entry) => ({ json: entry })));
	});

	it('that is no object goes under the chosen name', () => {
		expect(items(json('x'), { outputPropertyName: 'answer' })).toEqual([{ json: { answer: 'x' } }]);
	});

	it('is one item beside status and headers where these are asked for', () => {
		expect(items(json([1, 2]), { fullResponse: true })).toEqual([
			{ json: { body: [1, 2], ...about } },
		]);
	});

	it('that is invalid is an error, but not where errors are never wanted', () => {
		const broken = { kind: 'json', body: Buffer.from('{') };
		expectCode('JSON_MALFORMED', () => items(broken));
		expect(items(broken, { neverError: true })).toEqual([{ json: {} }]);
		expectCode('JSON_MALFORMED', () => items(broken, { neverError: true, responseFormat: 'json' }));
	});

	it('is made less of before it is split into items', () => {
		const fields = { dataField: 'data', include: 'selected' as const, fields: ['a'] };
		const body = json({ data: [{ a: 1, b: 2 }, { a: 3 }] });
		expect(items(body, {}, { optimization: { kind: 'json', ...fields } })).toEqual([
			{ json: { a: 1 } },
			{ json: { a: 3 } },
		]);
	});
});

describe('text', () => {
	it('is one item, which is empty where the text is', () => {
		expect(items(text('[1]'))).toEqual([{ json: { data: '[1]' } }]);
		expect(items(text(''))).toEqual([{ json: {} }]);
	});

	it('comes beside status and headers where these are asked for', () => {
		expect(items(text('x'), { fullResponse: true, outputPropertyName: 't' })).toEqual([
			{ json: { t: 'x', ...about } },
		]);
	});

	it('is read in the character set that the answer names', () => {
		const headers = { 'content-type': 'text/plain; charset=iso-8859-1' };
		const answer = { kind: 'text', body: Buffer.from([0xe4]), headers };
		expect(items(answer)).toEqual([{ json: { data: 'ä' } }]);
	});
});

describe('a file', () => {
	const file = { data: '', mimeType: 'image/png' };

	it('joins the fields and files of the input item', () => {
		expect(items({ kind: 'file', file })).toEqual([
			{ json: { id: 1 }, binary: { ...input[0]?.binary, data: file } },
		]);
	});

	it('comes beside status and headers in place of the fields where these are asked for', () => {
		const [item] = items({ kind: 'file', file }, { fullResponse: true, outputPropertyName: 'f' });
		expect(item).toEqual({ json: about, binary: { ...input[0]?.binary, f: file } });
	});

	it('that was not stored leaves the others as they are', () => {
		expect(items({ kind: 'file', file: undefined })[0]?.binary).toEqual(input[0]?.binary);
	});
});
