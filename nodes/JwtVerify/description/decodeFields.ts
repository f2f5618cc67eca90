import type { INodeProperties } from 'n8n-workflow';
import { includeInputFieldsField } from '../../common/inputFields';
import { maximumSizeField } from './maximumSizeField';

const showForDecode: INodeProperties['displayOptions'] = { show: { operation: ['decode'] } };

/** Fields of Decode. */
export const decodeFields: INodeProperties[] = [
	{
		displayName:
			'Decode verifies nothing: anybody can write a token that says anything. Use Verify before you trust it.',
		name: 'decodeNotice',
		type: 'notice',
		default: '',
		displayOptions: showForDecode,
	},
	{
		displayName: 'Put Output in Field',
		name: 'outputField',
		type: 'string',
		default: 'decoded',
		required: true,
		placeholder: 'e.g. decoded',
		description: 'Name of the output field that gets header, payload and times of the token',
		displayOptions: showForDecode,
	},
	{
		displayName: 'Options',
		name: 'decodeOptions',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: showForDecode,
		options: [includeInputFieldsField, maximumSizeField],
	},
];
