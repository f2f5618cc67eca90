import { defineService, key, text } from './fields';
import { algorithmFor, idOrFromFile } from './serviceValues';

/** Coinbase Developer Platform v2: a JWT for each request, bound to it. */
export const coinbaseCdp = defineService({
	name: 'Coinbase Developer Platform',
	icon: 'coinbase',
	recipe: 'coinbase-cdp',
	exchanges: false,
	api: { url: 'https://api.cdp.coinbase.com/platform/v2/evm/accounts' },
	hosts: 'api.cdp.coinbase.com',
	advice: 'Check that API Key ID and API Key Secret belong together.',
	forbidden: 'Give the key the permission it needs, and check its list of IP addresses.',
	test: { baseUrl: 'https://api.cdp.coinbase.com', path: '/platform/v2/evm/accounts' },
	fields: [
		key(
			'privateKey',
			'API Key Secret',
			'The whole file that was downloaded, or the secret out of it',
			'{ "id": "…", "privateKey": "…" }',
		),
		text('keyId', 'API Key ID', 'Leave it empty if API Key Secret holds the whole file', {
			placeholder: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
		}),
	],
	toGeneric: ({ privateKey, keyId }) => {
		const id = idOrFromFile(
			{ value: keyId, label: 'API Key ID' },
			{ value: privateKey, label: 'API Key Secret', member: 'id' },
		);
		return {
			algorithm: algorithmFor(privateKey, ['EdDSA', 'ES256']),
			privateKey,
			keyId: id,
			payload: { sub: id, iss: 'cdp' },
			expiresIn: '120s',
			addNbf: true,
			requestBinding: {
				bindings: [
					{ target: 'payload', name: 'uris[]', value: 'methodHostPath' },
					{ target: 'header', name: 'nonce', value: 'nonceHex' },
				],
			},
		};
	},
});
