import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { testJwtSignApi } from '../common/credentialTests';
import { forEachItem } from '../common/forEachItem';
import { readField } from '../common/nodeField';
import { operationSubtitle } from '../common/operationSubtitle';
import { routeItems } from '../common/routeItems';
import { operationFields } from './description/operationFields';
import { INVALID, outputs, VALID } from './description/outputs';
import { decodeItem, verifyItem } from './verifyItem';

/** How many tokens are under way at once; verifying runs on Node's thread pool of four. */
const CONCURRENCY = 64;

/** Tells whether JWTs may be trusted, and reads them. */
export class JwtVerify implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JWT Verify',
		name: 'jwtVerify',
		icon: { light: 'file:../../icons/jwtVerify.svg', dark: 'file:../../icons/jwtVerify.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: operationSubtitle(operationFields),
		description: 'Check whether JWTs may be trusted, or read what they say',
		defaults: { name: 'JWT Verify' },
		inputs: [NodeConnectionTypes.Main],
		outputs,
		usableAsTool: true,
		credentials: [
			{
				name: 'jwtSignApi',
				required: true,
				testedBy: 'testJwtSignApi',
				displayOptions: { show: { operation: ['verify'], keySource: ['credential'] } },
			},
		],
		properties: operationFields,
	};

	methods = { credentialTest: { testJwtSignApi } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		if (readField(this, 0, 'operation') === 'decode') {
			const items = await forEachItem(this, CONCURRENCY, async (itemIndex) => {
				return await Promise.resolve([decodeItem(this, itemIndex)]);
			});
			return [items];
		}
		const node = this.getNode();
		// An AI agent is told what leaves through the first output only.
		const isTool = this.isToolExecution?.() ?? false;
		return await routeItems(
			this,
			{ outputs: isTool ? 1 : 2, failures: isTool ? VALID : INVALID, concurrency: CONCURRENCY },
			async (itemIndex) => {
				const { valid, item } = await verifyItem(this, itemIndex, node);
				return { output: valid || isTool ? VALID : INVALID, items: [item] };
			},
		);
	}
}
