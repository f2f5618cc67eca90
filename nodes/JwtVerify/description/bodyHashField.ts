import type { INodeProperties } from 'n8n-workflow';

/** Where the bytes of the body are in the input of JWT Verify; JWT Webhook has them itself. */
export const binaryFieldOfBody: INodeProperties = {
	displayName: 'Binary Field',
	name: 'binaryField',
	type: 'string',
	default: 'data',
	placeholder: 'e.g. data',
	description:
		"Binary field of the item that has the body as it came: that of a Webhook with the option 'Raw Body'",
};

/** The check that a token was made for the very body that came with it. */
export const bodyHashField: INodeProperties = {
	displayName: 'Claim Holds Hash of Body',
	name: 'bodyHash',
	type: 'fixedCollection',
	default: { hash: { claim: 'request_body_sha256', hashFunction: 'sha256', encoding: 'hex' } },
	description:
		'Whether the token was made for this very body: a claim has to hold the hash of its bytes',
	options: [
		{
			displayName: 'Hash',
			name: 'hash',
			values: [
				{
					displayName: 'Claim',
					name: 'claim',
					type: 'string',
					default: 'request_body_sha256',
					placeholder: 'e.g. payload_hash',
					description: 'Claim that holds the hash, nested as in Required Claims',
				},
				{
					displayName: 'Hash Function',
					name: 'hashFunction',
					type: 'options',
					options: [
						{ name: 'SHA-256', value: 'sha256' },
						{ name: 'SHA-384', value: 'sha384' },
						{ name: 'SHA-512', value: 'sha512' },
					],
					default: 'sha256',
				},
				{
					displayName: 'Encoding',
					name: 'encoding',
					type: 'options',
					options: [
						{ name: 'Base64', value: 'base64' },
						{ name: 'Base64URL', value: 'base64url' },
						{ name: 'Hex', value: 'hex' },
					],
					default: 'hex',
					description: 'How the hash is written in the claim',
				},
				binaryFieldOfBody,
			],
		},
	],
};
