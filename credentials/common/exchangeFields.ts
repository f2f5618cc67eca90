import type { BodyFormat, ExpiryUnit } from '../../core/exchange/exchangeSettings';
import type { INodeProperties } from 'n8n-workflow';

import { clientAudienceFields } from './audienceFields';
import { secretJsonOptions } from './jsonOptions';

const showForCustom = { show: { grant: ['custom'] } };
// What the services of these two want beside the JWT differs most.
const showForDetailed = { show: { grant: ['custom', 'tokenExchange'] } };
const hideForDetailed = { show: { grant: ['clientCredentials', 'jwtBearer'] } };
// Not `hide`: n8n does not come to it where a field of the same conditions is an expression.
const hideForCustom = { show: { grant: ['clientCredentials', 'jwtBearer', 'tokenExchange'] } };

/** Where and how the assertion is traded. */
export const exchangeFields: INodeProperties[] = [
	{
		displayName: 'How the Service Takes the JWT',
		name: 'grant',
		type: 'options',
		options: [
			{
				name: 'JWT Bearer',
				value: 'jwtBearer',
				description:
					'The JWT is the grant (RFC 7523): Google, Salesforce, DocuSign, Box and many more',
			},
			{
				name: 'Client Credentials with JWT',
				value: 'clientCredentials',
				description:
					'The JWT authenticates the client (private_key_jwt, client_secret_jwt): Okta, Auth0, Microsoft Entra ID, SMART on FHIR, Epic',
			},
			{
				name: 'Token Exchange',
				value: 'tokenExchange',
				description:
					'The JWT is the subject token (RFC 8693): OpenAI, Google Workload Identity Federation, Databricks',
			},
			{
				name: 'Custom Exchange',
				value: 'custom',
				description:
					'The JWT is sent as Bearer token, or wherever you write {assertion}: GitHub Apps, Yandex Cloud, Tableau, Vault',
			},
		],
		default: 'jwtBearer',
		description: 'How the service trades the signed JWT for an access token',
	},
	{
		displayName: 'Token URL',
		name: 'tokenUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://oauth2.googleapis.com/token',
		description:
			'Address of the token endpoint, from the API documentation. The signed JWT goes there and nowhere else; <code>{assertion}</code> in the query stands for it.',
	},
	{
		displayName: 'HTTP Method',
		name: 'exchangeMethod',
		type: 'options',
		options: ['GET', 'PATCH', 'POST', 'PUT'].map((name) => ({ name, value: name })),
		default: 'POST',
		description: 'How the token endpoint is asked; most take POST',
		displayOptions: showForCustom,
	},
	{
		displayName: 'Client ID',
		name: 'clientId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 0oa1b2c3d4',
		description:
			'Sent along, and used as "iss" (with Client Credentials as "sub", too) where the payload leaves it empty. For JWT Bearer fill it in only if the service asks for it.',
		displayOptions: hideForCustom,
	},
	{
		displayName: 'Scope',
		name: 'scope',
		type: 'string',
		default: '',
		placeholder: 'e.g. okta.users.read okta.groups.read',
		description:
			'What the token is for, separated by blanks, if the service takes it in the request. Google and DocuSign want it in the payload instead.',
		displayOptions: hideForCustom,
	},
];

const bodyParameters: INodeProperties = {
	displayName: 'Additional Body Parameters',
	name: 'bodyParameters',
	type: 'json',
	typeOptions: secretJsonOptions,
	default: '{}',
	placeholder: 'e.g. { "audience": "https://api.example.com" }',
	description:
		'Further parameters of the token request; they win over what is sent otherwise, and <code>null</code> takes one out. <code>{assertion}</code> in a value, at any depth, stands for the signed JWT.',
};

const responseField: INodeProperties = {
	displayName: 'Token Field',
	name: 'responseField',
	type: 'string',
	default: 'access_token',
	placeholder: 'e.g. data.token',
	description:
		'Where the token stands in the answer, as a path; a name that holds dots goes into brackets: ["a.b"].token. GitHub: token; Google with target_audience: id_token. Left empty, the whole answer is the token.',
};

const expiryField: INodeProperties = {
	displayName: 'Expiry Field',
	name: 'expiryField',
	type: 'string',
	default: 'expires_in',
	placeholder: 'e.g. expires_at',
	description:
		'Where the expiry stands in the answer, as a path: seconds, h:mm:ss, or a date and time. Left empty, Fallback Lifetime counts.',
};

/**
 * What a custom exchange and a token exchange need in their common case. Each of these fields stands in
 * the form twice, and n8n takes the default of the first one: it has to be the same in both.
 */
export const detailedExchangeFields: INodeProperties[] = [
	{
		displayName:
			'The JWT goes along as Bearer token. If the service wants it elsewhere, write <code>{assertion}</code> there: in Additional Body Parameters, for example <code>{ "jwt": "{assertion}" }</code>, in Exchange Headers, or in the query of the Token URL. It then goes there only.',
		name: 'assertionNotice',
		type: 'notice',
		default: '',
		displayOptions: showForCustom,
	},
	...[bodyParameters, responseField, expiryField].map((field) => ({
		...field,
		displayOptions: showForDetailed,
	})),
];

