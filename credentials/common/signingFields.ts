import type { INodeProperties } from 'n8n-workflow';
import { ALGORITHMS, findAlgorithm } from '../../core/keys/algorithms';
import { secretEncodingField } from '../../core/settings/secretEncoding';
import { jsonOptions } from './jsonOptions';
import { keySourceFields, rsaKeySizeField } from './keySourceFields';
import { keyRotationFields } from './keyRotationFields';
import { keyIdFromKeyField } from './keyIdFromKeyField';

const algorithmNames = (hmac: boolean) =>
	ALGORITHMS.filter(({ family }) => (family === 'HMAC') === hmac).map(({ name }) => name);

const showForSecret = { show: { algorithm: algorithmNames(true) } };
// Not `hide`, which n8n's public API does not understand: it would ask for both keys.
const showForPrivateKey = { show: { algorithm: algorithmNames(false) } };
// Not ['paste']: n8n asks for a required field only where what is stored says so, and it stores no defaults.
const showForPastedKey = {
	show: { algorithm: algorithmNames(false), keySource: [{ _cnd: { not: 'generate' } }] },
};

/** What nearly every API asks for stands first; the rest follows by name. */
const COMMON = ['RS256', 'ES256', 'HS256', 'EdDSA'];
const byUse = [
	...COMMON.map(findAlgorithm),
	...ALGORITHMS.filter(({ name }) => !COMMON.includes(name)),
];

/** The fields everyone fills in: algorithm, key, payload, times, key ID. */
export const signingFields: INodeProperties[] = [
	{
		displayName: 'Algorithm',
		name: 'algorithm',
		type: 'options',
		options: byUse.map(({ name, label }) => ({ name, value: name, description: label })),
		default: 'RS256',
		description:
			'The one the API asks for. HS algorithms sign with a shared secret, all others with a private key.',
	},
	{
		displayName: 'Secret',
		name: 'secret',
		type: 'string',
		typeOptions: { password: true },
		required: true,
		default: '',
		description:
			'The secret shared with the API. It is taken as text; for hex or Base64 choose Secret Encoding: Advanced Options > Key and Certificate.',
		displayOptions: showForSecret,
	},
	...keySourceFields(algorithmNames(false)),
	...keyRotationFields(algorithmNames(false)),
	{
		displayName: 'Private Key',
		name: 'privateKey',
		type: 'string',
		typeOptions: { password: true, rows: 5 },
		required: true,
		default: '',
		placeholder: 'e.g. -----BEGIN PRIVATE KEY-----',
		description:
			'Paste the key as you got it: a PEM file (.pem, .key, .p8), a JWK, or a service account JSON file',
		displayOptions: showForPastedKey,
	},
	{
		displayName: 'Payload',
		name: 'payload',
		type: 'json',
		typeOptions: { ...jsonOptions, rows: 6 },
		default: '{\n  "iss": "",\n  "sub": "",\n  "scope": "",\n  "aud": ""\n}',
		description:
			'The claims of the token, from the API documentation. The empty ones of this skeleton are left out, so fill in only those the API asks for.',
		hint: 'To take a value from the item, put an expression between the quotes: "sub": "={{ $json.user }}"',
	},
	{
		displayName: "Auto Generate 'iat' and 'exp' Claims",
		name: 'autoTimeClaims',
		type: 'boolean',
		default: true,
		description:
			'Whether to add the time of signing and the time of expiry to every token. What the payload sets itself is kept.',
	},
	{
		displayName: 'Expires In',
		name: 'expiresIn',
		type: 'string',
		default: '1h',
		placeholder: 'e.g. 10m',
		description:
			'Life of each token: seconds, or a number with s, m, h or d. Many APIs set a limit; GitHub takes no more than 10m.',
		displayOptions: { show: { autoTimeClaims: [true] } },
	},
	{
		displayName: 'Key ID',
		name: 'keyId',
		type: 'string',
		typeOptions: { ignoreCredentialExpressionResolveError: true },
		default: '',
		placeholder: 'e.g. 2X9R4HXF34',
		description:
			'Tells the API which of its keys to verify with ("kid"). Leave empty if the API does not ask for one.',
	},
	keyIdFromKeyField(showForPrivateKey),
	{
		displayName:
			"If the token is refused, check two things first: 'aud' in the payload has to be letter by letter what the API documentation says, and the clock of the machine n8n runs on has to be right. If it is a little fast, 'Backdate iat' helps: Advanced Options > Clock and Claims.",
		name: 'refusedNotice',
		type: 'notice',
		default: '',
	},
];

