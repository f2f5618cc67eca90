import type { INodeProperties } from 'n8n-workflow';
import { accessTokenFields } from './accessTokenFields';
import { inspectionFields } from './inspectionFields';
import { issuerFields } from './issuerFields';
import { publicKeyFields } from './publicKeyFields';
import { signFields } from './signFields';

/** All fields of the node: the choice of operation, then each operation's own. */
export const operationFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Get Access Token',
				value: 'getAccessToken',
				description: 'Trade a signed token for an access token, or get the one in use',
				action: 'Get an access token',
			},
			{
				name: 'Get Discovery Document',
				value: 'getDiscoveryDocument',
				description:
					'Get what others read first about n8n as an issuer: its name, keys, algorithms',
				action: 'Get the discovery document',
			},
			{
				name: 'Get Public JWKS',
				value: 'getPublicJwks',
				description: 'Get the public key as a JWK Set, for others to verify your tokens with',
				action: 'Get the public JWKS',
			},
			{
				name: 'Get Public Key',
				value: 'getPublicKey',
				description: 'Get the public key in the form in which a service asks for it',
				action: 'Get the public key',
			},
			{
				name: 'Inspect Credential',
				value: 'inspectCredential',
				description: 'Tell which key a credential has, and when what it holds expires',
				action: 'Inspect a credential',
			},
			{
				name: 'Sign',
				value: 'sign',
				description: 'Make a signed token for each item',
				action: 'Sign a token',
			},
		],
		default: 'sign',
	},
	...accessTokenFields,
	...publicKeyFields,
	...issuerFields,
	...inspectionFields,
	...signFields,
];
