import { hostOf } from '../shared/url';
import { CLOCK } from './advice';
import { byChoice, choice, defineService, key, needed, perItem, text } from './fields';
import { keyPairFields } from './keyPair';

const URLS: Readonly<Record<string, string>> = {
	developer: 'https://account-d.docusign.com',
	production: 'https://account.docusign.com',
};

const ID = '7c2b8d7e-1111-2222-3333-444455556666';

/** DocuSign's APIs as a user who has given consent to the app. */
export const docusign = defineService({
	name: 'DocuSign',
	recipe: 'docusign',
	exchanges: true,
	api: { url: `${URLS.developer}/oauth/userinfo` },
	// The account's own host, and those of the newer APIs.
	hosts: '*.docusign.com, *.docusign.net',
	advice: 'Check Integration Key, User ID and Environment, and that Private Key is one of the app.',
	refusals: [
		[
			/consent/i,
			'The user of User ID has to grant consent once: open /oauth/auth?response_type=code&scope=signature%20impersonation&client_id=… with Integration Key and a redirect URI of the app on the host of Environment.',
		],
		[/issuer/i, 'Check Integration Key and Environment: an app exists in one of the two at first.'],
		[/key|signature/i, 'Check Private Key: it has to be one of the app of Integration Key.'],
		[/user/i, 'Check User ID: it is the API Username of the user, a GUID.'],
		CLOCK,
	],
	forbidden: 'Check that the user of User ID may do this in DocuSign.',
	test: {
		baseUrl: byChoice('environment', URLS),
		path: '/oauth/userinfo',
	},
	fields: [
		needed('integrationKey', 'Integration Key', 'Apps and Keys in the settings of DocuSign', ID),
		perItem(
			needed('userId', 'User ID', 'API Username of the user to act as, on the same page', ID),
		),
		...keyPairFields([
			key(
				'privateKey',
				'Private Key',
				'The RSA key pair of the app, shown once',
				'-----BEGIN RSA PRIVATE KEY-----',
			),
		]),
		choice('environment', 'Environment', 'Where the app and the user are', {
			developer: 'Developer (Demo)',
			production: 'Production',
		}),
		text('scopes', 'Scopes', 'Separated by blanks', { default: 'signature impersonation' }),
	],
	keyPair: { algorithm: 'RS256' },
	toGeneric: ({ integrationKey, userId, privateKey, environment, scopes }) => ({
		grant: 'jwtBearer',
		tokenUrl: `${URLS[environment]}/oauth/token`,
		algorithm: 'RS256',
		privateKey,
		payload: {
			iss: integrationKey,
			sub: userId,
			aud: hostOf(URLS[environment] ?? ''),
			scope: scopes,
		},
		expiresIn: '5m',
	}),
});
