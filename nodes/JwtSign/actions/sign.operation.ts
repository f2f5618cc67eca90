import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { daysUntilExpiry } from '../../../core/credentialExpiry';
import { readSigningSettings } from '../../../core/credentialSettings';
import { isoTime } from '../../../core/isoTime';
import { parseJsonObject } from '../../../core/json';
import { freezeRequest } from '../../../core/outgoingRequest';
import type { BoundRequest } from '../../../core/boundValue';
import { mintOrReuseToken } from '../../../core/reuseToken';
import { claimFields, readItemClaims } from '../../common/claimFields';
import { forEachItem } from '../../common/forEachItem';
import { includeInputFieldsField, keptFields } from '../../common/inputFields';
import {
	JSON_HINT,
	jsonEditor,
	readJsonField,
	wholeExpressionNoticeField,
	wholeExpressionsField,
	type JsonField,
} from '../../common/jsonField';
import { readCredentialOnce } from '../../common/readCredentialOnce';

const showForSign: INodeProperties['displayOptions'] = { show: { operation: ['sign'] } };

const HEADER_PARAMETERS: JsonField = {
	name: 'options.headerParameters',
	label: 'Header Parameters',
	nothingFound: 'HEADER_PARAMETERS_INVALID',
};

/** How many tokens are signed at once; signing runs on Node's thread pool of four. */
const CONCURRENCY = 16;

export const fields: INodeProperties[] = [
	wholeExpressionsField(['claimsJson']),
	...claimFields(showForSign),
	{
		displayName: 'Put Output in Field',
		name: 'outputField',
		type: 'string',
		default: 'token',
		required: true,
		placeholder: 'e.g. token',
		description: 'Name of the output field that gets the token',
		displayOptions: showForSign,
	},
	wholeExpressionNoticeField(HEADER_PARAMETERS.label, HEADER_PARAMETERS.name, showForSign),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: showForSign,
		options: [
			{
				displayName: 'Bound Request Body',
				name: 'boundBody',
				type: 'string',
				default: '',
				description:
					'Body of the request the token is for, exactly as it will be sent; only for a credential with Request Binding',
			},
			{
				displayName: 'Bound Request Method',
				name: 'boundMethod',
				type: 'string',
				default: 'GET',
				placeholder: 'e.g. POST',
				description:
					'Method of the request the token is for; only for a credential with Request Binding',
			},
			{
				displayName: 'Bound Request URL',
				name: 'boundUrl',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://api.example.com/v1/items?page=1',
				description:
					'Address of the request the token is for; only for a credential with Request Binding',
			},
			{
				displayName: 'Header Parameters',
				name: 'headerParameters',
				type: 'json',
				typeOptions: jsonEditor,
				default: '{}',
				placeholder: 'e.g. { "typ": "at+jwt" }',
				description: "Further members of the token's header, over those of the credential",
				hint: JSON_HINT,
			},
			{
				displayName: 'Include Decoded Token',
				name: 'includeDecoded',
				type: 'boolean',
				default: false,
				description: "Whether to add the token's header, payload and expiry in readable form",
			},
			includeInputFieldsField,
			{
				displayName: 'Include Metadata',
				name: 'includeMetadata',
				type: 'boolean',
				default: false,
				description: 'Whether to add the metadata of the credential',
			},
		],
	},
];

/** The request a token is for, where the person names one: JWT Sign sends none itself. */
function boundRequest(options: IDataObject): BoundRequest | undefined {
	const { boundUrl: url, boundMethod: method, boundBody: body } = options;
	if (url === undefined || url === '') return undefined;
	return freezeRequest({ url, method, body: body === '' ? undefined : body });
}

async function signForItem(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData> {
	const outputField = context.getNodeParameter('outputField', itemIndex) as string;
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const { claims, expiresIn } = readItemClaims(context, itemIndex);
	const settings = readSigningSettings(await readCredentialOnce(context, 'jwtSignApi', itemIndex));
	const now = new Date();
	daysUntilExpiry(settings.credentialExpiresAt, now);

	const minted = await mintOrReuseToken(settings, {
		now,
		itemClaims: claims,
		itemHeaderParameters: readJsonField(context, itemIndex, HEADER_PARAMETERS),
		expiresIn,
		request: boundRequest(options),
	});
	const kept = keptFields(context, itemIndex, options);
	const json: IDataObject = { ...kept, [outputField]: minted.token };
	if (options.includeDecoded === true) {
		const { header, claims: payload } = minted;
		const expiresAt = typeof payload.exp === 'number' ? isoTime(payload.exp) : null;
		json.decoded = { header, payload, expiresAt } as IDataObject;
	}
	if (options.includeMetadata === true) {
		json.metadata = parseJsonObject(settings.metadata, {
			field: 'Metadata',
			notObject: 'JSON_MALFORMED',
		}) as IDataObject;
	}
	return { json };
}

/** Signs one token per item, from the credential's payload and the claims of the item. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	return await forEachItem(context, CONCURRENCY, async (itemIndex) => [
		await signForItem(context, itemIndex),
	]);
}
