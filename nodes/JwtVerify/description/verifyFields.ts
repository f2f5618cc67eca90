import type { INodeProperties } from 'n8n-workflow';
import { secretEncodingField } from '../../../core/settings/secretEncoding';
import { includeInputFieldsField } from '../../common/inputFields';
import { checkFields } from './checkFields';
import { specialKeySourceFields, specialKeySources } from './keySourceFields';
import { maximumSizeField } from './maximumSizeField';

const showForVerify: INodeProperties['displayOptions'] = { show: { operation: ['verify'] } };

const showForKeySource = (keySource: string): INodeProperties['displayOptions'] => ({
	show: { operation: ['verify'], keySource: [keySource] },
});

const fetched = { show: { '/keySource': ['awsAlb', 'issuer', 'jwksUrl'] } };

const forOthers = {
	show: { '/keySource': ['awsAlb', 'certificateChain', 'issuer', 'jwksUrl'] },
};

/** Fields of Verify: the key, the checks, the options. */
export const verifyFields: INodeProperties[] = [
	{
		displayName: 'Key Source',
		name: 'keySource',
		type: 'options',
		noDataExpression: true,
		options: [
			...specialKeySources,
			{
				name: 'Issuer (OpenID Connect or OAuth)',
				value: 'issuer',
				description:
					'Auth0, Entra ID, Google, Keycloak and others: their keys are found by themselves',
			},
			{
				name: 'JWKS URL',
				value: 'jwksUrl',
				description: 'An address that publishes the keys as a JWK Set',
			},
			{
				name: 'JWT Sign Credential',
				value: 'credential',
				description: 'Tokens that this n8n signed itself, or that share its secret',
			},
			{
				name: 'Public Key or Certificate',
				value: 'publicKey',
				description: 'A key that you paste here',
			},
			{
				name: 'Shared Secret',
				value: 'secret',
				description: 'For tokens with an HS algorithm',
			},
		],
		default: 'issuer',
		description:
			'Where the key comes from that the tokens are verified with; never from the token, but for a certificate chain up to a root that you paste',
		displayOptions: showForVerify,
	},
	{
		displayName: 'Issuer',
		name: 'issuerUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://my-tenant.eu.auth0.com/',
		description:
			'Who has to have issued the tokens, letter by letter as in their "iss", with or without a slash at the end. For several tenants of Entra ID: https://login.microsoftonline.com/{tid}/v2.0 with the check Allowed Tenants.',
		displayOptions: showForKeySource('issuer'),
	},
	{
		displayName: 'JWKS URL',
		name: 'jwksUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://example.com/.well-known/jwks.json',
		description:
			'Address of the JWK Set; often called jwks_uri. A map from key IDs to PEM certificates, as Google has them, will do too.',
		displayOptions: showForKeySource('jwksUrl'),
	},
	...specialKeySourceFields.map((field) => ({
		...field,
		displayOptions: { show: { operation: ['verify'], ...field.displayOptions?.show } },
	})),
	{
		displayName: 'Public Key',
		name: 'publicKey',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. -----BEGIN PUBLIC KEY-----',
		description: 'A PEM public key or certificate, a JWK or a JWK Set',
		displayOptions: showForKeySource('publicKey'),
	},
	{
		displayName: 'Secret',
		name: 'secret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		required: true,
		description:
			'The secret shared with the issuer. Everybody who may see this workflow can read it; a JWT Sign credential keeps it safer.',
		displayOptions: showForKeySource('secret'),
	},
	{ ...secretEncodingField, displayOptions: showForKeySource('secret') },
	{
		displayName: 'Audience',
		name: 'audience',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Audience' },
		default: [''],
		placeholder: 'e.g. https://api.example.com',
		description:
			'Whom the tokens have to be for: one of these has to be in their "aud". Issuers sign for many services, so without it a token for another one would do.',
		displayOptions: showForVerify,
	},
	{
		displayName: 'Checks',
		name: 'checks',
		type: 'collection',
		placeholder: 'Add Check',
		default: {},
		description: 'Beside signature, expiry and issue time, which are always checked',
		displayOptions: showForVerify,
		options: checkFields,
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: showForVerify,
		options: [
			{
				displayName: 'Accept Any Audience',
				name: 'anyAudience',
				type: 'boolean',
				default: false,
				description:
					'Whether to leave Audience empty. Tokens the issuer made for other services are then valid too.',
				displayOptions: forOthers,
			},
			{
				displayName: 'Allow Plain HTTP in Own Network',
				name: 'allowPlainHttp',
				type: 'boolean',
				default: false,
				description:
					'Whether an address may begin with http:// where its host has no dot (http://keycloak:8080) or is a private address. Whoever is in that network could hand out keys of their own.',
				displayOptions: fetched,
			},
			{
				displayName: 'Allow Short Secret',
				name: 'allowShortKey',
				type: 'boolean',
				default: false,
				description:
					'Whether to accept a secret shorter than the hash, which RFC 7518 forbids because it can be guessed',
				displayOptions: { show: { '/keySource': ['secret'] } },
			},
			includeInputFieldsField,
			{
				displayName: 'Key Cache (Seconds)',
				name: 'cacheLifetime',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 600,
				description: 'How long fetched keys are used before they are fetched again',
				displayOptions: fetched,
			},
			{
				displayName: 'Key Cool-Down (Seconds)',
				name: 'coolDown',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 30,
				description:
					'Least time between two fetches in vain that tokens with unknown keys cause, which anybody can send. A key the issuer has changed to is found at once.',
				displayOptions: fetched,
			},
			maximumSizeField,
			{
				displayName: 'On Invalid Token',
				name: 'onInvalid',
				type: 'options',
				options: [
					{ name: 'Send to Invalid Output', value: 'branch' },
					{ name: 'Stop With an Error', value: 'throw' },
				],
				default: 'branch',
				description: 'What to do with a token that may not be trusted',
			},
			{
				displayName: 'Public Key Address',
				name: 'keyAddress',
				type: 'string',
				default: '',
				placeholder: 'e.g. https://public-keys.auth.elb.eu-central-1.amazonaws.com/',
				description:
					'Where the public keys of the load balancer are, one for each key ID. Without this option: the address that AWS has for the region in the ARN.',
				displayOptions: { show: { '/keySource': ['awsAlb'] } },
			},
			{
				displayName: 'Timeout (Seconds)',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 10,
				description: 'How long to wait for the server that has the keys',
				displayOptions: fetched,
			},
		],
	},
];
