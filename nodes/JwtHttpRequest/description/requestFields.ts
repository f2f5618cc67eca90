import type { INodeProperties } from 'n8n-workflow';

/** A list of name and value rows. */
function rows(
	name: string,
	displayName: string,
	addLabel: string,
	show: Record<string, Array<string | boolean>>,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: addLabel,
		default: { parameters: [{ name: '', value: '' }] },
		displayOptions: { show },
		options: [
			{
				displayName: 'Parameter',
				name: 'parameters',
				values: [
					{ displayName: 'Name', name: 'name', type: 'string', default: '' },
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
	};
}

/** The switch that opens one part of the request. */
function sendSwitch(name: string, displayName: string, what: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'boolean',
		default: false,
		noDataExpression: true,
		description: `Whether the request has ${what}`,
	};
}

/** Chooses between rows and JSON for one part of the request. */
function specify(
	name: string,
	displayName: string,
	show: Record<string, Array<string | boolean>>,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'options',
		options: [
			{ name: 'Using Fields Below', value: 'keypair' },
			{ name: 'Using JSON', value: 'json' },
		],
		default: 'keypair',
		displayOptions: { show },
	};
}

function json(
	name: string,
	displayName: string,
	show: Record<string, Array<string | boolean>>,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "name": "value" }',
		displayOptions: { show },
	};
}

/** Method, URL, query, headers and body; names as in n8n's own HTTP Request node. */
export const requestFields: INodeProperties[] = [
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		options: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'].map((method) => ({
			name: method,
			value: method,
		})),
		default: 'GET',
		description: 'The HTTP method of the request',
	},
	{
		displayName: 'URL',
		name: 'url',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://api.example.com/v1/items',
		description: 'The address the request goes to',
	},
	sendSwitch('sendQuery', 'Send Query Parameters', 'query parameters'),
	specify('specifyQuery', 'Specify Query Parameters', { sendQuery: [true] }),
	rows('queryParameters', 'Query Parameters', 'Add Query Parameter', {
		sendQuery: [true],
		specifyQuery: ['keypair'],
	}),
	json('jsonQuery', 'Query Parameters (JSON)', { sendQuery: [true], specifyQuery: ['json'] }),
	sendSwitch('sendHeaders', 'Send Headers', 'headers of your own'),
	specify('specifyHeaders', 'Specify Headers', { sendHeaders: [true] }),
	rows('headerParameters', 'Headers', 'Add Header', {
		sendHeaders: [true],
		specifyHeaders: ['keypair'],
	}),
	json('jsonHeaders', 'Headers (JSON)', { sendHeaders: [true], specifyHeaders: ['json'] }),
	sendSwitch('sendBody', 'Send Body', 'a body'),
	{
		displayName: 'Body Content Type',
		name: 'contentType',
		type: 'options',
		options: [
			{ name: 'Form Urlencoded', value: 'form-urlencoded' },
			{ name: 'JSON', value: 'json' },
			{ name: 'Raw', value: 'raw' },
		],
		default: 'json',
		displayOptions: { show: { sendBody: [true] } },
	},
	specify('specifyBody', 'Specify Body', {
		sendBody: [true],
		contentType: ['json', 'form-urlencoded'],
	}),
	rows('bodyParameters', 'Body Parameters', 'Add Body Parameter', {
		sendBody: [true],
		contentType: ['json', 'form-urlencoded'],
		specifyBody: ['keypair'],
	}),
	json('jsonBody', 'Body (JSON)', {
		sendBody: [true],
		contentType: ['json', 'form-urlencoded'],
		specifyBody: ['json'],
	}),
	{
		displayName: 'Content Type',
		name: 'rawContentType',
		type: 'string',
		default: 'text/plain',
		placeholder: 'e.g. text/html',
		displayOptions: { show: { sendBody: [true], contentType: ['raw'] } },
	},
	{
		displayName: 'Body',
		name: 'body',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		displayOptions: { show: { sendBody: [true], contentType: ['raw'] } },
	},
];
