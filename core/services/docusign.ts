import { choice, defineService, key, text } from './fields';

const HOSTS: Readonly<Record<string, string>> = {
	developer: 'account-d.docusign.com',
	production: 'account.docusign.com',
};

/** DocuSign's APIs as a user who has given consent to the app. */
export const docusign = defineService({
	name: 'DocuSign',
	recipe: 'docusign',
	exchanges: true,
	api: { url: `https://${HOSTS.developer}/oauth/userinfo` },
	// The account's own host, and those of the newer APIs.
	hosts: '*.docusign.com, *.docusign.net',
	advice:
		'Check Integration Key, User ID and Environment, that Private Key is one of the app, and the clock of the machine n8n runs on.',
	refusals: [
		[
			/consent/i,
			'The user of User ID has to grant consent once: open /oauth/auth?response_type=code&scope=signature%20impersonation&client_id=… with Integration Key and a redirect URI of the app on the host of Environment.',
		],
		[/issuer/i, 'Check Integration Key and Environment: an app exists in one of the two at first.'],
		[
			/key|signature/i,
			'Check Private Key: it has to be an RSA key pair of the app of Integration Key.',
		],
		[/user/i, 'Check User ID: it is the API Username of the user, a GUID.'],
		[/expire|clock|\bexp\b|\biat\b/i, 'Check the clock of the machine n8n runs on.'],
	],
	forbidden: 'Check that the user of User ID may do this in DocuSign.',
	test: {
		baseUrl: `={{ $credentials.environment === "production" ? "https://${HOSTS.production}" : "https://${HOSTS.developer}" }}`,
		path: '/oauth/userinfo',
	},
	fields: [
		text('integrationKey', 'Integration Key', 'Apps and Keys in the settings of DocuSign', {
			required: true,
			placeholder: '7c2b8d7e-1111-2222-3333-444455556666',
		}),
		text('userId', 'User ID', 'The API Username of the user to act as, on the same page', {
			required: true,
			perItem: true,
			placeholder: '7c2b8d7e-1111-2222-3333-444455556666',
		}),
		key(
			'privateKey',
			'Private Key',
			'The RSA key pair of the app, shown once',
			'-----BEGIN RSA PRIVATE KEY-----',
		),
		choice('environment', 'Environment', 'Where the app and the user are', {
			developer: 'Developer (Demo)',
			production: 'Production',
		}),
		text('scopes', 'Scopes', 'Separated by blanks', { default: 'signature impersonation' }),
	],
	toGeneric: ({ integrationKey, userId, privateKey, environment, scopes }) => ({
		grant: 'jwtBearer',
		tokenUrl: `https://${HOSTS[environment]}/oauth/token`,
		algorithm: 'RS256',
		privateKey,
		payload: { iss: integrationKey, sub: userId, aud: HOSTS[environment], scope: scopes },
		expiresIn: '5m',
	}),
});
