import type { INodeProperties } from 'n8n-workflow';
import { paginationFields } from './paginationFields';
import { responseFields } from './responseFields';
import { section } from './rows';

const batchingFields: INodeProperties[] = [
	{
		displayName: 'Items per Batch',
		name: 'batchSize',
		type: 'number',
		typeOptions: { minValue: -1 },
		default: 50,
		description: 'How many items are sent before the next pause. -1 for no pauses; 0 counts as 1.',
	},
	{
		displayName: 'Batch Interval (Ms)',
		name: 'batchInterval',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 1000,
		description: 'Milliseconds from the beginning of one batch to the next. 0 for no pauses.',
	},
];

const redirectFields: INodeProperties[] = [
	{
		displayName: 'Follow Redirects',
		name: 'followRedirects',
		type: 'boolean',
		default: true,
		noDataExpression: true,
		description:
			'Whether to follow redirects. The token goes along on the same origin, and to hosts listed under Specific Domains in the credential.',
	},
	{
		displayName: 'Max Redirects',
		name: 'maxRedirects',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 21,
		description: 'How many redirects to follow at most',
		displayOptions: { show: { followRedirects: [true] } },
	},
];

const retryFields: INodeProperties[] = [
	{
		displayName: 'Max Tries',
		name: 'maxTries',
		type: 'number',
		typeOptions: { minValue: 2, maxValue: 10, numberPrecision: 0 },
		default: 3,
		description:
			'How often a request is sent at most, each time with a new token, when the API answers 429, 502, 503 or 504 or the connection fails',
	},
	{
		displayName: 'Wait Between Tries (Ms)',
		name: 'waitBetweenTries',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1000,
		description:
			'Milliseconds before the second try; doubled before each further one. What the API asks for in Retry-After or RateLimit-Reset is kept to.',
	},
	{
		displayName: 'Max Wait (Ms)',
		name: 'maxWait',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 60000,
		description: 'If the API asks for a longer wait, the request fails at once',
	},
	{
		displayName: 'Retry POST and PATCH',
		name: 'retryNonIdempotent',
		type: 'boolean',
		default: false,
		description:
			'Whether to send POST, PATCH and methods outside the list again too. What they do may then be done twice.',
	},
];

/** What stands behind Add Option; names as in n8n's own HTTP Request node. */
export const optionFields: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Array Format in Query Parameters',
			name: 'queryParameterArrays',
			type: 'options',
			displayOptions: { show: { '/sendQuery': [true] } },
			options: [
				{ name: 'Brackets Only', value: 'brackets', description: 'Such as foo[]=bar&foo[]=qux' },
				{
					name: 'Brackets with Indices',
					value: 'indices',
					description: 'Such as foo[0]=bar&foo[1]=qux',
				},
				{ name: 'No Brackets', value: 'repeat', description: 'Such as foo=bar&foo=qux' },
			],
			default: 'brackets',
		},
		section('batching', 'Batching', batchingFields, 'batch'),
		{
			displayName: 'Concurrency',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 0 },
			default: 10,
			description: 'How many requests may be under way at once',
		},
		{
			displayName: 'Enable WebDAV Methods',
			name: 'webdavMethods',
			type: 'boolean',
			default: false,
			description: 'Whether to offer the methods COPY, MKCOL, MOVE, PROPFIND and REPORT',
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'allowUnauthorizedCerts',
			type: 'boolean',
			default: false,
			description: 'Whether to connect even if SSL certificate validation is not possible',
			hint: 'Does not reach the token endpoint of the credential. For a certificate authority of your own set NODE_EXTRA_CA_CERTS.',
		},
		{
			displayName: 'Lowercase Headers',
			name: 'lowercaseHeaders',
			type: 'boolean',
			default: true,
			description: 'Whether to lowercase header names',
		},
		section('pagination', 'Pagination', paginationFields),
		{
			displayName: 'Proxy',
			name: 'proxy',
			type: 'string',
			default: '',
			placeholder: 'e.g. http://myproxy:3128',
			description: 'HTTP proxy to use',
		},
		{ ...section('redirect', 'Redirect', redirectFields), displayName: 'Redirects' },
		section('response', 'Response', responseFields),
		section('retry', 'Retry', retryFields),
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 300000,
			description: 'How many milliseconds to wait for the whole response before giving up',
		},
	],
};