/** Details of key, claims and header; to be shown under Advanced Options. */
export const advancedSigningFields: INodeProperties[] = [
	{ ...secretEncodingField, displayOptions: showForSecret },
	{
		displayName: 'Allow Short Secret',
		name: 'allowShortKey',
		type: 'boolean',
		default: false,
		description:
			'Whether to accept a secret shorter than the hash, which RFC 7518 forbids because it can be guessed. Some services hand out short ones.',
		displayOptions: showForSecret,
	},
	{
		displayName: 'Key Passphrase',
		name: 'keyPassphrase',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Only for a private key that is encrypted with a passphrase',
		displayOptions: showForPastedKey,
	},
	rsaKeySizeField(ALGORITHMS.filter(({ keyType }) => keyType === 'RSA').map(({ name }) => name)),
	{
		displayName: 'Certificate',
		name: 'x509',
		type: 'string',
		// Masked, since a PEM file often holds the private key beside the certificate.
		typeOptions: { password: true, rows: 4 },
		default: '',
		placeholder: 'e.g. -----BEGIN CERTIFICATE-----',
		description:
			'Certificate that belongs to the private key, or its chain, for an API that finds the key by it (Microsoft Entra ID)',
		displayOptions: showForPrivateKey,
	},
	{
		displayName: 'Certificate Header',
		name: 'x509Header',
		type: 'options',
		options: [
			{
				name: 'Certificate Chain (x5c)',
				value: 'x5c',
				description: 'The certificate itself, with its chain',
			},
			{
				name: 'Thumbprints (x5t, x5t#S256)',
				value: 'x5t',
				description: 'SHA-1 and SHA-256 of the certificate',
			},
		],
		default: 'x5t',
		description:
			"How the certificate is named in the token's header; without one, nothing is added",
		displayOptions: showForPrivateKey,
	},
	{
		displayName: "Backdate 'iat' By (Seconds)",
		name: 'backdateIat',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description:
			'Sets the time of signing back, for when the clock of n8n is ahead of that of the API. GitHub advises 60. The life of the token counts from there.',
	},
	{
		displayName: "Add 'nbf' Claim",
		name: 'addNbf',
		type: 'boolean',
		default: false,
		description: 'Whether to add the time before which the token is not valid',
	},
	{
		displayName: "'nbf' Offset (Seconds)",
		name: 'nbfOffset',
		type: 'number',
		typeOptions: { numberPrecision: 0 },
		default: 0,
		description: "Seconds between 'iat' and 'nbf'; negative for earlier",
		displayOptions: { show: { addNbf: [true] } },
	},
	{
		displayName: "Add 'jti' Claim",
		name: 'addJti',
		type: 'boolean',
		default: false,
		description: 'Whether to give every token an ID of its own (a UUID)',
	},
	{
		displayName: 'Time Claims in Milliseconds',
		name: 'timesInMilliseconds',
		type: 'boolean',
		default: false,
		description:
			"Whether 'iat', 'exp' and 'nbf' are written in milliseconds, for the few services that want them so against the standard (Zhipu GLM)",
	},
	{
		displayName: 'Header Parameters',
		name: 'headerParameters',
		type: 'json',
		typeOptions: jsonOptions,
		default: '{}',
		placeholder: 'e.g. { "typ": "at+jwt" }',
		description:
			"Further members of the token's header. The algorithm is set above and cannot be changed here.",
	},
];

/** Facts beside the key; to be shown under Advanced Options. */
export const metadataField: INodeProperties = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'json',
	typeOptions: jsonOptions,
	default: '{}',
	placeholder: 'e.g. { "accountId": "12345" }',
	description: 'Facts that belong to the credential but are not secret; JWT Sign can hand them out',
};
