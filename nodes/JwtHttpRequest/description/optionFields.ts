import type { INodeProperties } from 'n8n-workflow';

/** What stands behind Add Option; names as in n8n's own HTTP Request node. */
export const optionFields: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Concurrency',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 0 },
			default: 10,
			description: 'How many requests may be under way at once',
		},
		{
			displayName: 'Response',
			name: 'response',
			type: 'fixedCollection',
			placeholder: 'Add Response',
			default: { response: {} },
			options: [
				{
					displayName: 'Response',
					name: 'response',
					values: [
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
							options: [
								{ name: 'Autodetect', value: 'autodetect' },
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
							placeholder: 'e.g. data',
							description: 'Name of the output field that gets a text body',
							displayOptions: { show: { responseFormat: ['autodetect', 'text'] } },
						},
					],
				},
			],
		},
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 300000,
			description: 'How many milliseconds to wait for the response before giving up',
		},
	],
};
