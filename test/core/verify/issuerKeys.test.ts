import { generateKeyPairSync } from 'node:crypto';
import { issuerDirectory } from '../../../core/verify/discovery';
import { keysOfIssuers } from '../../../core/verify/issuerKeys';
import { jwksCache } from '../../../core/verify/jwks';
import { verifyToken } from '../../../core/verify/verifyToken';
import { jwk } from '../support/keyFixtures';
import { fetchFrom } from '../support/publishedDocuments';
import { part, signByHand } from '../support/tokens';

const NOW = new Date();
const EXP = Math.floor(NOW.getTime() / 1000) + 300;
const TENANTS = [
	'11111111-1111-4111-8111-11111111aaaa',
	'22222222-2222-4222-8222-22222222bbbb',
] as const;
const [FIRST, SECOND] = TENANTS;
const STRANGER = '33333333-3333-4333-8333-33333333cccc';
const PATTERN = 'https://login.example/{tid}/v2.0';
const entra = (tenant: string) => `https://login.example/${tenant}/v2.0`;
const key = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

/** Issuers, each with a key of its own under the same key ID. */
const keys = Object.fromEntries(
	['https://a.example/', 'https://b.example', ...[...TENANTS, STRANGER].map(entra)].map((name) => [
		name,
		key(),
	]),
);
const keyOf = (issuer: string) => keys[issuer] ?? key();

let published: Record<string, unknown>;
let asked: string[];

beforeEach(() => {
	asked = [];
	published = {};
	for (const [issuer, own] of Object.entries(keys)) {
		const base = issuer.replace(/\/$/, '');
		published[`${base}/.well-known/openid-configuration`] = { issuer, jwks_uri: `${base}/keys` };
		published[`${base}/keys`] = { keys: [{ ...jwk(own), kid: 'k', d: undefined }] };
	}
});

/** Verdicts of one source, by reason. */
function verifier(issuers: string[], tenants?: readonly string[]) {
	const fetch = fetchFrom(
		() => published,
		(url) => asked.push(url),
	);
	const [findIssuer, findJwks] = [issuerDirectory(), jwksCache()];
	const source = keysOfIssuers({ issuers, tenants }, async (entered) => {
		const { issuer, jwksUrl } = await findIssuer(entered, fetch);
		return { issuer, source: findJwks(jwksUrl, fetch) };
	});
	return async (token: string) => {
		const result = await verifyToken(token, source, { now: NOW });
		return result.valid ? 'VALID' : result.error.code;
	};
}

const token = (iss: unknown, signer: string, more: object = {}) =>
	signByHand({ alg: 'ES256', kid: 'k' }, { iss, exp: EXP, ...more }, keyOf(signer), 'ES256');

describe('several issuers', () => {
	const verify = () => verifier(['https://a.example/', 'https://b.example']);

	it('are each accepted with a key of their own', async () => {
		const accepts = verify();
		for (const name of ['https://a.example/', 'https://b.example']) {
			expect(await accepts(token(name, name))).toBe('VALID');
		}
	});

	it('cannot speak for one another', async () => {
		expect(await verify()(token('https://a.example/', 'https://b.example'))).toBe(
			'SIGNATURE_INVALID',
		);
	});

	it.each([
		['another issuer', 'https://c.example/'],
		['another one by a slash', 'https://a.example'],
		['an address inside this network', 'http://169.254.169.254/latest'],
		['no text', ['https://a.example/']],
		['nothing', undefined],
	])('are the only ones: %s is refused and nothing is fetched', async (_what, iss) => {
		expect(await verify()(token(iss, 'https://a.example/'))).toBe('ISSUER_MISMATCH');
		expect(asked).toEqual([]);
	});

	it('are asked only if a token comes from them, so that one may be down', async () => {
		published['https://b.example/.well-known/openid-configuration'] = new Error('down');
		const accepts = verify();
		expect(await accepts(token('https://a.example/', 'https://a.example/'))).toBe('VALID');
		await expect(accepts(token('https://b.example', 'https://b.example'))).rejects.toMatchObject({
			code: 'DISCOVERY_FAILED',
		});
	});

	it('may be entered by the address of their metadata', async () => {
		const known = '.well-known/openid-configuration';
		const accepts = verifier([`https://a.example/${known}`, `https://b.example/${known}`]);
		expect(await accepts(token('https://a.example/', 'https://a.example/'))).toBe('VALID');
		expect(await accepts(token('https://b.example', 'https://b.example'))).toBe('VALID');
		expect(await accepts(token('https://a.example', 'https://a.example/'))).toBe('ISSUER_MISMATCH');
	});

	it('say in no word what a token claims that is not verified', async () => {
		const source = keysOfIssuers({ issuers: ['https://a.example/'] }, jest.fn());
		const forged = token('https://quoted.example', 'https://a.example/');
		const result = await verifyToken(forged, source, { now: NOW });
		expect(JSON.stringify(result)).not.toContain('quoted');
		expect(result).toMatchObject({
			error: {
				message: 'The token comes from none of the accepted issuers.',
				hint: expect.stringContaining('Check Issuer, Further Issuers and Allowed Tenants'),
			},
		});
	});

	it.each([
		['no JSON', part('no json')],
		['a list', part([1])],
		['a token again', part(token('x', 'y'))],
	])('refuse a payload that is %s', async (_what, payload) => {
		const [header, , signature] = token('https://a.example/', 'https://a.example/').split('.');
		expect(await verify()([header, payload, signature].join('.'))).toMatch(
			/^TOKEN_(MALFORMED|NESTED)$/,
		);
	});
});

describe('the tenants of an issuer', () => {
	it('are each accepted that are on the list', async () => {
		const accepts = verifier([PATTERN], TENANTS);
		for (const tid of TENANTS) {
			expect(await accepts(token(entra(tid), entra(tid), { tid }))).toBe('VALID');
		}
		expect(asked.every((url) => TENANTS.some((tid) => url.includes(tid)))).toBe(true);
	});

	it.each([
		['a tenant that is not on the list', entra(STRANGER), entra(STRANGER), STRANGER],
		['a stranger that claims the tid of a listed one', entra(STRANGER), entra(STRANGER), FIRST],
		['one listed tenant that claims the tid of another', entra(FIRST), entra(FIRST), SECOND],
		['no tid', entra(FIRST), entra(FIRST), undefined],
		['the pattern itself', PATTERN, entra(FIRST), FIRST],
		['a tid that leads elsewhere', 'https://login.example/../v2.0', entra(FIRST), '..'],
	])('are the only ones: %s is refused', async (_what, iss, signer, tid) => {
		expect(await verifier([PATTERN], TENANTS)(token(iss, signer, { tid }))).toBe('ISSUER_MISMATCH');
		expect(asked).toEqual([]);
	});

	it('cannot sign for one another', async () => {
		const forged = token(entra(FIRST), entra(SECOND), { tid: FIRST });
		expect(await verifier([PATTERN], TENANTS)(forged)).toBe('SIGNATURE_INVALID');
	});
});
