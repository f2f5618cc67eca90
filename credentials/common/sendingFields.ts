import type { INodeProperties } from 'n8n-workflow';
import { secretJsonOptions } from './jsonOptions';

/** Where the token goes in the request. */
export const placementFields: INodeProperties[] = [
	{
		displayName: 'Add Token To',
		name: 'placement',
		type: 'options',
		options: [
			{ name: 'Header', value: 'header' },
			{ name: 'Query Parameter', value: 'query' },
		],
		default: 'header',
		description: 'Where the API expects the token',
	},
	{
		displayName: 'Header Name',
		name: 'headerName',
		type: 'string',
		default: 'Authorization',
		placeholder: 'e.g. Authorization',
		description: 'Name of the HTTP header that carries the token',
		displayOptions: { show: { placement: ['header'] } },
	},
	{
		displayName: 'Token Prefix',
		name: 'headerPrefix',
		type: 'string',
		default: 'Bearer',
		placeholder: 'e.g. Bearer',
		description: 'Word in front of the token, separated by a blank. Leave empty to send none.',
		displayOptions: { show: { placement: ['header'] } },
	},
	{
		displayName: 'Parameter Name',
		name: 'queryParameter',
		type: 'string',
		default: 'token',
		placeholder: 'e.g. token',
		description:
			'Name of the query parameter that carries the token. URLs end up in server logs: prefer a header where the API takes one.',
		displayOptions: { show: { placement: ['query'] } },
	},
];

/** The person's own end date for the credential. */
export const credentialExpiryField: INodeProperties = {
	displayName: 'Credential Expires At',
	name: 'credentialExpiresAt',
	type: 'dateTime',
	default: '',
	description:
		'The credential is refused after this time, so that a key that was due for renewal does not linger. Without Z or an offset it is a time of the zone n8n is set to (GENERIC_TIMEZONE). Leave empty for no end.',
};

/** Headers that the API wants beside the token. */
export const additionalHeadersField: INodeProperties = {
	displayName: 'Additional Headers',
	name: 'additionalHeaders',
	type: 'json',
	typeOptions: secretJsonOptions,
	default: '{}',
	placeholder: 'e.g. { "X-API-Key": "..." }',
	description:
		'Headers the API wants beside the token, such as an API key. Their values are kept as secret as the key.',
};

/** n8n's own restriction, declared here so that older n8n versions have it too. */
export const domainRestrictionFields: INodeProperties[] = [
	{
		displayName: 'Allowed HTTP Request Domains',
		name: 'allowedHttpRequestDomains',
		type: 'options',
		options: [
			{ name: 'All', value: 'all', description: 'The token may be sent to any host' },
			{
				name: 'None',
				value: 'none',
				description: 'The token is sent in no HTTP request; JWT Sign can still use the credential',
			},
			{
				name: 'Specific Domains',
				value: 'domains',
				description: 'The token is sent to the listed hosts only',
			},
		],
		default: 'all',
		description: 'Which hosts a request with this credential may go to',
	},
	{
		displayName: 'Allowed Domains',
		name: 'allowedDomains',
		type: 'string',
		default: '',
		placeholder: 'e.g. api.example.com, *.example.org',
		description:
			'Hosts separated by commas. <code>*.example.org</code> stands for every subdomain, but not for example.org itself.',
		displayOptions: { show: { allowedHttpRequestDomains: ['domains'] } },
	},
];

/** Shown where the headers may go anywhere: n8n's own node sends them along with every redirect. */
export const unrestrictedHeadersNotice: INodeProperties = {
	displayName:
		"n8n's own HTTP Request node sends Additional Headers along with every redirect, to any host. Choose Specific Domains under Allowed HTTP Request Domains, or use the node JWT HTTP Request.",
	name: 'unrestrictedHeadersNotice',
	type: 'notice',
	default: '',
	displayOptions: {
		show: {
			allowedHttpRequestDomains: ['all'],
			// An object with a member, or an expression that may give one.
			additionalHeaders: [{ _cnd: { includes: ':' } }, { _cnd: { startsWith: '=' } }],
		},
	},
};
