import { assertUsable, authenticateWithPastedToken } from '../../../core/authenticate/tokenApi';
import { sentTokens } from '../../../core/request/sentTokens';
import { readTokenSettings } from '../../../core/settings/readSending';
import { expectCode } from '../support/expectCode';
import { part } from '../support/tokens';

const tokenWith = (claims: object) => `${part({ alg: 'HS256' })}.${part(claims)}.c2ln`;
const token = tokenWith({ sub: 'x' });
const URL_OF_API = 'https://api.example.com/';

describe('authenticateWithPastedToken', () => {
	it('sends the token as it is, in a copy of the request', () => {
		const request = Object.freeze({ url: URL_OF_API, headers: Object.freeze({ accept: '*/*' }) });
		expect(authenticateWithPastedToken({ token: ` Bearer ${token}\n` }, request)).toEqual({
			url: URL_OF_API,
			headers: { accept: '*/*', authorization: `Bearer ${token}` },
		});
	});

	it('puts it where the credential says, beside its headers', () => {
		const data = {
			token,
			placement: 'query',
			queryParameter: 'jwt',
			additionalHeaders: '{ "x": "y" }',
		};
		expect(authenticateWithPastedToken(data, { url: URL_OF_API })).toEqual({
			url: URL_OF_API,
			headers: { x: 'y' },
			qs: { jwt: token },
		});
	});

	it('notes what it sent, so that it can be taken out of what the API says', () => {
		const data = { token };
		authenticateWithPastedToken(data, { url: URL_OF_API });
		expect(sentTokens(data)).toEqual([token]);
	});

	it('refuses a host that is not listed', () => {
		const restricted = { token, allowedHttpRequestDomains: 'domains', allowedDomains: 'a.example' };
		expectCode('DOMAIN_NOT_ALLOWED', () =>
			authenticateWithPastedToken(restricted, { uri: 'https://b.example/' }),
		);
		expect(sentTokens(restricted)).toEqual([]);
	});

	it('refuses a token that is over, or not valid yet, by the clock', () => {
		const seconds = Math.floor(Date.now() / 1000);
		const send = (claims: object) =>
			authenticateWithPastedToken({ token: tokenWith(claims) }, { url: URL_OF_API });
		expectCode('TOKEN_EXPIRED', () => send({ exp: seconds - 1 }));
		expectCode('TOKEN_NOT_YET_VALID', () => send({ nbf: seconds + 3600 }));
		expect(() => send({ exp: seconds + 3600, nbf: seconds - 1 })).not.toThrow();
	});

	it('refuses a credential whose end has passed, in the zone of n8n', () => {
		const at = (credentialExpiresAt: string, timeZone?: string) => () =>
			authenticateWithPastedToken({ token, credentialExpiresAt }, { url: URL_OF_API }, timeZone);
		expectCode('CREDENTIAL_EXPIRED', at('2020-01-01T00:00:00'));
		const inThreeHours = new Date(Date.now() + 3 * 3_600_000).toISOString().slice(0, 19);
		expect(at(inThreeHours)).not.toThrow();
		expectCode('CREDENTIAL_EXPIRED', at(inThreeHours, 'Asia/Tokyo'));
	});
});

describe('assertUsable', () => {
	const now = new Date('2026-03-01T00:00:00Z');
	const settings = (data: object) => readTokenSettings({ token, ...data });

	it('looks at the host before anything else', () => {
		const data = { allowedHttpRequestDomains: 'none', credentialExpiresAt: '2020-01-01' };
		const check = () => assertUsable(settings(data), { url: URL_OF_API }, now, undefined);
		expectCode('DOMAIN_NOT_ALLOWED', check);
	});

	it('ends with the very second of Credential Expires At', () => {
		const check = (end: string) => () =>
			assertUsable(settings({ credentialExpiresAt: end }), { url: URL_OF_API }, now, undefined);
		expectCode('CREDENTIAL_EXPIRED', check('2026-03-01T00:00:00Z'));
		expect(check('2026-03-01T00:00:01Z')).not.toThrow();
	});
});
