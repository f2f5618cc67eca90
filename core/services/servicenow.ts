import { hostOf } from '../shared/url';
import { CLOCK } from './advice';
import { addressIn, choice, defineService, key, needed, perItem, secret, text } from './fields';
import { keyPairFields } from './keyPair';
import { algorithmFor, readServiceUrl } from './serviceValues';

/** ServiceNow's APIs as a user, by a JWT for the OAuth endpoint of the instance. */
export const servicenow = defineService({
	name: 'ServiceNow JWT Bearer',
	recipe: 'servicenow',
	exchanges: true,
	api: { example: 'https://acme.service-now.com/api/now/table/incident?sysparm_limit=1' },
	// ServiceNow says access_denied or server_error, and no more, whatever it is.
	advice:
		'Check Instance URL, Client ID and Client Secret, that User has this value in the field that the JWT provider looks in, that the JWT verifier map has the certificate of Private Key by this Key ID, and Audience.',
	refusals: [CLOCK],
	forbidden: 'Give the user of User the role that this needs.',
	test: { baseUrl: addressIn('instanceUrl'), path: '/api/now/table/sys_user?sysparm_limit=1' },
	fields: [
		needed('instanceUrl', 'Instance URL', 'Of your ServiceNow', 'https://acme.service-now.com'),
		needed('clientId', 'Client ID', 'Of the OAuth JWT API endpoint in the Application Registry'),
		secret('clientSecret', 'Client Secret', 'On the same page; empty for a public client', {}),
		...keyPairFields([
			key('privateKey', 'Private Key', 'The one whose certificate the JWT verifier map has'),
		]),
		text('keyId', 'Key ID', 'The "Kid" in the JWT verifier map'),
		perItem(needed('user', 'User', 'In the field that the JWT provider looks in', 'me@acme.com')),
		choice('audience', 'Audience', 'What the instance wants as "aud"', {
			client: 'Client ID',
			endpoint: 'Token Endpoint',
		}),
	],
	keyPair: { algorithm: 'RS256' },
	hostsFor: ({ instanceUrl }) => hostOf(readServiceUrl(instanceUrl, 'Instance URL')),
	toGeneric: ({ instanceUrl, clientId, clientSecret, privateKey, keyId, user, audience }) => {
		const tokenUrl = `${readServiceUrl(instanceUrl, 'Instance URL')}/oauth_token.do`;
		return {
			grant: 'jwtBearer',
			tokenUrl,
			clientId,
			clientSecret,
			algorithm: algorithmFor(privateKey, ['RS256', 'ES256', 'ES384', 'ES512']),
			privateKey,
			keyId,
			payload: { iss: clientId, sub: user, aud: audience === 'client' ? clientId : tokenUrl },
			expiresIn: '5m',
			fallbackLifetime: '30m',
		};
	},
});
