import type { INodeProperties } from 'n8n-workflow';
import { includeInputFieldsField } from '../../common/inputFields';

const showForGetAccessToken: INodeProperties['displayOptions'] = {
	show: { operation: ['getAccessToken'] },
};

/** Fields of Get Access Token. */
export const accessTokenFields: INodeProperties[] = [
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
