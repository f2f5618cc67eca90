import type { AuthenticableRequest } from '../../../core/request/placement';
import { authenticateWithPastedToken } from '../../../core/authenticate/tokenApi';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { authenticateWithSignedToken as authenticate } from '../../../core/authenticate/signApi';
import { issue } from '../support/certificateChains';
import { pem } from '../support/keyFixtures';
import { decodeToken } from '../../../core/jws/decode';

const { privateKey } = generateKeyPairSync('ed25519');
const data = {
	algorithm: 'EdDSA',
	privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
	payload: '{ "sub": "x" }',
};

/** As n8n calls it, with a request of either shape. */
async function sign(credential: Record<string, unknown>, request: AuthenticableRequest) {
	return await authenticate(credential, request);
}

function tokenOf(request: AuthenticableRequest): string {
	return String(Object(request.headers).authorization).replace(/^Bearer /, '');
}

/** Every object of a request made immutable, as far as n8n might save it. */
function frozen<T extends object>(value: T): T {
	for (const member of Object.values(value)) {
		if (typeof member === 'object' && member !== null && !Buffer.isBuffer(member)) frozen(member);
	}
	return Object.freeze(value);
}

describe('authenticateWithSignedToken', () => {
	it.each([
		['the new helper', { url: '/v1/x', baseURL: 'https://api.example.com', qs: { a: '1' } }],
		['the legacy helper', { uri: 'https://api.example.com/v1/x', qs: { a: '1' }, json: true }],
	])('adds the token to a request of %s and changes nothing else', async (_helper, request) => {
		const before = JSON.stringify(request);
		const { headers, ...rest } = await sign(data, frozen(request));
		expect(headers).toEqual({
			authorization: expect.stringMatching(/^Bearer ey[\w-]+\.[\w-]+\.[\w-]+$/),
		});
		expect(rest).toEqual(request);
		expect(JSON.stringify(request)).toBe(before);
	});

	it.each([
		{ url: 'https://u:p@api.example.com/' },
		{ uri: 'https://u@api.example.com/' },
		{ url: '/x', baseURL: 'https://:p@api.example.com' },
	])(
		'refuses a user in the address, who would take the place of the token: %p',
		async (request) => {
			const error = { code: 'URL_INVALID', hint: expect.stringContaining('in place of the token') };
			await expect(sign(data, request)).rejects.toMatchObject(error);
			const stored = { token: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln' };
			expect(() => authenticateWithPastedToken(stored, request)).toThrow(
				expect.objectContaining(error),
			);
		},
	);

	it('sets exp an hour after iat', async () => {
		const sent = await sign(data, { url: 'https://api.example.com/' });
		const { payload } = decodeToken(tokenOf(sent));
		expect(Number(payload.exp) - Number(payload.iat)).toBe(3600);
	});

	it('leaves one token when n8n runs it twice on the same options', async () => {
		for (const placement of ['header', 'query']) {
			const bound = {
				...data,
				useAdvanced: true,
				placement,
				requestBinding: {
					bindings: [
						{ target: 'payload', name: 'uri', value: 'pathQuery' },
						{ target: 'payload', name: 'hash', value: 'bodySha256Hex' },
					],
				},
			};
			const request = {
				uri: 'https://api.example.com/v1/x',
				method: 'POST',
				qs: { a: 'b c' },
				body: { n: 1 },
				json: true,
			};
			const once = await sign(bound, request);
			const twice = await sign(bound, once);
			const payloads = [once, twice].map((sent) => {
				const token = placement === 'header' ? tokenOf(sent) : String(Object(sent.qs).token);
				return decodeToken(token).payload;
			});
			const hash = createHash('sha256').update('{"n":1}').digest('hex');
			for (const payload of payloads) {
				expect(payload).toMatchObject({ uri: '/v1/x?a=b%20c', hash });
			}
			expect(Object.keys(twice).sort()).toEqual(Object.keys(once).sort());
		}
	});

	it('ignores advanced fields while the switch is off', async () => {
		const off = { ...data, addJti: true, headerPrefix: 'Ghost', useAdvanced: false };
		const sent = await sign(off, { url: 'https://api.example.com/' });
		expect(Object(sent.headers).authorization).toMatch(/^Bearer /);
		expect(decodeToken(tokenOf(sent)).payload).not.toHaveProperty('jti');
	});

	it('sends additional headers, which can neither replace the token nor break the request', async () => {
		const withHeaders = (additionalHeaders: string) =>
			sign(
				{ ...data, useAdvanced: true, additionalHeaders },
				{ url: 'https://api.example.com/', headers: { 'x-api-key': 'old' } },
			);
		const sent = await withHeaders('{ "X-API-Key": "k", "X-Number": 7, "Authorization": "other" }');
		expect(sent.headers).toEqual({
			'X-API-Key': 'k',
			'X-Number': '7',
			authorization: expect.stringMatching(/^Bearer ey/),
		});
		for (const bad of ['["x"]', '{ "X-Key": { "a": 1 } }', '{ "X-Key": "canary-a\\nb" }']) {
			await expect(withHeaders(bad)).rejects.toMatchObject({
				code: 'ADDITIONAL_HEADERS_INVALID',
				message: expect.not.stringContaining('canary'),
			});
		}
		await expect(withHeaders('{ "X Key": "v" }')).rejects.toMatchObject({
			code: 'HEADER_NAME_INVALID',
		});
	});

	it('connects with the client certificate, and follows no redirect with it', async () => {
		const { certificate, key } = issue();
		const withCertificate = { ...data, useAdvanced: ['proof'], tlsCertificate: certificate };
		const request = frozen({ url: 'https://api.example.com/', agentOptions: { ca: 'x' } });
		const sent = await sign({ ...withCertificate, tlsPrivateKey: pem(key, 'pkcs8') }, request);
		expect(sent).toMatchObject({
			agentOptions: { ca: 'x', cert: certificate, key: pem(key, 'pkcs8') },
			disableFollowRedirect: true,
		});
		await expect(sign(withCertificate, request)).rejects.toMatchObject({ code: 'KEY_MISSING' });
	});

	it('refuses a restriction it does not know rather than sending anywhere', async () => {
		await expect(
			sign({ ...data, allowedHttpRequestDomains: 'some' }, { url: 'https://api.example.com/' }),
		).rejects.toMatchObject({ code: 'DOMAIN_NOT_ALLOWED' });
	});

	it('checks the domain before the key, so that a refused host learns nothing', async () => {
		await expect(
			sign(
				{ privateKey: 'broken', allowedHttpRequestDomains: 'domains', allowedDomains: 'a.example' },
				{ url: 'https://b.example/' },
			),
		).rejects.toMatchObject({ code: 'DOMAIN_NOT_ALLOWED' });
	});
});
