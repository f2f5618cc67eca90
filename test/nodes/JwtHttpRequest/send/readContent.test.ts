import type { IExecuteFunctions } from 'n8n-workflow';
import { readContent } from '../../../../nodes/JwtHttpRequest/send/readContent';
import type { ReadAnswer } from '../../../../nodes/JwtHttpRequest/send/sendTypes';
import { expectCode } from '../../../core/support/expectCode';

const context = {
	helpers: { detectBinaryEncoding: () => 'utf-8' },
} as unknown as IExecuteFunctions;

function read(kind: 'json' | 'text', body: string | Buffer, type = '', lenient = false) {
	const headers = { 'content-type': type };
	return readContent(
		context,
		{ kind, headers, body: Buffer.from(body) } as unknown as ReadAnswer,
		lenient,
	);
}

it('JSON is parsed, text is not', () => {
	expect(read('json', '{"a":[1]}')).toEqual({ a: [1] });
	expect(read('text', '{"a":[1]}')).toBe('{"a":[1]}');
});

it('invalid JSON is an error, or nothing where that is enough', () => {
	expectCode('JSON_MALFORMED', () => read('json', '{'));
	expect(read('json', '{', '', true)).toEqual({});
});

it('a text is read in the character set the answer names', () => {
	expect(read('text', Buffer.from([0xfc]), 'text/plain; charset=latin1')).toBe('ü');
});

it('a character set nobody knows is an error', () => {
	expectCode('RESPONSE_CHARSET_UNKNOWN', () => read('text', 'x', 'text/plain; charset=klingon'));
});
