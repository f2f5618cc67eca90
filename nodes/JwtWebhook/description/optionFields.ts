import type { INodeProperties } from 'n8n-workflow';
import { verificationOptions } from './verificationFields';

const callOptions: INodeProperties[] = [
	{
		displayName: 'Allowed Origins (CORS)',
		name: 'allowedOrigins',
		type: 'string',
		default: '*',
		placeholder: 'e.g. https://app.example.com',
		description:
			'Origins whose pages may call, with commas between; * for any. Calls of others are refused, not only hidden from their pages.',
	},
	{
		displayName: 'Field Name for Binary Data',
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		description:
			'Name of the output field for files. Those of a form get a number behind it, from 0.',
	},
	{
		displayName: 'IP(s) Allowlist',
		name: 'ipAllowlist',
		type: 'string',
		default: '',
		placeholder: 'e.g. 203.0.113.7, 192.168.1.0/24',
		description:
			'Addresses and ranges that calls may come from, with commas between. Behind a proxy n8n has to know of it (N8N_PROXY_HOPS).',
	},
	{
		displayName: 'Keep Token in Item',
		name: 'keepToken',
		type: 'boolean',
		default: false,
		description:
			'Whether to leave the call as it came, so that the workflow can hand the token on. It is then stored with every execution.',
	},
	{
		displayName: 'No Response Body',
		name: 'noResponseBody',
		type: 'boolean',
		default: false,
		description: 'Whether to respond without a body',
		displayOptions: { show: { '/responseMode': ['onReceived'] } },
	},
	{
		displayName: 'Property Name',
		name: 'responsePropertyName',
		type: 'string',
		default: 'data',
		description: 'Name of the property to return instead of the whole JSON',
		displayOptions: {
			show: { '/responseMode': ['lastNode'], '/responseData': ['firstEntryJson'] },
		},
	},
	{
		displayName: 'Publish Resource Metadata',
		name: 'publishMetadata',
		type: 'boolean',
		default: false,
		description:
			'Whether to tell clients where to get a token (RFC 9728), as MCP clients want it: refusals name an address that names the issuer',
		displayOptions: {
			show: { '/keySource': ['issuer'], '/jwtLocation': ['authorization'] },
		},
	},
	{
		displayName: 'Raw Body',
		name: 'rawBody',
		type: 'boolean',
		default: false,
		description:
			'Whether to add the body as it came, byte by byte, as a file. A token in the body is in that file too.',
	},
	{
		displayName: 'Response Code',
		name: 'responseCode',
		type: 'number',
		typeOptions: { minValue: 100, maxValue: 599 },
		default: 200,
		description: 'The HTTP response code for calls whose token holds',
		displayOptions: { hide: { '/responseMode': ['streaming'] } },
	},
	{
		displayName: 'Response Content-Type',
		name: 'responseContentType',
		type: 'string',
		default: '',
		placeholder: 'e.g. application/xml',
		description: 'Content type to return instead of that of JSON',
		displayOptions: {
			show: { '/responseMode': ['lastNode'], '/responseData': ['firstEntryJson'] },
		},
	},
	{
		displayName: 'Response Data',
		name: 'responseData',
		type: 'string',
		default: '',
		placeholder: 'e.g. success',
		description: 'Text to respond with',
		displayOptions: { show: { '/responseMode': ['onReceived'] } },
	},
	{
		displayName: 'Response Headers',
		name: 'responseHeaders',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Response Header',
		default: {},
		description: 'Headers for calls whose token holds',
		options: [
			{
				displayName: 'Entries',
				name: 'entries',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						description: 'Name of the header',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						description: 'Value of the header',
					},
				],
			},
		],
	},
	{
		displayName: 'Run for Refused Calls (per Minute)',
		name: 'refusedPerMinute',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1000 },
		default: 10,
		description:
			'How many refused calls a minute run the workflow, through the output Refused: with reason and address, without the token. All others cost no execution.',
		displayOptions: { hide: { '/responseMode': ['streaming'] } },
	},
];

/** Options of the webhook and of the verification. */
export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [...callOptions, ...verificationOptions].sort((one, other) =>
		one.displayName < other.displayName ? -1 : 1,
	),
};
