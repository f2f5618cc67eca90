import type { INodeProperties } from 'n8n-workflow';
import { fileField, json, multipartColumns, rows, sendSwitch, specify, type Show } from './rows';

const showFor = (...contentType: string[]) => ({ sendBody: [true], contentType });

const bodyRows = (show: Show, columns?: INodeProperties[]) =>
	rows('bodyParameters', 'Body Parameters', 'Add Body Parameter', show, columns);

/** The body; names as in n8n's own HTTP Request node. */
export const bodyFields: INodeProperties[] = [
	sendSwitch('sendBody', 'Send Body', 'a body'),
	{
		displayName: 'Body Content Type',
		name: 'contentType',
		type: 'options',
		options: [
			{ name: 'Form Urlencoded', value: 'form-urlencoded' },
			{ name: 'Form-Data', value: 'multipart-form-data' },
			{ name: 'JSON', value: 'json' },
			{ name: 'N8n Binary File', value: 'binaryData' },
			{ name: 'Raw', value: 'raw' },
		],
		default: 'json',
		description: 'How the body is written',
		displayOptions: { show: { sendBody: [true] } },
	},
	specify('specifyBody', 'Specify Body', showFor('json')),
	specify('specifyBody', 'Specify Body', showFor('form-urlencoded'), {
		name: 'Using Single Field',
		value: 'string',
	}),
	bodyRows({ ...showFor('json', 'form-urlencoded'), specifyBody: ['keypair'] }),
	bodyRows(showFor('multipart-form-data'), multipartColumns),
	...json('jsonBody', 'Body (JSON)', { ...showFor('json'), specifyBody: ['json'] }),
	{
		displayName: 'Body',
		name: 'body',
		type: 'string',
		default: '',
		placeholder: 'e.g. field1=value1&field2=value2',
		displayOptions: { show: { ...showFor('form-urlencoded'), specifyBody: ['string'] } },
	},
	{ ...fileField, displayOptions: { show: showFor('binaryData') } },
	{
		displayName: 'Content Type',
		name: 'rawContentType',
		type: 'string',
		default: '',
		placeholder: 'e.g. text/html',
		description: 'MIME type of the body; text/plain when empty',
		displayOptions: { show: showFor('raw') },
	},
	{
		displayName: 'Body',
		name: 'body',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		displayOptions: { show: showFor('raw') },
	},
];
