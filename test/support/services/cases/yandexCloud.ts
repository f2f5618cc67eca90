import type { KeyObject } from 'node:crypto';
import { lives, otherRsa, pem, publicHalf, rsa, type ServiceCase } from '../serviceCase';

const fileOf = (key: KeyObject, account = 'account-1') =>
	JSON.stringify({
		id: 'key-1',
		service_account_id: account,
		key_algorithm: 'RSA_2048',
		private_key: `PLEASE DO NOT REMOVE THIS LINE! Yandex.Cloud SA Key ID <key-1>\n${pem(key)}`,
	});

export const service: ServiceCase = {
	type: 'yandexCloudJwtApi',
	form: { authorizedKey: fileOf(rsa) },
	keys: publicHalf(rsa),
	hosts: ['iam.api.cloud.yandex.net', 'resource-manager.api.cloud.yandex.net'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 3600),
		header: jwt.header.alg === 'PS256' && jwt.header.kid === 'key-1',
		iss: jwt.payload.iss === 'account-1',
		aud: jwt.payload.aud === 'https://iam.api.cloud.yandex.net/iam/v1/tokens',
	}),
	exchange: {
		at: 'iam.api.cloud.yandex.net/iam/v1/tokens',
		checks: ({ headers, body }) => ({
			json: headers['content-type'] === 'application/json',
			jwt: body.startsWith('{"jwt":"eyJ'),
			noHeader: headers.authorization === undefined,
		}),
		grant: (token) => ({
			iamToken: token,
			expiresAt: new Date(Date.now() + 43_200_000).toISOString(),
		}),
		refuse: (broken) => ({ status: 401, body: { code: 16, message: `JWT: ${broken}` } }),
	},
	tested: 'resource-manager.api.cloud.yandex.net/resource-manager/v1/clouds',
	called: 'https://resource-manager.api.cloud.yandex.net/resource-manager/v1/folders?cloudId=1',
	wrong: {
		'the key': { form: { authorizedKey: fileOf(otherRsa) }, says: /Authorized Key/ },
		'the account': { form: { authorizedKey: fileOf(rsa, 'account-2') }, says: /Authorized Key/ },
	},
};
