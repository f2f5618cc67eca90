import type { INodeProperties } from 'n8n-workflow';
import { keyIdFromKeyOption } from './keyIdFromKeyOption';
import { claimFields } from '../../common/claimFields';
import { includeInputFieldsField } from '../../common/inputFields';
import {
	JSON_HINT,
	jsonEditor,
	wholeExpressionNoticeField,
	wholeExpressionsField,
} from '../../common/jsonField';

const showForSign: INodeProperties['displayOptions'] = { show: { operation: ['sign'] } };

/** The JSON field for members of the header, which stands among the options. */
export const HEADER_PARAMETERS = { name: 'options.headerParameters', label: 'Header Parameters' };

/** Fields of Sign: the claims, the output, the options. */
export const signFields: INodeProperties[] = [
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
			keyIdFromKeyOption,
		],
	},
];
