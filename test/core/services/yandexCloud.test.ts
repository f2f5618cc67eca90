import { createPublicKey } from 'node:crypto';
import { yandexCloud } from '../../../core/services/yandexCloud';
import { pem, rsa } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const file = {
	id: 'key-1',
	service_account_id: 'account-1',
	key_algorithm: 'RSA_2048',
	private_key: `PLEASE DO NOT REMOVE THIS LINE! Yandex.Cloud SA Key ID <key-1>\n${pem(rsa, 'pkcs8')}`,
};
const key = { publicKey: createPublicKey(rsa) };
const url = 'https://resource-manager.api.cloud.yandex.net/resource-manager/v1/clouds';
const reply = {
	statusCode: 200,
	body: { iamToken: 't1.token', expiresAt: new Date((NOW + 43_200) * 1000).toISOString() },
};

stopClock();

it('takes all from the key file, and sends the JWT as JSON', async () => {
	const data = { authorizedKey: JSON.stringify(file) };
	const { jwt, exchange, request } = await callService(yandexCloud, data, key, { url, reply });
	expect(jwt).toEqual({
		header: { alg: 'PS256', typ: 'JWT', kid: 'key-1' },
		payload: {
			iss: 'account-1',
			aud: 'https://iam.api.cloud.yandex.net/iam/v1/tokens',
			iat: NOW,
			exp: NOW + 3600,
			jti: expect.any(String) as string,
		},
	});
	expect(exchange).toMatchObject({
		url: 'https://iam.api.cloud.yandex.net/iam/v1/tokens',
		headers: { 'content-type': 'application/json' },
		parameters: { jwt: expect.stringMatching(/^eyJ/) as string },
	});
	expect(exchange?.headers.authorization).toBeUndefined();
	expect(request.headers.authorization).toBe('Bearer t1.token');
});

it('refuses the key alone, and says that the whole file is wanted', async () => {
	const data = { authorizedKey: file.private_key };
	await expect(callService(yandexCloud, data, key, { url, reply })).rejects.toMatchObject({
		code: 'KEY_JSON_UNKNOWN',
		message: 'Authorized Key (JSON) is no JSON file.',
		hint: expect.stringContaining('Authorized Key (JSON)') as string,
	});
});

it('reads where Yandex writes the end of a token', () => {
	const { expiryField } = yandexCloud.toGeneric({ authorizedKey: JSON.stringify(file) });
	expect(expiryField).toBe('expiresAt');
});
