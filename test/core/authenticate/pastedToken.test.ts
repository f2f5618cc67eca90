import { usableToken } from '../../../core/authenticate/pastedToken';

const now = new Date('2026-01-01T00:00:00Z');
const nowSeconds = now.getTime() / 1000;
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (payload: unknown) => `${part({ alg: 'HS256' })}.${part(payload)}.c2lnbmF0dXJl`;

describe('usableToken', () => {
	it.each([
		'%',
		' % ',
		'Bearer %',
		'bearer   %\n',
		'\tBearer %',
		'Authorization: Bearer %',
		'"%"',
		'"authorization": "Bearer %",',
	])('takes the bare token out of %j', (pasted) => {
		const bare = token({ sub: 'x' });
		expect(usableToken(pasted.replace('%', bare), now)).toBe(bare);
	});

	it('refuses an expired token and says since when', () => {
		expect(() => usableToken(token({ exp: nowSeconds }), now)).toThrow(
			expect.objectContaining({
				code: 'TOKEN_EXPIRED',
				message: 'The token expired at 2026-01-01T00:00:00.000Z.',
			}),
		);
		expect(() => usableToken(token({ exp: nowSeconds + 1 }), now)).not.toThrow();
	});

	it('refuses a token that is not valid yet and says from when', () => {
		expect(() => usableToken(token({ nbf: nowSeconds + 60 }), now)).toThrow(
			expect.objectContaining({
				code: 'TOKEN_NOT_YET_VALID',
				message: 'The token is not valid before 2026-01-01T00:01:00.000Z.',
			}),
		);
		expect(() => usableToken(token({ nbf: nowSeconds }), now)).not.toThrow();
	});

	it.each([{ exp: 1e300 }, { exp: -1e300 }])('survives times out of range: %j', (payload) => {
		const outcome = (): unknown => usableToken(token(payload), now);
		if (payload.exp > 0) expect(outcome).not.toThrow();
		else expect(outcome).toThrow(expect.objectContaining({ code: 'TOKEN_EXPIRED' }));
	});

	it.each([
		['exp', '2030'],
		['exp', null],
		['nbf', true],
	])('refuses a time that is no number, with what to ask the issuer for: %s %p', (name, value) => {
		expect(() => usableToken(token({ [name]: value }), now)).toThrow(
			expect.objectContaining({
				code: 'TOKEN_MALFORMED',
				message: `The "${name}" claim of the token is not a number.`,
				hint: expect.stringContaining('seconds since 1970'),
			}),
		);
	});

	it('refuses a time that would last for ever', () => {
		const payload = Buffer.from('{ "exp": 1e999 }').toString('base64url');
		expect(() => usableToken(`${part({ alg: 'HS256' })}.${payload}.c2ln`, now)).toThrow(
			expect.objectContaining({ code: 'TOKEN_MALFORMED' }),
		);
	});

	it.each([
		'sk_live_canarycanary',
		'canary.canary',
		'ca.na.ry.canary',
		'canary/canary.canary.canary',
		'canary.canary.canary/canary',
	])("points an opaque token to n8n's Bearer Auth, without quoting it: %s", (opaque) => {
		expect(() => usableToken(opaque, now)).toThrow(
			expect.objectContaining({
				code: 'TOKEN_MALFORMED',
				message: 'The token in the credential is not a JWT.',
				hint: expect.stringMatching(/^(?!.*canary).*Bearer Auth/),
			}),
		);
	});

	it('tells an encrypted JWT from an opaque token', () => {
		expect(() => usableToken(`${part({ alg: 'dir' })}..iv.text.tag`, now)).toThrow(
			expect.objectContaining({ code: 'TOKEN_ENCRYPTED' }),
		);
	});

	it('names the padded tokens of a load balancer', () => {
		const [header, payload, signature] = token({ sub: 'x' }).split('.');
		expect(() => usableToken(`${header}=.${payload}.${signature}==`, now)).toThrow(
			expect.objectContaining({ message: expect.stringContaining('Load Balancer') }),
		);
	});

	it.each(['', '  ', 'Bearer '])('says that there is no token in %j', (pasted) => {
		expect(() => usableToken(pasted, now)).toThrow(
			expect.objectContaining({
				code: 'TOKEN_MISSING',
				message: 'The credential holds no token.',
			}),
		);
	});
});
