import type { INodeProperties } from 'n8n-workflow';

const asTool = { '@tool': [true] };
const optimized = { ...asTool, optimizeResponse: [true] };
const asJson = { ...optimized, responseType: ['json'] };
const asText = { ...optimized, responseType: ['text'] };

/** What is kept of a response for the model of an AI Agent; shown in tools only. */
export const toolFields: INodeProperties[] = [
	{
		displayName: 'Optimize Response',
		name: 'optimizeResponse',
		type: 'boolean',
		default: false,
		noDataExpression: true,
		description:
			'Whether to pass less of the response to the model, for better and cheaper answers',
		displayOptions: { show: asTool },
	},
	{
		displayName: 'Expected Response Type',
		name: 'responseType',
		type: 'options',
		options: [
			{ name: 'JSON', value: 'json' },
			{ name: 'Text', value: 'text' },
		],
		default: 'json',
		displayOptions: { show: optimized },
	},
	{
		displayName: 'Field Containing Data',
		name: 'dataField',
		type: 'string',
		default: '',
		placeholder: 'e.g. records',
		description: 'Field of the response that holds the data; leave empty for the whole response',
		displayOptions: { show: asJson },
	},
	{
		displayName: 'Include Fields',
		name: 'fieldsToInclude',
		type: 'options',
		options: [
			{ name: 'All', value: 'all', description: 'Include all fields' },
			{ name: 'Except', value: 'except', description: 'Leave out the fields below' },
			{ name: 'Selected', value: 'selected', description: 'Include only the fields below' },
		],
		default: 'all',
		description: 'Which fields of the data the model gets',
		displayOptions: { show: asJson },
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'string',
		default: '',
		placeholder: 'e.g. id,name,owner.email',
		description: 'Names of the fields, separated by commas; dots lead into them',
		displayOptions: { show: asJson, hide: { fieldsToInclude: ['all'] } },
	},
	{
		displayName: 'Truncate Response',
		name: 'truncateResponse',
		type: 'boolean',
		default: false,
		description: 'Whether to cut a long text off',
		displayOptions: { show: asText },
	},
	{
		displayName: 'Max Response Characters',
		name: 'maxLength',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1000,
		displayOptions: { show: { ...asText, truncateResponse: [true] } },
	},
];
