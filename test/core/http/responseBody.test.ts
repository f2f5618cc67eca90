import {
	bodyKindOf,
	decode,
	decodeText,
	mediaTypeOf,
	parseResponseJson,
} from '../../../core/http/responseBody';
import { expectCode } from '../support/expectCode';

describe('the charset of a text', () => {
	it.each([
		[Buffer.from('Grüße', 'latin1'), 'text/plain; charset=ISO-8859-1', 'Grüße'],
		[Buffer.from('Grüße', 'latin1'), 'text/plain; charset="windows-1252"', 'Grüße'],
		[Buffer.from([0x82, 0xa0]), 'text/plain;charset=shift_jis', 'あ'],
		[Buffer.from('\ufeffGrüße'), 'text/plain', 'Grüße'],
		[Buffer.from('éèà'), undefined, 'éèà'],
	])('%s as %s', (bytes, contentType, expected) => {
		expect(decodeText(bytes, contentType)).toBe(expected);
	});

	it('is guessed only where the bytes are no UTF-8', () => {
		const latin = Buffer.from('Grüße', 'latin1');
		expect(decodeText(latin, 'text/plain', () => 'ISO-8859-1')).toBe('Grüße');
		expect(decodeText(latin, 'text/plain', () => 'no-such')).toBe('Gr\ufffd\ufffde');
		expect(decodeText(Buffer.from('Grüße'), 'text/plain', () => 'ISO-8859-1')).toBe('Grüße');
	});

	it('is an error if it does not exist', () => {
		expect(() => decodeText(Buffer.from('x'), 'text/plain; charset=klingon')).toThrow(
			expect.objectContaining({ code: 'RESPONSE_CHARSET_UNKNOWN' }),
		);
	});
});

it.each([
	['application/json; charset=utf-8', 'json'],
	['application/problem+json', 'json'],
	['application/x-ndjson', 'text'],
	['application/jsonlines', 'text'],
	['IMAGE/PNG', 'file'],
	['application/pdf', 'file'],
	['text/html', 'text'],
	['', 'text'],
])('%s is read as %s', (contentType, expected) => {
	expect(bodyKindOf(contentType)).toBe(expected);
	expect(mediaTypeOf(contentType)).toBe(contentType.split(';')[0]?.toLowerCase());
});
