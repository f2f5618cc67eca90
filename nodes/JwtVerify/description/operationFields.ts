import type { INodeProperties } from 'n8n-workflow';
import { decodeFields } from './decodeFields';
import { verifyFields } from './verifyFields';

/** All fields of the node: the choice of operation, the token, then each operation's own. */
export const operationFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Verify',
				value: 'verify',
				description: 'Check signature, times, issuer and audience, and branch on the result',
				action: 'Verify a token',
			},
			{
				name: 'Decode',
				value: 'decode',
				description: 'Read a token without any check; nothing it says may be trusted',
				action: 'Decode a token without verifying it',
			},
		],
		default: 'verify',
	},
	{
		displayName: 'Token',
		name: 'jwt',
		type: 'string',
		default: '={{ $json.headers?.authorization ?? "" }}',
		required: true,
		placeholder: 'e.g. {{ $json.token }}',
		description:
			'The JWT, with or without "Bearer" in front. By default it is taken from the Authorization header of a Webhook\'s item.',
	},
	...verifyFields,
	...decodeFields,
];