const BODY_FORMATS: Array<{ name: string; value: BodyFormat; description: string }> = [
	{
		name: 'Automatic',
		value: 'automatic',
		description: 'JSON for a Custom Exchange, a form for the others',
	},
	{ name: 'Form', value: 'form', description: 'E.g. scope=read&resource=x' },
	{ name: 'JSON', value: 'json', description: 'E.g. {"scope":"read","resource":"x"}' },
];

const EXPIRY_UNITS: Array<{ name: string; value: ExpiryUnit; description: string }> = [
	{
		name: 'Automatic',
		value: 'automatic',
		description: 'Seconds; milliseconds if the name of the field ends in _ms',
	},
	{ name: 'Milliseconds', value: 'milliseconds', description: 'E.g. 86399994 for a day' },
];

/** Details of the exchange; to be shown under Advanced Options. */
export const advancedExchangeFields: INodeProperties[] = [
	{
		displayName: 'Client Secret',
		name: 'clientSecret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Only if the service wants it beside the JWT (Box)',
		displayOptions: hideForCustom,
	},
	{
		displayName: 'Add Client Assertion',
		name: 'clientAssertion',
		type: 'boolean',
		default: false,
		description:
			'Whether to authenticate the client with a second JWT of the same key (private_key_jwt) beside the grant',
		displayOptions: { show: { grant: ['jwtBearer', 'tokenExchange'] } },
	},
	...clientAudienceFields,
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://api.example.com',
		description: 'The API the token is for, if the service asks for a resource (RFC 8707)',
		displayOptions: hideForCustom,
	},
	{ ...bodyParameters, displayOptions: hideForDetailed },
	{
		displayName: 'Body Format',
		name: 'bodyFormat',
		type: 'options',
		options: BODY_FORMATS,
		default: 'automatic',
		description: 'How the parameters of the token request are written',
	},
	{
		displayName: 'Exchange Headers',
		name: 'exchangeHeaders',
		type: 'json',
		typeOptions: secretJsonOptions,
		default: '{}',
		placeholder: 'e.g. { "X-GitHub-Api-Version": "2022-11-28" }',
		description:
			'Headers of the token request. Their values are kept as secret as the key; <code>{assertion}</code> in one stands for the signed JWT.',
	},
	{ ...responseField, displayOptions: hideForDetailed },
	{ ...expiryField, displayOptions: hideForDetailed },
	{
		displayName: 'Expiry Unit',
		name: 'expiryUnit',
		type: 'options',
		options: EXPIRY_UNITS,
		default: 'automatic',
		description: 'What a number in Expiry Field counts',
	},
	{
		displayName: 'Fallback Lifetime',
		name: 'fallbackLifetime',
		type: 'string',
		default: '1h',
		placeholder: 'e.g. 30m',
		description:
			'How long a token is used if the answer does not say (Salesforce). Stay under the session timeout of the service.',
	},
	{
		displayName: 'Renew Before Expiry (Seconds)',
		name: 'renewBeforeExpiry',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 60,
		description:
			'How long before its end a token is replaced, but never more than a quarter of its life',
	},
	{
		displayName: 'Base URL Field',
		name: 'baseUrlField',
		type: 'string',
		default: '',
		placeholder: 'e.g. instance_url',
		description:
			"Where the API's address stands in the answer. JWT HTTP Request then takes URLs such as /services/data/v60.0/sobjects.",
	},
	{
		displayName: 'Answer Fields',
		name: 'answerFields',
		type: 'string',
		default: '',
		placeholder: 'e.g. account.id, scope',
		description:
			'What to keep of the answer beside the token, as paths separated by commas; an object is kept with all its members. For JWT Sign > Get Access Token with Include Answer Fields.',
	},
];

/** What Test Connection calls with the token. */
export const testUrlField: INodeProperties = {
	displayName: 'Test URL',
	name: 'testUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://api.example.com/v1/me',
	description:
		'An address of the API that Test Connection reads with the token. Leave empty to test the exchange alone.',
};

/** Where n8n keeps the last token, so that all its processes share it. */
export const storedTokenFields: INodeProperties[] = [
	{
		displayName: 'Access Token',
		name: 'accessToken',
		type: 'hidden',
		typeOptions: { expirable: true, password: true },
		default: '',
	},
	{
		displayName: 'Token State',
		name: 'tokenState',
		type: 'hidden',
		typeOptions: { password: true },
		default: '',
	},
];

/** Form pieces of another credential, some of them with other defaults or texts. */
export function adapted(
	fields: INodeProperties[],
	changes: Record<string, Partial<INodeProperties>>,
): INodeProperties[] {
	return fields.map((field) => ({ ...field, ...changes[field.name] }));
}
