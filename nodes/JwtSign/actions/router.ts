import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { JwtAuthError } from '../../../core/errors';
import { forEachItem } from '../../common/forEachItem';
import * as getAccessToken from './getAccessToken.operation';
import * as getPublicJwks from './getPublicJwks.operation';
import * as sign from './sign.operation';

/**
 * All fields of the node: the choice of operation, then each operation's own. Get Public JWKS asks
 * for nothing but the credential.
 */
export const operations: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Sign',
				value: 'sign',
				description: 'Make a signed token for each item',
				action: 'Sign a token',
			},
			{
				name: 'Get Access Token',
				value: 'getAccessToken',
				description: 'Trade a signed token for an access token, or get the one in use',
				action: 'Get an access token',
			},
			{
				name: 'Get Public JWKS',
				value: 'getPublicJwks',
				description: 'Get the public key as a JWK Set, for others to verify your tokens with',
				action: 'Get the public JWKS',
			},
		],
		default: 'sign',
	},
	...getAccessToken.fields,
	...sign.fields,
];

/** Runs the chosen operation on all items. */
export async function runOperation(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	switch (context.getNodeParameter('operation', 0)) {
		case 'getAccessToken':
			return await getAccessToken.execute(context);
		case 'getPublicJwks':
			return await getPublicJwks.execute(context);
		case 'sign':
			return await sign.execute(context);
		default:
			// An error of each item, which goes where the person wants errors to go.
			return await forEachItem(context, 1, () => {
				throw new JwtAuthError('FIELD_INVALID', 'This operation cannot be run.', {
					hint: 'Choose another one. Custom API Call belongs to the HTTP Request node.',
				});
			});
	}
}
