import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { testJwtSignApi } from '../common/credentialTests';
import { operationSubtitle } from '../common/operationSubtitle';
import { operations, runOperation } from './description/operationFields';

/** Makes JWTs as data, for what no HTTP request of n8n's can carry them in. */
export class JwtSign implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JWT Sign',
		name: 'jwtSign',
		icon: { light: 'file:../../icons/jwtSign.svg', dark: 'file:../../icons/jwtSign.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: operationSubtitle(operations),
		description: 'Sign JWTs with the key of a credential',
		defaults: { name: 'JWT Sign' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{
				name: 'jwtExchangeApi',
				required: true,
				displayOptions: { show: { operation: ['getAccessToken'] } },
			},
			{
				name: 'jwtSignApi',
				required: true,
				testedBy: 'testJwtSignApi',
				displayOptions: { hide: { operation: ['getAccessToken'] } },
			},
		],
		properties: operations,
	};

	methods = { credentialTest: { testJwtSignApi } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runOperation(this)];
	}
}
