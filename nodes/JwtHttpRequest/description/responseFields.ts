import type { INodeProperties } from 'n8n-workflow';

/** How the response is output; names as in n8n's own HTTP Request node. */
export const responseFields: INodeProperties[] = [
	{
		displayName: 'Include Response Headers and Status',
		name: 'fullResponse',
		type: 'boolean',
		default: false,
		description: 'Whether to output headers and status beside the body',
	},
	{
		displayName: 'Never Error',
		name: 'neverError',
		type: 'boolean',
		default: false,
		description: 'Whether to output the response also when its status is not 2xx',
	},
	{
		displayName: 'Response Format',
		name: 'responseFormat',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Autodetect', value: 'autodetect' },
			{ name: 'File', value: 'file' },
			{ name: 'JSON', value: 'json' },
			{ name: 'Text', value: 'text' },
		],
		default: 'autodetect',
		description: 'How to read the body of the response',
	},
	{
		displayName: 'Put Output in Field',
		name: 'outputPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		placeholder: 'e.g. data',
		description: 'Name of the output field that gets the file or the text',
		displayOptions: { show: { responseFormat: ['autodetect', 'file', 'text'] } },
	},
];
