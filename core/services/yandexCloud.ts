import { defineService, key } from './fields';
import { readKeyFile } from './serviceValues';

const TOKEN_URL = 'https://iam.api.cloud.yandex.net/iam/v1/tokens';

/** Yandex Cloud as a service account: the JWT is traded for an IAM token. */
export const yandexCloud = defineService({
	name: 'Yandex Cloud',
	icon: 'yandexcloud',
	recipe: 'yandex-cloud',
	exchanges: true,
	api: { url: 'https://resource-manager.api.cloud.yandex.net/resource-manager/v1/clouds' },
	hosts: '*.api.cloud.yandex.net',
	advice: 'Check that the key of Authorized Key was not deleted in Yandex Cloud.',
	forbidden: 'Give the service account a role that may do this.',
	test: {
		baseUrl: 'https://resource-manager.api.cloud.yandex.net',
		path: '/resource-manager/v1/clouds',
	},
	fields: [
		key(
			'authorizedKey',
			'Authorized Key (JSON)',
			'The whole file: service account > Create new key > Create authorized key',
			'{ "id": "…", "service_account_id": "…", "private_key": "…" }',
		),
	],
	toGeneric: ({ authorizedKey }) => {
		const members = ['id', 'service_account_id', 'private_key'] as const;
		const file = readKeyFile(authorizedKey, 'Authorized Key (JSON)', members);
		return {
			grant: 'custom',
			tokenUrl: TOKEN_URL,
			bodyParameters: { jwt: '{assertion}' },
			responseField: 'iamToken',
			expiryField: 'expiresAt',
			algorithm: 'PS256',
			privateKey: file.private_key,
			keyId: file.id,
			payload: { iss: file.service_account_id, aud: TOKEN_URL },
			expiresIn: '1h',
		};
	},
});
