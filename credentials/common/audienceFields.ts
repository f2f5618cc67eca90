import type { INodeProperties } from 'n8n-workflow';
import type { AssertionAudience } from '../../core/exchange/exchangeSettings';

const showForDefault = { show: { grant: ['clientCredentials', 'jwtBearer', 'tokenExchange'] } };

const AUDIENCES: Array<{ name: string; value: AssertionAudience; description: string }> = [
	{
		name: 'Issuer',
		value: 'issuer',
		description: 'Found by discovery: Keycloak and other OpenID Connect servers',
	},
	{ name: 'Token URL', value: 'tokenUrl', description: 'What most services ask for' },
];

/** Whom an assertion is for where its payload does not say; to be shown under Advanced Options. */
export const audienceFields: INodeProperties[] = [
	{
		displayName: 'Audience of the Assertion',
		name: 'assertionAudience',
		type: 'options',
		options: AUDIENCES,
		default: 'tokenUrl',
		description:
			'The "aud" of the JWT where the payload leaves it empty. The subject token of a Token Exchange gets it from the payload only; the choice is then for Add Client Assertion.',
		displayOptions: showForDefault,
	},
	{
		displayName: 'Issuer of the Token Endpoint',
		name: 'issuer',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://sso.example.com/realms/main',
		description:
			'The issuer whose metadata name the Token URL. Left empty, it is looked for where the Token URL begins.',
		displayOptions: { show: { ...showForDefault.show, assertionAudience: ['issuer'] } },
	},
];
