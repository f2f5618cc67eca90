import { isObject } from '../shared/json';
import { CLOCK } from './advice';
import { choice, defineService, key, needed, only, perItem } from './fields';
import { missingInFileError, readKeyFile } from './serviceValues';

const FIELD = 'App Settings (JSON)';
const TOKEN_URL = 'https://api.box.com/oauth2/token';

/** What is read of the file that Box hands out; the key reader finds key, ID and passphrase itself. */
function readConfig(pasted: string): { id: string; secret: string; enterprise: string } {
	const { boxAppSettings, enterpriseID } = readKeyFile(pasted, FIELD, []);
	const { clientID, clientSecret } = isObject(boxAppSettings) ? boxAppSettings : {};
	if (typeof clientID !== 'string') throw missingInFileError(FIELD, ['boxAppSettings.clientID']);
	const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
	return { id: clientID, secret: textOf(clientSecret), enterprise: textOf(enterpriseID) };
}

/** Box as the app's service account, or as a user it manages. */
export const box = defineService({
	name: 'Box',
	icon: 'box',
	recipe: 'box',
	exchanges: true,
	api: { url: 'https://api.box.com/2.0/users/me' },
	// Files are handed out by the last one.
	hosts: 'api.box.com, upload.box.com, dl.boxcloud.com',
	advice: 'Check that App Settings is the file of an app that is authorized in the Admin Console.',
	refusals: [
		CLOCK,
		[
			/public key|\bkid\b|signature|verif/i,
			'The key in App Settings was removed from the app. Make a new one and paste its file.',
		],
		[/unauthorized_client|access_denied/i, 'Authorize the app in the Admin Console of Box.'],
		[/\bsub\b|user/i, 'Check User ID, and that the app may act as users.'],
	],
	forbidden: 'Give the app the scope it needs, and authorize it again in the Admin Console.',
	test: { baseUrl: 'https://api.box.com', path: '/2.0/users/me' },
	fields: [
		key(
			'config',
			FIELD,
			'The whole file from the configuration of the app: Generate a Public/Private Keypair',
			'{ "boxAppSettings": { … } }',
		),
		choice('subjectType', 'Act As', 'Whose files the requests see', {
			enterprise: 'Service Account of the Enterprise',
			user: 'User',
		}),
		...only('subjectType', 'user', [
			perItem(needed('userId', 'User ID', 'Of the user to act as', '12345678')),
		]),
	],
	toGeneric: ({ config, subjectType, userId }) => {
		const { id, secret, enterprise } = readConfig(config);
		const sub = subjectType === 'user' ? userId : enterprise;
		if (sub === '') throw missingInFileError(FIELD, ['enterpriseID']);
		return {
			grant: 'jwtBearer',
			tokenUrl: TOKEN_URL,
			clientId: id,
			clientSecret: secret,
			algorithm: 'RS512',
			privateKey: config,
			payload: { iss: id, sub, box_sub_type: subjectType, aud: TOKEN_URL },
			expiresIn: '45s',
		};
	},
});
