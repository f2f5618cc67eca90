import { hostOf } from '../shared/url';
import { addressIn, choice, defineService, key, only, text } from './fields';
import { readServiceUrl } from './serviceValues';

/** A JWT as the app itself, or an installation token traded for it. */
export const gitHubApp = defineService({
	name: 'GitHub App',
	icon: 'github',
	recipe: 'github-app',
	exchanges: true,
	api: { url: 'https://api.github.com/installation/repositories' },
	advice:
		'Check that Client ID and Private Key are of the same app, that Installation ID is one of its installations, and the clock of the machine n8n runs on.',
	refusals: [
		[
			/decoded|Integration (not found|must)/i,
			'Check Client ID, and that Private Key is one of the app with this ID and was not deleted there.',
		],
		[/ 404 /, 'Check Installation ID: it has to be an installation of this very app.'],
		[/suspended/i, 'Lift the suspension in the settings of the installation on GitHub.'],
		[/Expiration|Issued at|'exp'|'iat'/i, 'Check the clock of the machine n8n runs on.'],
	],
	forbidden:
		'Give the app the permission in its settings on GitHub, and accept it where it is installed.',
	test: {
		baseUrl: addressIn('baseUrl'),
		path: '={{ $credentials.actAs === "app" ? "/app" : "/installation/repositories?per_page=1" }}',
	},
	fields: [
		text('clientId', 'Client ID or App ID', 'From the General page of the app', {
			required: true,
			placeholder: 'Iv23liAbCdEfGhIjKlMn',
		}),
		key(
			'privateKey',
			'Private Key',
			'The .pem file from the General page of the app, under Private Keys',
			'-----BEGIN RSA PRIVATE KEY-----',
		),
		choice(
			'actAs',
			'Act As',
			'The endpoints below /app want the app itself, all others an installation',
			{
				installation: 'Installation',
				app: 'App Itself',
			},
		),
		...only('actAs', 'installation', [
			text('installationId', 'Installation ID', 'At the end of the address of the installation', {
				required: true,
				placeholder: '12345678',
			}),
		]),
		text('baseUrl', 'API URL', 'Another one for GitHub Enterprise Server only', {
			default: 'https://api.github.com',
			placeholder: 'https://github.example.com/api/v3',
		}),
	],
	hostsFor: ({ baseUrl }) => hostOf(readServiceUrl(baseUrl, 'API URL')),
	toGeneric: ({ clientId, privateKey, actAs, installationId, baseUrl }) => ({
		...(actAs === 'installation' && {
			grant: 'custom',
			tokenUrl: `${readServiceUrl(baseUrl, 'API URL')}/app/installations/${encodeURIComponent(installationId)}/access_tokens`,
			exchangeMethod: 'POST',
			responseField: 'token',
			expiryField: 'expires_at',
		}),
		algorithm: 'RS256',
		privateKey,
		payload: { iss: clientId },
		expiresIn: '5m',
		backdateIat: 60,
		additionalHeaders: { 'X-GitHub-Api-Version': '2022-11-28' },
	}),
});
