import fc from 'fast-check';
import { withoutPadding } from '../../../core/jws/padding';

const bare = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const padded = (bytes: Uint8Array) => {
	const text = bare(bytes);
	return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
};

it('takes off what was put on, and keeps header and payload as they were signed', () => {
	const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });
	fc.assert(
		fc.property(bytes, bytes, bytes, (...parts) => {
			const token = parts.map(padded).join('.');
			fc.pre(token.includes('='));
			const [header, payload] = parts.map(padded);
			expect(withoutPadding(token)).toEqual({
				token: parts.map(bare).join('.'),
				signed: { header, payload },
			});
		}),
	);
});

it('leaves a token without padding alone', () => {
	expect(withoutPadding('YQ.YWI.YWJj')).toBeUndefined();
});

it.each([
	['one padded part beside one that lacks it', 'YQ==.YWI.YWJj'],
	['too little', 'YQ=.YWJj.YWJj'],
	['too much', 'YQ==.YWJj.YWJj='],
	['a whole block of it', 'YQ==.YWJj.YWJj===='],
	['some in the middle', 'Y=Q=.YWJj.YWJj'],
	['some alone', '=.YQ==.YWJj'],
])('refuses %s', (_what, token) => {
	expect(() => withoutPadding(token)).toThrow(
		expect.objectContaining({
			code: 'TOKEN_MALFORMED',
			message: 'The parts of the token are not padded alike.',
		}) as Error,
	);
});
