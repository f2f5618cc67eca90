import { mintAssertion, mintClientAssertion, usesAudience } from '../../../core/exchange/assertion';
import { decodeToken } from '../../../core/jws/decode';
import { exchangeSettings, TOKEN_URL } from '../support/exchangeCases';

const NOW = new Date(1_750_000_000_000);
const claimsOf = async (data: Record<string, unknown>) =>
	decodeToken(await mintAssertion(exchangeSettings(data), NOW)).payload;
const life = { iat: 1_750_000_000, exp: 1_750_000_300, jti: expect.any(String) };

describe('the claims of an assertion', () => {
	it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
		['jwtBearer', { payload: '{ "sub": "you" }' }, { iss: 'me', sub: 'you', aud: TOKEN_URL }],
		['clientCredentials', { payload: '{}' }, { iss: 'me', sub: 'me', aud: TOKEN_URL }],
		['custom', { payload: '{ "iss": "app" }' }, { iss: 'app' }],
	])(
		'of the grant %s have its defaults, and a life of five minutes',
		async (grant, data, claims) => {
			expect(await claimsOf({ grant, clientId: 'me', ...data })).toEqual({ ...claims, ...life });
		},
	);

	it('are those of the payload where it has them', async () => {
		const payload = '{ "iss": "a", "sub": "b", "aud": ["c"], "more": 1 }';
		for (const grant of ['jwtBearer', 'clientCredentials', 'custom']) {
			expect(await claimsOf({ grant, clientId: 'me', payload })).toEqual({
				iss: 'a',
				sub: 'b',
				aud: ['c'],
				more: 1,
				...life,
			});
		}
	});

	it('are the defaults where the skeleton of the form is empty, and nothing where there is none', async () => {
		const payload = '{ "iss": "", "sub": "", "aud": "", "scope": "", "own": "" }';
		expect(await claimsOf({ clientId: 'me', payload })).toEqual({
			iss: 'me',
			aud: TOKEN_URL,
			own: '',
			...life,
		});
		expect(await claimsOf({ grant: 'custom', payload })).toEqual({ own: '', ...life });
	});

	it('have another jti each time: servers refuse one that they have seen', async () => {
		expect((await claimsOf({})).jti).not.toBe((await claimsOf({})).jti);
	});
});

describe('an assertion without a client', () => {
	it('is refused for client credentials, unless the payload names the issuer', async () => {
		const grant = 'clientCredentials';
		await expect(claimsOf({ grant, payload: '{}' })).rejects.toMatchObject({
			code: 'EXCHANGE_SETTINGS_INVALID',
			message: 'The Client ID is empty.',
			hint: expect.stringContaining('Enter the Client ID'),
		});
		const claims = await claimsOf({ grant, payload: '{ "iss": "a" }' });
		expect(claims).toEqual({ iss: 'a', aud: TOKEN_URL, ...life });
	});

	it('is made for a JWT bearer grant, whose issuer need be no client', async () => {
		expect(await claimsOf({ payload: '{ "sub": "you" }' })).toEqual({
			sub: 'you',
			aud: TOKEN_URL,
			...life,
		});
	});
});

describe('Audience of the Assertion', () => {
	const named = { payload: '{ "aud": "x" }' };
	const left = { payload: '{ "aud": "" }' };
	const second = { clientId: 'me', useAdvanced: true, clientAssertion: true };

	it.each<[string, Record<string, unknown>, boolean]>([
		['a payload without "aud"', {}, true],
		['the empty "aud" of the skeleton', left, true],
		['a payload that has one', named, false],
		['a grant that has none by itself', { ...left, grant: 'tokenExchange' }, false],
		['a custom exchange', { ...left, grant: 'custom' }, false],
		['a second assertion beside a payload that has one', { ...named, ...second }, true],
	])('counts for %s: %p, %s', (_what, data, expected) => {
		expect(usesAudience(exchangeSettings(data))).toBe(expected);
	});
});

describe('the assertion that authenticates the client', () => {
	it('has the client as issuer and subject, whatever the payload says', async () => {
		const settings = exchangeSettings({ clientId: 'me', payload: '{ "sub": "you", "role": "x" }' });
		expect(decodeToken(await mintClientAssertion(settings, NOW)).payload).toEqual({
			iss: 'me',
			sub: 'me',
			aud: TOKEN_URL,
			...life,
		});
	});

	it('needs a client', async () => {
		await expect(mintClientAssertion(exchangeSettings(), NOW)).rejects.toMatchObject({
			code: 'EXCHANGE_SETTINGS_INVALID',
			message: 'Add Client Assertion is on, but the Client ID is empty.',
			hint: expect.stringContaining('switch Add Client Assertion off'),
		});
	});
});
