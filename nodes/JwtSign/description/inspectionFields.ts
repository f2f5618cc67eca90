import type { INodeProperties } from 'n8n-workflow';

/** Fields of Inspect Credential. */
export const inspectionFields: INodeProperties[] = [
	{
		displayName: 'Credential Type',
		name: 'inspected',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'JWT Existing Token API', value: 'jwtTokenApi' },
			{ name: 'JWT Sign API', value: 'jwtSignApi' },
			{ name: 'JWT Token Exchange API', value: 'jwtExchangeApi' },
		],
		default: 'jwtSignApi',
		description: 'The type of the credential to look into',
		displayOptions: { show: { operation: ['inspectCredential'] } },
	},
];
