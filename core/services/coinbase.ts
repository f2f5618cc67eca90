import { defineService, key, text } from './fields';
import { idOrFromFile } from './serviceValues';

/** Coinbase App and Advanced Trade: a JWT for each request, bound to it. */
export const coinbase = defineService({
	name: 'Coinbase Advanced Trade',
	icon: 'coinbase',
	recipe: 'coinbase',
	exchanges: false,
	api: { url: 'https://api.coinbase.com/api/v3/brokerage/accounts' },
	hosts: 'api.coinbase.com',
	advice:
		'Check that Private Key is an ECDSA key (Ed25519 ones do not work here) and that API Key Name belongs to it.',
	forbidden: 'Give the key the permission it needs, and check its list of IP addresses.',
	test: { baseUrl: 'https://api.coinbase.com', path: '/api/v3/brokerage/key_permissions' },
	fields: [
		key(
			'privateKey',
			'Private Key',
			'The whole file that was downloaded, or the key out of it',
			'{ "name": "organizations/…", "privateKey": "…" }',
		),
		text('keyName', 'API Key Name', 'Leave it empty if Private Key holds the whole file', {
			placeholder: 'organizations/…/apiKeys/…',
		}),
	],
	toGeneric: ({ privateKey, keyName }) => {
		const name = idOrFromFile(
			{ value: keyName, label: 'API Key Name' },
			{ value: privateKey, label: 'Private Key', member: 'name' },
		);
		return {
			algorithm: 'ES256',
			privateKey,
			keyId: name,
			payload: { sub: name, iss: 'cdp' },
			expiresIn: '120s',
			addNbf: true,
			requestBinding: {
				bindings: [
					{ target: 'payload', name: 'uri', value: 'methodHostPath' },
					{ target: 'header', name: 'nonce', value: 'nonceHex' },
				],
			},
		};
	},
});
