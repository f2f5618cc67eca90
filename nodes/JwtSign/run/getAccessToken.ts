import {
	getGlobalState,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';
import { daysUntilExpiry } from '../../../core/authenticate/credentialExpiry';
import type { Network } from '../../../core/request/network';
import { obtainToken } from '../../../core/exchange/session';
import { readExchangeSettings } from '../../../core/settings/readExchange';
import { forEachItem } from '../../common/forEachItem';
import { includeInputFieldsField, keptFields } from '../../common/inputFields';
import { networkOf } from '../../common/networkOf';
import { nodeForm } from '../../common/nodeForm';

const showForGetAccessToken: INodeProperties['displayOptions'] = {
	show: { operation: ['getAccessToken'] },
};

const CONCURRENCY = 16;

export const fields: INodeProperties[] = [
	{
		displayName: 'Put Output in Field',
		name: 'outputField',
		type: 'string',
		default: 'accessToken',
		required: true,
		placeholder: 'e.g. accessToken',
		description: 'Name of the output field that gets the access token',
		displayOptions: showForGetAccessToken,
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: showForGetAccessToken,
		options: [includeInputFieldsField],
	},
];

async function getForItem(
	context: IExecuteFunctions,
	itemIndex: number,
	network: Network,
): Promise<INodeExecutionData[]> {
	const form = nodeForm(context, itemIndex);
	const outputField = form.field('outputField', 'Put Output in Field').name('accessToken');
	const kept = keptFields(context, itemIndex, form.field('options', 'Options').section());
	const settings = readExchangeSettings(await context.getCredentials('jwtExchangeApi', itemIndex));
	daysUntilExpiry(
		settings.signing.credentialExpiresAt,
		new Date(),
		getGlobalState().defaultTimezone,
	);
	const token = await obtainToken(settings, network);
	const json: IDataObject = {
		...kept,
		[outputField]: token.token,
		tokenType: token.tokenType === '' ? null : token.tokenType,
		expiresAt: new Date(token.expiresAt).toISOString(),
	};
	if (token.baseUrl !== '') json.baseUrl = token.baseUrl;
	return [{ json }];
}

/**
 * Gives each item the access token of its credential: the one in use, if it is fresh, else a new one.
 * What is fetched here is shared with everything in this process, but n8n does not store it.
 */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const network = networkOf(context);
	return await forEachItem(context, CONCURRENCY, async (itemIndex) => {
		return await getForItem(context, itemIndex, network);
	});
}
