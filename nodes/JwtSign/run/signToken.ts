import {
	getGlobalState,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';
import { daysUntilExpiry } from '../../../core/authenticate/credentialExpiry';
import { readSigningSettings } from '../../../core/settings/readCredential';
import type { Form } from '../../../core/settings/fieldValue';
import { readHttpMethod } from '../../../core/request/httpMethod';
import { isoTime } from '../../../core/shared/time';
import { parseJsonObject } from '../../../core/shared/json';
import { freezeRequest } from '../../../core/request/outgoingRequest';
import type { BoundRequest } from '../../../core/sign/boundValues';
import { mintOrReuseToken } from '../../../core/sign/reuseToken';
import { claimFields, readItemClaims } from '../../common/claimFields';
import { forEachItem } from '../../common/forEachItem';
import { includeInputFieldsField, keptFields } from '../../common/inputFields';
import {
	JSON_HINT,
	jsonEditor,
	wholeExpressionNoticeField,
	wholeExpressionsField,
} from '../../common/jsonField';
import { nodeForm } from '../../common/nodeForm';
import { readCredentialOnce } from '../../common/readCredentialOnce';

const showForSign: INodeProperties['displayOptions'] = { show: { operation: ['sign'] } };

const HEADER_PARAMETERS = { name: 'options.headerParameters', label: 'Header Parameters' };

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
function boundRequest(options: Form): BoundRequest | undefined {
	const url = options.field('boundUrl', 'Bound Request URL').text('');
	const label = 'Bound Request Method';
	const method = readHttpMethod(options.field('boundMethod', label).text('GET'), label);
	const body = options.field('boundBody', 'Bound Request Body').content('');
	if (url === '') return undefined;
	return freezeRequest({ url, method, body: body === '' ? undefined : body });
}

async function signForItem(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<INodeExecutionData> {
	const form = nodeForm(context, itemIndex);
	const outputField = form.field('outputField', 'Put Output in Field').name('token');
	const options = form.field('options', 'Options').section();
	const includeDecoded = options.field('includeDecoded', 'Include Decoded Token').boolean(false);
	const includeMetadata = options.field('includeMetadata', 'Include Metadata').boolean(false);
	const headerParameters = form.json(
		HEADER_PARAMETERS.name,
		HEADER_PARAMETERS.label,
		'HEADER_PARAMETERS_INVALID',
	);
	const { claims, expiresIn } = readItemClaims(context, itemIndex);
	const settings = readSigningSettings(await readCredentialOnce(context, 'jwtSignApi', itemIndex));
	const now = new Date();
	daysUntilExpiry(settings.credentialExpiresAt, now, getGlobalState().defaultTimezone);

	const minted = await mintOrReuseToken(settings, {
		now,
		itemClaims: claims,
		itemHeaderParameters: headerParameters.jsonObject('HEADER_PARAMETERS_INVALID'),
		expiresIn,
		request: boundRequest(options),
	});
	const kept = keptFields(context, itemIndex, options);
	const json: IDataObject = { ...kept, [outputField]: minted.token };
	if (includeDecoded) {
		const { header, claims: payload } = minted;
		const expiresAt = typeof payload.exp === 'number' ? isoTime(payload.exp) : null;
		json.decoded = { header, payload, expiresAt } as IDataObject;
	}
	if (includeMetadata) {
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
