import { JwtAuthError } from '../errors';
import { splitGhostKey } from '../keys/ghostKey';
import { hostOf } from '../shared/url';
import { addressIn, defineService, secret, text } from './fields';
import { readServiceUrl } from './serviceValues';

const KEY_LABEL = 'Admin API Key';

/** An Admin API key is an ID and a secret; a Content API key is one word, and signs nothing. */
function assertAdminKey(key: string): void {
	if (splitGhostKey(key)) return;
	throw new JwtAuthError('FIELD_INVALID', `${KEY_LABEL} is not an ID, a colon and a secret.`, {
		hint: 'Copy it whole from Settings > Integrations of Ghost. The Content API key is another one.',
	});
}

/** Ghost's Admin API: posts, pages, members and more. */
export const ghostAdmin = defineService({
	name: 'Ghost Admin',
	icon: 'ghost',
	recipe: 'ghost',
	exchanges: false,
	api: { example: 'https://blog.example.com' },
	advice: 'Check that Admin API Key is of an integration of the site of API URL.',
	forbidden: 'An integration may not do this. Check the address.',
	test: { baseUrl: addressIn('url'), path: '/ghost/api/admin/posts/?limit=1' },
	fields: [
		text('url', 'API URL', 'On the page of the integration in Ghost', {
			required: true,
			placeholder: 'https://blog.example.com',
		}),
		secret(
			'adminApiKey',
			KEY_LABEL,
			'Settings > Integrations > Add custom integration. Paste it whole, with the colon.',
		),
	],
	hostsFor: ({ url }) => hostOf(readServiceUrl(url, 'API URL')),
	toGeneric: ({ adminApiKey }) => {
		assertAdminKey(adminApiKey);
		return {
			algorithm: 'HS256',
			secret: adminApiKey,
			keyEncoding: 'hex',
			payload: { aud: '/admin/' },
			expiresIn: '5m',
			headerPrefix: 'Ghost',
			additionalHeaders: { 'Accept-Version': 'v5.0' },
		};
	},
});
