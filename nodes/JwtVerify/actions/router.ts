import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { JwtAuthError } from '../../../core/errors';
import { forEachItem } from '../../common/forEachItem';
import { routeItems } from '../../common/routeItems';
import * as decode from './decode.operation';
import * as verify from './verify.operation';
import { fields as verifyFields } from './verifyFields';

/** How many tokens are under way at once; verifying runs on Node's thread pool of four. */
const CONCURRENCY = 16;

const VALID = 0;
const INVALID = 1;

const decodeOutputs = [NodeConnectionTypes.Main];
const verifyOutputs = ['Valid', 'Invalid'].map((displayName) => ({
	type: NodeConnectionTypes.Main,
	displayName,
}));

/** Valid and Invalid for Verify, a single output for Decode; n8n evaluates it. */
export const outputs: INodeTypeDescription['outputs'] = `={{ $parameter["operation"] === "decode" ? ${JSON.stringify(decodeOutputs)} : ${JSON.stringify(verifyOutputs)} }}`;

/** All fields of the node: the choice of operation, the token, then each operation's own. */
export const operations: INodeProperties[] = [
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
	...decode.fields,
];

/** Text of the Token field, without the `Bearer` of a header (RFC 6750 §2.1). */
function readToken(context: IExecuteFunctions, itemIndex: number): string {
	const value = context.getNodeParameter('jwt', itemIndex, '');
	return typeof value === 'string' ? value.replace(/^Bearer +/i, '') : '';
}

async function runVerify(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	// An AI agent is told what leaves through the first output only.
	const isTool = context.isToolExecution?.() ?? false;
	const { alwaysOutputData } = context.getNode();
	const known = context.getNodeParameter('operation', 0) === 'verify';
	return await routeItems(
		context,
		{ outputs: isTool ? 1 : 2, failures: isTool ? VALID : INVALID, concurrency: CONCURRENCY },
		async (itemIndex) => {
			// Anything thrown out of execute would let the input out through Valid where the person chose
			// to continue, so that every failure is one of an item.
			if (!known) {
				throw new JwtAuthError('FIELD_INVALID', 'This operation cannot be run.', {
					hint: 'Choose Verify or Decode. Custom API Call belongs to HTTP Request.',
				});
			}
			if (alwaysOutputData) {
				throw new NodeOperationError(context.getNode(), "'Always Output Data' is on", {
					description:
						'Turn it off in the settings of this node: n8n would send an empty item through Valid when no token is valid.',
				});
			}
			const token = readToken(context, itemIndex);
			const { valid, item } = await verify.verifyItem(context, itemIndex, token);
			return { output: valid || isTool ? VALID : INVALID, items: [item] };
		},
	);
}

/** Runs the chosen operation on all items. */
export async function runOperation(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	if (context.getNodeParameter('operation', 0) !== 'decode') return await runVerify(context);
	const items = await forEachItem(context, CONCURRENCY, async (itemIndex) => {
		const item = decode.decodeItem(context, itemIndex, readToken(context, itemIndex));
		return await Promise.resolve([item]);
	});
	return [items];
}
