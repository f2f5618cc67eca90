import { hostOf } from '../shared/url';
import { CLOCK } from './advice';
import { addressIn, byChoice, choice, defineService, key, needed, only, text } from './fields';
import { readServiceUrl } from './serviceValues';

/** A JWT as the app itself, or an installation token traded for it. */
export const gitHubApp = defineService({
	name: 'GitHub App',
	icon: 'github',
	recipe: 'github-app',
	exchanges: true,
	api: { url: 'https://api.github.com/installation/repositories' },
	advice:
		'Check that Client ID and Private Key are of the same app, and that Installation ID is one of its installations.',
	refusals: [
		[
			/decoded|Integration (not found|must)/i,
			'Check Client ID, and that Private Key is one of this app and was not deleted there.',
		],
		[/ 404 /, 'Check Installation ID: it has to be an installation of this very app.'],
		[/suspended/i, 'Lift the suspension in the settings of the installation on GitHub.'],
		CLOCK,
	],
	forbidden:
		'Give the app the permission in its settings on GitHub, and accept it where it is installed.',
	test: {
		baseUrl: addressIn('baseUrl'),
		path: byChoice('actAs', { installation: '/installation/repositories?per_page=1', app: '/app' }),
	},
	fields: [
		needed('clientId', 'Client ID or App ID', 'General page of the app', 'Iv23liAbCdEfGhIj'),
		key(
			'privateKey',
			'Private Key',
			'The .pem file from the same page, under Private Keys',
			'-----BEGIN RSA PRIVATE KEY-----',
		),
		choice('actAs', 'Act As', 'Only endpoints below /app want the app itself', {
			installation: 'Installation',
			app: 'App Itself',
		}),
		...only('actAs', 'installation', [
			needed('installationId', 'Installation ID', 'At the end of its address', '12345678'),
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
