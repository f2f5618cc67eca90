import type { INodeProperties } from 'n8n-workflow';
import type { AssertionAudience } from '../../core/exchange/exchangeSettings';

const showForDefault = { show: { grant: ['clientCredentials', 'jwtBearer'] } };
// The subject token has its audience from the payload alone.
const showForClient = { show: { grant: ['tokenExchange'], clientAssertion: [true] } };

const AUDIENCES: Array<{ name: string; value: AssertionAudience; description: string }> = [
	{
		name: 'Issuer',
		value: 'issuer',
		description: 'Found by discovery: Keycloak and other OpenID Connect servers',
	},
	{ name: 'Token URL', value: 'tokenUrl', description: 'What most services ask for' },
];

type Conditions = Record<string, Array<string | boolean>>;

/** Whom an assertion is for, in the forms of these grants; to be shown under Advanced Options. */
const fieldsFor = ({ show }: { show: Conditions }, description: string): INodeProperties[] => [
	{
		displayName: 'Audience of the Assertion',
		name: 'assertionAudience',
		type: 'options',
		options: AUDIENCES,
		default: 'tokenUrl',
		description,
		displayOptions: { show },
	},
	{
		displayName: 'Issuer of the Token Endpoint',
		name: 'issuer',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://sso.example.com/realms/main',
		description:
			'The issuer whose metadata name the Token URL. Left empty, it is looked for where the Token URL begins.',
		displayOptions: { show: { ...show, assertionAudience: ['issuer'] } },
	},
];

/** Where the assertion is the grant, or the client's authentication. */
export const audienceFields = fieldsFor(
	showForDefault,
	'The "aud" of the JWT where the payload leaves it empty',
);

/** Where a second assertion authenticates the client of a token exchange; after Add Client Assertion. */
export const clientAudienceFields = fieldsFor(
	showForClient,
	'The "aud" of the JWT that authenticates the client. That of the JWT to be traded belongs in the payload.',
);
