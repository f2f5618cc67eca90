import type { INodeProperties } from 'n8n-workflow';

const METHODS = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'].map((name) => ({
	name,
	value: name,
}));

/** Fields for a token that is not in the Authorization header. */
const placeFields: INodeProperties[] = [
	{
		displayName: 'Header Name',
		name: 'headerName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Cf-Access-Jwt-Assertion',
		description: 'Header that holds the token, with or without "Bearer" in front',
		displayOptions: { show: { jwtLocation: ['header'] } },
	},
	{
		displayName: 'Cookie Name',
		name: 'cookieName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. CF_Authorization',
		description:
			'Cookie that holds the token. Browsers send cookies by themselves, so that any page can have them call: use it for reading only.',
		displayOptions: { show: { jwtLocation: ['cookie'] } },
	},
	{
		displayName: 'Query Parameter',
		name: 'queryParameter',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. jwt',
		description:
			'Parameter of the address that holds the token. Addresses end up in the logs of proxies; a header does not.',
		displayOptions: { show: { jwtLocation: ['query'] } },
	},
	{
		displayName: 'Body Field',
		name: 'bodyField',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. signedPayload',
		description: 'Field of the body that holds the token; dots lead into nested objects',
		displayOptions: { show: { jwtLocation: ['bodyField'] } },
	},
];

/** What calls the webhook takes, and where their token is. */
export const requestFields: INodeProperties[] = [
	{
		displayName: 'Allow Multiple HTTP Methods',
		name: 'multipleMethods',
		type: 'boolean',
		default: false,
		isNodeSetting: true,
		description: 'Whether to allow the webhook to listen for multiple HTTP methods',
	},
	{
		displayName: 'HTTP Method',
		name: 'httpMethod',
		type: 'options',
		options: METHODS,
		default: 'GET',
		description: 'The HTTP method to listen to',
		displayOptions: { show: { multipleMethods: [false] } },
	},
	{
		displayName: 'HTTP Methods',
		name: 'httpMethod',
		type: 'multiOptions',
		options: METHODS,
		default: ['GET', 'POST'],
		description: 'The HTTP methods to listen to, each with an output of its own',
		displayOptions: { show: { multipleMethods: [true] } },
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: '',
		placeholder: 'e.g. orders',
		description:
			"The path to listen to; empty for one that nobody can guess. Dynamic values are written with ':', as in 'orders/:number'; such a path gets a prefix that nobody can guess.",
	},
	{
		displayName: 'Token In',
		name: 'jwtLocation',
		type: 'options',
		options: [
			{
				name: 'Authorization Header',
				value: 'authorization',
				description: 'Bearer, as RFC 6750 has it',
			},
			{ name: 'Body Field', value: 'bodyField', description: 'As Apple sends notifications' },
			{ name: 'Cookie', value: 'cookie', description: 'As Cloudflare Access sets it' },
			{
				name: 'Other Header',
				value: 'header',
				description: 'As Cloudflare Access, Google IAP, AWS ALB and Plaid send it',
			},
			{
				name: 'Query Parameter',
				value: 'query',
				description: 'Where the sender can set an address only',
			},
			{
				name: 'Whole Body',
				value: 'body',
				description: 'The body is the token: security events of Google and others',
			},
		],
		default: 'authorization',
		description: 'Where calls have their token; it is looked for nowhere else',
	},
	...placeFields,
];
