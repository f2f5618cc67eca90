import type { INodeProperties } from 'n8n-workflow';
import type { BoundValue } from '../../core/sign/requestBindingValues';

const VALUES: Array<{ name: string; value: BoundValue; description: string }> = [
	{
		name: 'Body SHA-256 (Base64)',
		value: 'bodySha256Base64',
		description: 'Hash of the exact bytes sent, with padding, as in a Digest header',
	},
	{
		name: 'Body SHA-256 (Base64URL)',
		value: 'bodySha256Base64url',
		description: 'Hash of the exact bytes sent',
	},
	{
		name: 'Body SHA-256 (Hex)',
		value: 'bodySha256Hex',
		description: 'Hash of the exact bytes sent',
	},
	{
		name: 'Body SHA-256 (Hex, Sorted JSON)',
		value: 'bodySha256HexSorted',
		description: 'Hash of the JSON body with its members sorted by name; left out without a body',
	},
	{ name: 'Full URL', value: 'url', description: 'E.g. https://api.example.com/v1/x?page=1' },
	{
		name: 'Full URL Without Query',
		value: 'urlWithoutQuery',
		description: 'E.g. https://api.example.com/v1/x, as Azure SignalR asks for it',
	},
	{ name: 'Host', value: 'host', description: 'E.g. api.example.com' },
	{
		name: 'Key Fingerprint (SHA-256)',
		value: 'publicKeyFingerprint',
		description: 'SHA256: and the Base64 hash of the public key, as Snowflake writes it',
	},
	{ name: 'Method', value: 'method', description: 'E.g. POST' },
	{ name: 'Method (Lower Case)', value: 'methodLowerCase', description: 'E.g. post' },
	{
		name: 'Method, Host and Path',
		value: 'methodHostPath',
		description: 'E.g. GET api.example.com/v1/x, as Coinbase asks for it',
	},
	{ name: 'Path', value: 'path', description: 'E.g. /v1/x' },
	{
		name: 'Path and Query',
		value: 'pathQuery',
		description: 'E.g. /v1/x?page=1, as Fireblocks asks for it',
	},
	{
		name: 'Query SHA-256 (Hex)',
		value: 'querySha256Hex',
		description: 'Hash of the query as it is sent, without the question mark; left out without one',
	},
	{
		name: 'Query SHA-512 (Hex)',
		value: 'querySha512Hex',
		description: 'The same with SHA-512, as Upbit and Bithumb ask for it',
	},
	{
		name: 'Random Nonce (Hex)',
		value: 'nonceHex',
		description: 'New for every token: 16 random bytes',
	},
	{ name: 'Random UUID', value: 'uuid', description: 'New for every token' },
	{ name: 'Time in Milliseconds', value: 'unixMs', description: 'When the token is signed' },
];

const bindingColumns: INodeProperties[] = [
	{
		displayName: 'Put Into',
		name: 'target',
		type: 'options',
		options: [
			{ name: 'Header', value: 'header' },
			{ name: 'Payload', value: 'payload' },
		],
		default: 'payload',
		description:
			'Whether the API looks for the value among the claims or in the header of the token',
	},
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. uri',
		description:
			'Name of the claim or header parameter. With [] at its end it becomes a list of one.',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'options',
		options: VALUES,
		default: 'methodHostPath',
		description: 'What of the request goes there, as it is sent',
	},
];

/** What of the request goes into its token. */
export const requestBindingField: INodeProperties = {
	displayName: 'Request Binding',
	name: 'requestBinding',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Binding' },
	placeholder: 'Add Binding',
	// n8n's credential form writes rows into the very object that is the default: the next new credential
	// would begin with the rows of the last. Without one, every form makes an object of its own.
	default: undefined,
	description:
		'Claims and header parameters taken from the very request the token is sent with, for APIs that check method, path or body (Coinbase, Fireblocks)',
	options: [
		{
			displayName: 'Binding',
			name: 'bindings',
			values: bindingColumns,
		},
	],
};

/**
 * Request Binding once more, as it is stored. Where something else than rows is stored, such as a text or
 * a list, n8n hands over an empty list for the visible field: tokens would be bound to nothing. Of two
 * fields with one name the later wins, and of a hidden one n8n hands over what is there.
 */
export const storedRequestBindingField: INodeProperties = {
	displayName: 'Request Binding',
	name: 'requestBinding',
	type: 'hidden',
	default: {},
};

/** One token for many requests. */
export const reuseTokenField: INodeProperties = {
	displayName: 'Reuse Token',
	name: 'reuseUntilExpiry',
	type: 'boolean',
	default: false,
	description:
		"Whether to send a token with the same claims again until 80% of its life has passed, for an API that limits how often tokens change (Apple push). Tokens with a 'jti' or a request binding are always new.",
};
