import { createPublicKey } from 'node:crypto';
import { zitadel } from '../../../core/services/zitadel';
import { pem, rsa } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const file = { type: 'serviceaccount', keyId: 'key-1', key: pem(rsa, 'pkcs1'), userId: 'user-1' };
const form = { instanceUrl: 'acme.zitadel.cloud', serviceAccountKey: JSON.stringify(file) };
const key = { publicKey: createPublicKey(rsa) };
const url = 'https://acme.zitadel.cloud/management/v1/orgs/me';

stopClock();

it('takes all from the key file; the instance is the audience, without a slash', async () => {
	const { jwt, exchange, request } = await callService(zitadel, form, key, { url });
	expect(jwt).toEqual({
		header: { alg: 'RS256', typ: 'JWT', kid: 'key-1' },
		payload: {
			iss: 'user-1',
			sub: 'user-1',
			aud: 'https://acme.zitadel.cloud',
			iat: NOW,
			exp: NOW + 300,
			jti: expect.any(String) as string,
		},
	});
	expect(exchange?.url).toBe('https://acme.zitadel.cloud/oauth/v2/token');
	expect(exchange?.parameters).toEqual({
		grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
		assertion: expect.stringMatching(/^eyJ/) as string,
		scope: 'openid urn:zitadel:iam:org:project:id:zitadel:aud',
	});
	expect(request.headers.authorization).toBe('Bearer at-1');
});

it('refuses the file of an application, which is no service account', async () => {
	const application = { type: 'application', keyId: 'key-1', key: file.key, clientId: 'app-1' };
	const data = { ...form, serviceAccountKey: JSON.stringify(application) };
	await expect(callService(zitadel, data, key, { url })).rejects.toMatchObject({
		code: 'KEY_JSON_UNKNOWN',
		message: 'Service Account Key (JSON) has no userId in it.',
	});
});
