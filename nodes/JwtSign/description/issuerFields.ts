import type { INodeProperties } from 'n8n-workflow';
import { ALGORITHMS } from '../../../core/keys/algorithms';

const showForDiscovery: INodeProperties['displayOptions'] = {
	show: { operation: ['getDiscoveryDocument'] },
};

const showForPublishing: INodeProperties['displayOptions'] = {
	show: { operation: ['getPublicJwks', 'getDiscoveryDocument'] },
};

/** Fields of Get Public JWKS and Get Discovery Document. */
export const issuerFields: INodeProperties[] = [
	{
		displayName:
			'Tokens say which of these keys they are of only if their credential has a Key ID, or Key ID From Key turned on. Strict verifiers refuse others.',
		name: 'keyIdNotice',
		type: 'notice',
		default: '',
		displayOptions: showForPublishing,
	},
	{
		displayName: 'Issuer',
		name: 'issuer',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/oidc',
		description:
			'Public address of the issuer, letter by letter as in "iss" of the tokens. Leave empty to take it from the payload of the credential.',
		displayOptions: showForDiscovery,
	},
	{
		displayName: 'JWKS URL',
		name: 'jwksUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/oidc/.well-known/jwks.json',
		description:
			'Public address of what Get Public JWKS puts out. Leave empty if it lies below the issuer as in this example.',
		displayOptions: showForDiscovery,
	},
	{
		displayName: 'Additional Public Keys',
		name: 'additionalPublicKeys',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Public Key',
		default: {},
		description:
			'Keys to publish beside that of the credential: the next one before it is used, and the last one until its tokens have expired. Turn on Key ID From Key where the tokens are signed, so that each token names its key.',
		displayOptions: showForPublishing,
		options: [
			{
				name: 'keys',
				displayName: 'Public Key',
				values: [
					{
						displayName: 'Public Key',
						name: 'publicKey',
						type: 'string',
						typeOptions: { rows: 4 },
						default: '',
						placeholder: 'e.g. -----BEGIN PUBLIC KEY-----',
						description: 'A PEM public key or certificate, a JWK or a JWK Set',
					},
					{
						displayName: 'Key ID',
						name: 'keyId',
						type: 'string',
						default: '',
						placeholder: 'e.g. 2026-11',
						description:
							'The "kid" in the tokens of this key. Leave empty to take that of the JWK or, if it has none, the one that Key ID From Key makes.',
					},
					{
						displayName: 'Algorithm',
						name: 'algorithm',
						type: 'options',
						options: [
							{
								name: 'From Key',
								value: '',
								description:
									'That of the JWK, or else that of the credential if the key goes with it',
							},
							...ALGORITHMS.filter(({ family }) => family !== 'HMAC').map(({ name, label }) => ({
								name,
								value: name,
								description: label,
							})),
						],
						default: '',
						description: 'The algorithm that the tokens of this key are signed with',
					},
				],
			},
		],
	},
];
