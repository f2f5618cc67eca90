import { JwtAuthError } from '../errors';
import { defineService, key, needed, text } from './fields';
import { keyPairFields } from './keyPair';
import { algorithmFor } from './serviceValues';

/** The part of NetSuite's host names that is the account's. */
function accountIn(accountId: string): string {
	const account = accountId.toLowerCase().replaceAll('_', '-');
	if (/^[a-z0-9-]+$/.test(account)) return account;
	throw new JwtAuthError('FIELD_INVALID', 'Account ID is more than letters, digits and _.', {
		hint: 'Copy Account ID from Setup > Company > Company Information, such as 1234567_SB1.',
	});
}

const hostOf = (accountId: string, kind: string): string =>
	`${accountIn(accountId)}.${kind}.api.netsuite.com`;

/** NetSuite's REST web services and RESTlets, machine to machine. */
export const netsuite = defineService({
	name: 'NetSuite M2M',
	recipe: 'netsuite',
	exchanges: true,
	api: { example: 'https://1234567.suitetalk.api.netsuite.com/services/rest/record/v1/' },
	// NetSuite says invalid_grant, and no more, whatever it is.
	advice:
		'Check Account ID, Client ID and Certificate ID, that the certificate of this ID is of Private Key and has not expired, and that the integration has the scopes. A refreshed sandbox has lost its certificates.',
	forbidden: 'Give the role that the certificate is mapped to the permission for this.',
	test: {
		baseUrl:
			'={{ "https://" + $credentials.accountId.trim().toLowerCase().replaceAll("_", "-") + ".suitetalk.api.netsuite.com" }}',
		path: '/services/rest/record/v1/metadata-catalog',
	},
	fields: [
		needed('accountId', 'Account ID', 'Setup > Company > Company Information', '1234567_SB1'),
		needed('clientId', 'Client ID', 'Of the integration record, shown once'),
		needed('certificateId', 'Certificate ID', 'OAuth 2.0 Client Credentials (M2M) Setup'),
		...keyPairFields([
			key('privateKey', 'Private Key', 'The one that the uploaded certificate was made from'),
		]),
		text('scopes', 'Scopes', 'Of the integration, with commas. Test Connection needs the first.', {
			default: 'rest_webservices',
			placeholder: 'rest_webservices,restlets',
		}),
	],
	keyPair: { algorithm: 'PS256', rsaKeySize: 3072 },
	hostsFor: ({ accountId }) =>
		`${hostOf(accountId, 'suitetalk')}, ${hostOf(accountId, 'restlets')}`,
	toGeneric: ({ accountId, clientId, certificateId, privateKey, scopes }) => {
		const tokenUrl = `https://${hostOf(accountId, 'suitetalk')}/services/rest/auth/oauth2/v1/token`;
		return {
			// NetSuite names the client in the JWT alone: no "sub", no client_id.
			grant: 'custom',
			tokenUrl,
			bodyFormat: 'form',
			bodyParameters: {
				grant_type: 'client_credentials',
				client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
				client_assertion: '{assertion}',
			},
			algorithm: algorithmFor(privateKey, ['PS256', 'ES256', 'ES384', 'ES512']),
			privateKey,
			keyId: certificateId,
			payload: { iss: clientId, scope: scopes.split(/[\s,]+/).join(','), aud: tokenUrl },
			expiresIn: '5m',
			addJti: false,
		};
	},
});
