import type { INodeProperties } from 'n8n-workflow';
import { includeInputFieldsField } from '../../common/inputFields';

const showForGetAccessToken: INodeProperties['displayOptions'] = {
	show: { operation: ['getAccessToken'] },
};

/** Fields of Get Access Token. */
export const accessTokenFields: INodeProperties[] = [
	{
		displayName:
			'Whoever may see the executions of this workflow can read the access token in them, unless its settings say not to save any. To call an API, give JWT HTTP Request or HTTP Request the credential itself: then the token is in none.',
		name: 'executionDataNotice',
		type: 'notice',
		default: '',
		displayOptions: showForGetAccessToken,
	},
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
		options: [
			{
				displayName: 'Include Answer Fields',
				name: 'includeAnswer',
				type: 'boolean',
				default: false,
				description:
					'Whether to add <code>answer</code> with what Answer Fields of the credential keeps, such as the temporary keys of AWS. They are then in the execution data, as the access token is.',
			},
			includeInputFieldsField,
		],
	},
];
