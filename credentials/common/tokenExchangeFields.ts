import type { INodeProperties } from 'n8n-workflow';
import type { SubjectTokenType } from '../../core/exchange/exchangeSettings';

const showForTokenExchange = { show: { grant: ['tokenExchange'] } };

const SUBJECT_TOKEN_TYPES: Array<{ name: string; value: SubjectTokenType; description: string }> = [
	{
		name: 'Access Token',
		value: 'accessToken',
		description: 'Sends urn:ietf:params:oauth:token-type:access_token',
	},
	{
		name: 'ID Token',
		value: 'idToken',
		description: 'Sends urn:ietf:params:oauth:token-type:id_token',
	},
	{ name: 'JWT', value: 'jwt', description: 'Sends urn:ietf:params:oauth:token-type:jwt' },
	{ name: 'Other', value: 'other', description: 'Sends the type that you enter' },
];

/** What every token exchange (RFC 8693) has. */
export const tokenExchangeFields: INodeProperties[] = [
	{
		displayName: 'Subject Token Type',
		name: 'subjectType',
		type: 'options',
		options: SUBJECT_TOKEN_TYPES,
		default: 'jwt',
		description: 'What the service is to take the signed JWT for (subject_token_type)',
		displayOptions: showForTokenExchange,
	},
	{
		displayName: 'Other Subject Token Type',
		name: 'ownSubjectType',
		type: 'string',
		default: '',
		placeholder: 'e.g. urn:example:token-type:workload',
		description: 'The type as the documentation of the service writes it',
		displayOptions: { show: { ...showForTokenExchange.show, subjectType: ['other'] } },
	},
	{
		displayName: 'Audience',
		name: 'audience',
		type: 'string',
		default: '',
		placeholder: 'e.g. //iam.googleapis.com/projects/123/locations/global/workloadIdentityPools/…',
		description:
			'Whom the new token is for, if the service takes it in the request. The "aud" of the JWT belongs in the payload.',
		displayOptions: showForTokenExchange,
	},
];

/** What few token exchanges need; to be shown behind the switch. */
export const advancedTokenExchangeFields: INodeProperties[] = [
	{
		displayName: 'Requested Token Type',
		name: 'requestedType',
		type: 'string',
		default: '',
		placeholder: 'e.g. urn:ietf:params:oauth:token-type:access_token',
		description: 'The type of token to ask for; left empty, the service chooses',
		displayOptions: showForTokenExchange,
	},
];
