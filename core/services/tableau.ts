import { hostOf } from '../shared/url';
import { addressIn, defineService, needed, perItem, secret, text } from './fields';
import { readServiceUrl } from './serviceValues';

/** Tableau Cloud or Server as a user, by a connected app with direct trust. */
export const tableau = defineService({
	name: 'Tableau Connected App',
	recipe: 'tableau',
	exchanges: true,
	api: { example: 'https://10ax.online.tableau.com/api/3.27/' },
	// Tableau says 401001, and no more, whatever it is.
	advice:
		'Check Server URL, Site and User Name, that Client ID, Secret ID and Secret Value are of one connected app, and that it is enabled.',
	forbidden: 'Check Scopes, and that the user of User Name may do this.',
	test: {
		baseUrl: addressIn('serverUrl'),
		path: '={{ "/api/" + $credentials.apiVersion.trim() + "/sessions/current" }}',
	},
	fields: [
		needed('serverUrl', 'Server URL', 'Where you sign in', 'https://10ax.online.tableau.com'),
		text('site', 'Site', 'As it stands in addresses; empty for the default one of a Server', {
			placeholder: 'acme',
		}),
		needed('clientId', 'Client ID', 'Settings > Connected Apps, of the app'),
		needed('keyId', 'Secret ID', 'On the same page'),
		secret('secretValue', 'Secret Value', 'On the same page'),
		perItem(needed('username', 'User Name', 'Whose rights the requests have', 'me@acme.com')),
		text('scopes', 'Scopes', 'Separated by blanks', { default: 'tableau:content:read' }),
		text('apiVersion', 'API Version', 'Of the REST API', { default: '3.27' }),
	],
	hostsFor: ({ serverUrl }) => hostOf(readServiceUrl(serverUrl, 'Server URL')),
	toGeneric: ({ serverUrl, site, clientId, keyId, secretValue, username, scopes, ...rest }) => ({
		grant: 'custom',
		tokenUrl: `${readServiceUrl(serverUrl, 'Server URL')}/api/${encodeURIComponent(rest.apiVersion)}/auth/signin`,
		bodyParameters: { credentials: { jwt: '{assertion}', site: { contentUrl: site } } },
		responseField: 'credentials.token',
		expiryField: 'credentials.estimatedTimeToExpiration',
		algorithm: 'HS256',
		secret: secretValue,
		keyId,
		payload: { iss: clientId, sub: username, aud: 'tableau', scp: scopes.split(/[\s,]+/) },
		expiresIn: '5m',
		headerName: 'X-Tableau-Auth',
		headerPrefix: '',
	}),
});
