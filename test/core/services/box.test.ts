import { createPublicKey } from 'node:crypto';
import { box } from '../../../core/services/box';
import { PASSPHRASE, pem, rsa } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const file = {
	boxAppSettings: {
		clientID: 'client-1',
		clientSecret: 'secret-of-the-client',
		appAuth: {
			publicKeyID: 'pk1',
			privateKey: pem(rsa, 'pkcs8', 'aes-256-cbc'),
			passphrase: PASSPHRASE,
		},
	},
	enterpriseID: '4711',
};
const key = { publicKey: createPublicKey(rsa) };
const form = { config: JSON.stringify(file) };
const url = 'https://api.box.com/2.0/folders/0';

stopClock();

it.each([
	['enterprise', {}, '4711'],
	['user', { subjectType: 'user', userId: '12' }, '12'],
])('acts as %s, for under a minute, with the secret in the form', async (kind, more, sub) => {
	const data = { ...form, ...more };
	const { jwt, exchange, request } = await callService(box, data, key, { url });
	expect(jwt).toEqual({
		header: { alg: 'RS512', typ: 'JWT', kid: 'pk1' },
		payload: {
			iss: 'client-1',
			sub,
			box_sub_type: kind,
			aud: 'https://api.box.com/oauth2/token',
			iat: NOW,
			exp: NOW + 45,
			jti: expect.any(String) as string,
		},
	});
	expect(exchange?.parameters).toMatchObject({
		client_id: 'client-1',
		client_secret: 'secret-of-the-client',
	});
	expect(request.headers.authorization).toBe('Bearer at-1');
});

it('refuses a file of something else, and says what it lacks', async () => {
	for (const [config, missing] of [
		['{ "a": 1 }', 'boxAppSettings.clientID'],
		[JSON.stringify({ ...file, enterpriseID: '' }), 'enterpriseID'],
	]) {
		await expect(callService(box, { config }, key, { url })).rejects.toMatchObject({
			code: 'KEY_JSON_UNKNOWN',
			message: `App Settings (JSON) has no ${missing} in it.`,
		});
	}
});
