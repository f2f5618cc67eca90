import { createPublicKey } from 'node:crypto';
import { servicenow } from '../../../core/services/servicenow';
import { ec, p384, p521, pem, rsa } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const form = {
	instanceUrl: 'acme.service-now.com',
	clientId: 'client-1',
	clientSecret: 'secret-of-the-client',
	keyId: 'key-1',
	user: 'me@acme.com',
};
const url = 'https://acme.service-now.com/api/now/table/incident';
const tokenUrl = 'https://acme.service-now.com/oauth_token.do';

stopClock();

it.each([
	['RS256', rsa, 'client', 'client-1'],
	['ES256', ec, 'endpoint', tokenUrl],
	['ES384', p384, 'client', 'client-1'],
	['ES512', p521, 'client', 'client-1'],
])(
	'acts as a user by a JWT of %s, for the audience of choice',
	async (alg, pair, audience, aud) => {
		const data = { ...form, audience, privateKey: pem(pair, 'pkcs8') };
		const key = { publicKey: createPublicKey(pair) };
		const { jwt, exchange, request } = await callService(servicenow, data, key, { url });
		expect(jwt).toEqual({
			header: { alg, typ: 'JWT', kid: 'key-1' },
			payload: {
				iss: 'client-1',
				sub: 'me@acme.com',
				aud,
				iat: NOW,
				exp: NOW + 300,
				jti: expect.any(String) as string,
			},
		});
		expect(exchange?.url).toBe(tokenUrl);
		expect(exchange?.parameters).toMatchObject({
			grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
			client_id: 'client-1',
			client_secret: 'secret-of-the-client',
		});
		expect(request.headers.authorization).toBe('Bearer at-1');
	},
);
