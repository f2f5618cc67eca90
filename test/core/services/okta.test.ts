import { createPublicKey, type KeyObject } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { okta } from '../../../core/services/okta';
import { ec, pem, rsa } from '../support/keyFixtures';
import { granted } from '../support/exchangeCases';
import { readProof } from '../support/proofs';
import { callService, NOW, stopClock } from './support/call';

const url = 'https://acme.okta.com/api/v1/users';
const jwk = (key: KeyObject) => JSON.stringify({ ...key.export({ format: 'jwk' }), kid: 'kid-1' });

stopClock();

it.each([
	['a JWK', 'RS256', rsa, { privateKey: jwk(rsa) }],
	['an EC key', 'ES256', ec, { privateKey: pem(ec, 'pkcs8'), keyId: 'kid-1' }],
])('authenticates the app by a JWT of %s', async (_what, alg, pair, form) => {
	const data = { domain: 'https://acme.okta.com/', clientId: 'app-1', ...form };
	const key = { publicKey: createPublicKey(pair) };
	const { jwt, exchange } = await callService(okta, data, key, { url });
	expect(jwt).toEqual({
		header: { alg, typ: 'JWT', kid: 'kid-1' },
		payload: {
			iss: 'app-1',
			sub: 'app-1',
			aud: 'https://acme.okta.com/oauth2/v1/token',
			iat: NOW,
			exp: NOW + 300,
			jti: expect.any(String) as string,
		},
	});
	expect(exchange?.parameters).toMatchObject({
		grant_type: 'client_credentials',
		scope: 'okta.users.read',
	});
});

it('refuses the address of the admin console, which has no token endpoint', async () => {
	const data = { domain: 'acme-admin.okta.com', clientId: 'app-1', privateKey: jwk(rsa) };
	const call = callService(okta, data, { publicKey: createPublicKey(rsa) }, { url });
	await expect(call).rejects.toMatchObject({
		code: 'URL_INVALID',
		message: 'Okta Domain is the address of the admin console.',
		hint: 'Take -admin out of Okta Domain.',
	});
});

it('proves with DPoP where that is switched on, and says so where it is wanted', async () => {
	const data = { domain: 'acme.okta.com', clientId: 'app-1', privateKey: jwk(rsa), useDpop: true };
	const key = { publicKey: createPublicKey(rsa) };
	const bound = granted('at-1', { token_type: 'DPoP' });
	const { exchange, request } = await callService(okta, data, key, { url, reply: bound });
	expect(readProof(exchange?.headers.DPoP).claims).toMatchObject({
		htm: 'POST',
		htu: 'https://acme.okta.com/oauth2/v1/token',
	});
	expect(request.headers.authorization).toBe('DPoP at-1');
	const [, advice] =
		(okta.refusals ?? []).find(([words]) => words.test('invalid_dpop_proof')) ?? [];
	expect(advice).toContain('Switch Use DPoP on');
});

it('asks for users only where it may: with other scopes, the exchange alone is tested', () => {
	const pathFor = (scopes: string) =>
		String(runInNewContext(okta.test.path.slice(3, -2), { $credentials: { scopes } }));
	expect(pathFor('okta.groups.read okta.users.read')).toBe('/api/v1/users?limit=1');
	expect(pathFor('okta.groups.read')).toBe('/.well-known/openid-configuration');
});
