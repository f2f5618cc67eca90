import type { INodeProperties } from 'n8n-workflow';

/** Fields of Get Public Key, and the choice of credential that it shares with Get Public JWKS. */
export const publicKeyFields: INodeProperties[] = [
	{
		displayName: 'Key Of',
		name: 'keyOf',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'JWT Sign API', value: 'jwtSignApi' },
			{ name: 'JWT Token Exchange API', value: 'jwtExchangeApi' },
		],
		default: 'jwtSignApi',
		description: 'The type of the credential whose key it is',
		displayOptions: { show: { operation: ['getPublicJwks', 'getPublicKey'] } },
	},
	{
		displayName: 'Snowflake User',
		name: 'snowflakeUser',
		type: 'string',
		default: '',
		placeholder: 'e.g. N8N_SERVICE',
		description:
			'Only for Snowflake: the user in the ALTER USER statement that gives the key to Snowflake',
		displayOptions: { show: { operation: ['getPublicKey'] } },
	},
];
