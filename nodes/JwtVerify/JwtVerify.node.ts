import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { testJwtSignApi } from '../common/credentialTests';
import { operationSubtitle } from '../common/operationSubtitle';
import { operations, outputs, runOperation } from './description/operationFields';

/** Tells whether JWTs may be trusted, and reads them. */
export class JwtVerify implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JWT Verify',
		name: 'jwtVerify',
		icon: { light: 'file:../../icons/jwtVerify.svg', dark: 'file:../../icons/jwtVerify.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: operationSubtitle(operations),
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
		properties: operations,
	};

	methods = { credentialTest: { testJwtSignApi } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperation(this);
	}
}
