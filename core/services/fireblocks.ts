import { choice, defineService, key, text } from './fields';

const HOSTS: Readonly<Record<string, string>> = {
	us: 'api.fireblocks.io',
	eu: 'eu-api.fireblocks.io',
	eu2: 'eu2-api.fireblocks.io',
	sandbox: 'sandbox-api.fireblocks.io',
};

/** Fireblocks: a JWT for each request, bound to its path and body. */
export const fireblocks = defineService({
	name: 'Fireblocks',
	recipe: 'fireblocks',
	exchanges: false,
	api: { url: `https://${HOSTS.us}/v1/supported_assets` },
	advice: 'Check that API Key and API Secret belong together, and Region.',
	forbidden: 'Give the API user a role that may do this, and check its list of IP addresses.',
	test: {
		baseUrl: `={{ ({ eu: "https://${HOSTS.eu}", eu2: "https://${HOSTS.eu2}", sandbox: "https://${HOSTS.sandbox}" })[$credentials.region] || "https://${HOSTS.us}" }}`,
		path: '/v1/supported_assets',
	},
	fields: [
		text('apiKey', 'API Key', 'ID of the API user', {
			required: true,
			placeholder: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
		}),
		key(
			'privateKey',
			'API Secret',
			'The file fireblocks_secret.key that the request was made from',
		),
		choice('region', 'Region', 'Where the workspace is', {
			us: 'United States',
			eu: 'Europe',
			eu2: 'Europe 2',
			sandbox: 'Sandbox',
		}),
	],
	hostsFor: ({ region }) => HOSTS[region] ?? '',
	toGeneric: ({ apiKey, privateKey }) => ({
		algorithm: 'RS256',
		privateKey,
		payload: { sub: apiKey },
		expiresIn: '25',
		requestBinding: {
			bindings: [
				{ target: 'payload', name: 'uri', value: 'pathQuery' },
				{ target: 'payload', name: 'nonce', value: 'uuid' },
				{ target: 'payload', name: 'bodyHash', value: 'bodySha256Hex' },
			],
		},
		additionalHeaders: { 'X-API-Key': apiKey },
	}),
});
