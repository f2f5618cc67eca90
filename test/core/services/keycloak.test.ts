import { createPublicKey } from 'node:crypto';
import { keycloak } from '../../../core/services/keycloak';
import { ec, ed25519, p384, p521, pem, rsa } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const realm = 'https://sso.example.com/realms/main';
const form = { realmUrl: `${realm}/`, clientId: 'client-1', apiHosts: 'api.example.com' };
const url = 'https://api.example.com/orders';

stopClock();

it.each([
	['RS256', rsa],
	['ES256', ec],
	['ES384', p384],
	['ES512', p521],
	['EdDSA', ed25519],
])('has one audience, the issuer, in a JWT of %s', async (alg, pair) => {
	const data = { ...form, privateKey: pem(pair, 'pkcs8') };
	const key = { publicKey: createPublicKey(pair) };
	const { jwt, exchange, request } = await callService(keycloak, data, key, { url });
	expect(jwt).toEqual({
		header: { alg, typ: 'JWT' },
		payload: {
			iss: 'client-1',
			sub: 'client-1',
			aud: realm,
			iat: NOW,
			exp: NOW + 60,
			jti: expect.any(String) as string,
		},
	});
	expect(exchange?.url).toBe(`${realm}/protocol/openid-connect/token`);
	expect(exchange?.parameters).toMatchObject({ grant_type: 'client_credentials', scope: 'openid' });
	expect(request.headers.authorization).toBe('Bearer at-1');
});

it('goes to no host that is not entered, and says where to enter it', async () => {
	const data = { ...form, apiHosts: '', privateKey: pem(rsa, 'pkcs8') };
	const call = callService(keycloak, data, { publicKey: createPublicKey(rsa) }, { url });
	await expect(call).rejects.toMatchObject({
		code: 'DOMAIN_NOT_ALLOWED',
		hint: expect.stringContaining('API Hosts') as string,
	});
});
