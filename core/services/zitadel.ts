import { CLOCK } from './advice';
import { apiHostsField, ELSEWHERE, hostList } from './apiHosts';
import { audienceIn, SCOPES } from './clientKey';
import { addressIn, defineService, key, needed, text } from './fields';
import { readKeyFile, readServiceUrl } from './serviceValues';

const FIELD = 'Service Account Key (JSON)';

/** Zitadel's APIs, or those behind it, as a service account. */
export const zitadel = defineService({
	name: 'Zitadel Service Account',
	recipe: 'zitadel',
	exchanges: true,
	api: { example: 'https://acme.zitadel.cloud/oidc/v1/userinfo' },
	advice:
		'Check that Instance URL is the one of the service account, and that the key of Service Account Key has not expired and was not deleted.',
	refusals: [SCOPES, CLOCK, audienceIn('Instance URL')],
	elsewhere: ELSEWHERE,
	forbidden: 'Make the service account a manager with the role that this needs.',
	test: {
		baseUrl: addressIn('instanceUrl'),
		// Without openid Zitadel says nothing about the token: the exchange alone is tested.
		path: '={{ $credentials.scopes.includes("openid") ? "/oidc/v1/userinfo" : "/.well-known/openid-configuration" }}',
	},
	fields: [
		needed('instanceUrl', 'Instance URL', 'Of your Zitadel', 'https://acme.zitadel.cloud'),
		key(
			'serviceAccountKey',
			FIELD,
			'The whole file: service account > Keys > New > JSON',
			'{ "type": "serviceaccount", "keyId": "…", "key": "…", "userId": "…" }',
		),
		text('scopes', 'Scopes', "Separated by blanks. Zitadel's own APIs need the second.", {
			default: 'openid urn:zitadel:iam:org:project:id:zitadel:aud',
		}),
		apiHostsField('Where the API is your own'),
	],
	hostsFor: ({ instanceUrl, apiHosts }) =>
		hostList(readServiceUrl(instanceUrl, 'Instance URL'), apiHosts),
	toGeneric: ({ instanceUrl, serviceAccountKey, scopes }) => {
		const file = readKeyFile(serviceAccountKey, FIELD, ['keyId', 'key', 'userId']);
		const issuer = readServiceUrl(instanceUrl, 'Instance URL');
		return {
			grant: 'jwtBearer',
			tokenUrl: `${issuer}/oauth/v2/token`,
			scope: scopes,
			algorithm: 'RS256',
			privateKey: file.key,
			keyId: file.keyId,
			payload: { iss: file.userId, sub: file.userId, aud: issuer },
			expiresIn: '5m',
		};
	},
});
