import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { claimFields } from '../common/claimFields';
import { testJwtSignApi, testJwtTokenApi } from '../common/credentialTests';
import { wholeExpressionsField } from '../common/jsonField';
import { forEachItem } from '../common/forEachItem';
import { optionFields } from './description/optionFields';
import { requestFields } from './description/requestFields';
import { toolFields } from './description/toolFields';
import { RunHints } from './respond/hints';
import { startPace } from './send/pace';
import { requestItem } from './requestItem';

/** Sends HTTP requests that carry a JWT of one of this package's credentials. */
export class JwtHttpRequest implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'JWT HTTP Request',
		name: 'jwtHttpRequest',
		icon: {
			light: 'file:../../icons/jwtHttpRequest.svg',
			dark: 'file:../../icons/jwtHttpRequest.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["method"] + ": " + $parameter["url"] }}',
		description: 'Make an HTTP request that is authenticated with a JWT',
		defaults: { name: 'JWT HTTP Request' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		usableAsTool: true,
		credentials: [
			{
				name: 'jwtExchangeApi',
				required: true,
				displayOptions: { show: { credentialType: ['jwtExchangeApi'] } },
			},
			{
				name: 'jwtSignApi',
				required: true,
				testedBy: 'testJwtSignApi',
				displayOptions: { show: { credentialType: ['jwtSignApi'] } },
			},
			{
				name: 'jwtTokenApi',
				required: true,
				testedBy: 'testJwtTokenApi',
				displayOptions: { show: { credentialType: ['jwtTokenApi'] } },
			},
		],
		properties: [
			{ displayName: 'Import cURL', name: 'curlImport', type: 'curlImport', default: '' },
			{
				displayName: 'Authentication',
				name: 'credentialType',
				type: 'options',
				options: [
					{
						name: 'Exchange for an Access Token',
						value: 'jwtExchangeApi',
						description: 'A signed token is traded at a token endpoint; renewed by itself',
					},
					{
						name: 'Sign a New Token',
						value: 'jwtSignApi',
						description: 'A fresh token for every request, signed with your key',
					},
					{
						name: 'Use an Existing Token',
						value: 'jwtTokenApi',
						description: 'A token that somebody else issued',
					},
				],
				default: 'jwtSignApi',
			},
			wholeExpressionsField(['jsonQuery', 'jsonHeaders', 'jsonBody', 'claimsJson']),
			...requestFields,
			...claimFields({ show: { credentialType: ['jwtSignApi'] } }),
			optionFields,
			...toolFields,
		],
	};

	methods = { credentialTest: { testJwtSignApi, testJwtTokenApi } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const hints = new RunHints();
		const { concurrency, turn } = startPace(this);
		const items = await forEachItem(this, concurrency, async (itemIndex) => {
			return await requestItem(this, itemIndex, turn, hints);
		});
		hints.show(this, items);
		return [items];
	}
}
