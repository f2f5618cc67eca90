import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { HEADER_FIELDS, QUERY_FIELDS } from './pairFields';
import { bodyFields } from './bodyFields';
import { pairs } from './rows';

/** Methods that are offered only with Enable WebDAV Methods. */
const WEBDAV_METHODS = ['COPY', 'MKCOL', 'MOVE', 'PROPFIND', 'REPORT'];

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', ...WEBDAV_METHODS];

function methodOption(method: string): INodePropertyOptions {
	const option: INodePropertyOptions = { name: method, value: method };
	if (!WEBDAV_METHODS.includes(method)) return option;
	return { ...option, displayOptions: { show: { 'options.webdavMethods': [true] } } };
}

/** Method, URL, query, headers and body; names as in n8n's own HTTP Request node. */
export const requestFields: INodeProperties[] = [
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		options: METHODS.sort().map(methodOption),
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
	...pairs(QUERY_FIELDS, 'Add Query Parameter', 'query parameters'),
	...pairs(HEADER_FIELDS, 'Add Header', 'headers of your own'),
	...bodyFields,
];
