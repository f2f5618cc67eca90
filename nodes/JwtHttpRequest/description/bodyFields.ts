import type { INodeProperties } from 'n8n-workflow';
import { fileField, json, multipartColumns, rows, sendSwitch, specify, type Show } from './rows';

const showForBody = (...contentType: string[]) => ({ sendBody: [true], contentType });

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
	specify('specifyBody', 'Specify Body', showForBody('json')),
	specify('specifyBody', 'Specify Body', showForBody('form-urlencoded'), {
		name: 'Using Single Field',
		value: 'string',
	}),
	bodyRows({ ...showForBody('json', 'form-urlencoded'), specifyBody: ['keypair'] }),
	bodyRows(showForBody('multipart-form-data'), multipartColumns),
	...json('jsonBody', 'Body (JSON)', { ...showForBody('json'), specifyBody: ['json'] }),
	{
		displayName: 'Body',
		name: 'body',
		type: 'string',
		default: '',
		placeholder: 'e.g. field1=value1&field2=value2',
		displayOptions: { show: { ...showForBody('form-urlencoded'), specifyBody: ['string'] } },
	},
	{ ...fileField, displayOptions: { show: showForBody('binaryData') } },
	{
		displayName: 'Content Type',
		name: 'rawContentType',
		type: 'string',
		default: '',
		placeholder: 'e.g. text/html',
		description: 'MIME type of the body; text/plain when empty',
		displayOptions: { show: showForBody('raw') },
	},
	{
		displayName: 'Body',
		name: 'body',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		displayOptions: { show: showForBody('raw') },
	},
];
