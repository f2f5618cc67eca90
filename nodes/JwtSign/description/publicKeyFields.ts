import type { INodeProperties } from 'n8n-workflow';
import { KEY_TYPES } from '../../../core/authenticate/serviceKey';

const showFor = (...formats: string[]): INodeProperties['displayOptions'] => ({
	show: { operation: ['getPublicKey'], publicKeyFormat: formats },
});

/** Whose keys there are, by name. */
const keyHolders = [
	{ name: 'JWT Sign API', value: 'jwtSignApi' },
	{ name: 'JWT Token Exchange API', value: 'jwtExchangeApi' },
	...KEY_TYPES.map(({ name, type }) => ({ name, value: type })),
].sort((one, other) => (one.name < other.name ? -1 : 1));

/** Fields of Get Public Key, and the choice of credential that it shares with Get Public JWKS. */
export const publicKeyFields: INodeProperties[] = [
	{
		displayName: 'Key Of',
		name: 'keyOf',
		type: 'options',
		noDataExpression: true,
		options: keyHolders,
		default: 'jwtSignApi',
		description: 'The type of the credential whose key it is',
		displayOptions: { show: { operation: ['getPublicJwks', 'getPublicKey'] } },
	},
	{
		displayName: 'Format',
		name: 'publicKeyFormat',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Certificate Request',
				value: 'certificateRequest',
				description: 'For an authority that signs certificates (PKCS#10, CSR)',
			},
			{
				name: 'Public Key',
				value: 'publicKey',
				description: 'As PEM, JWK and JWK Set, with its fingerprints and for Snowflake',
			},
			{
				name: 'Self-Signed Certificate',
				value: 'certificate',
				description: 'For a service that wants a certificate, such as Microsoft Entra ID',
			},
		],
		default: 'publicKey',
		description: 'What the service asks for',
		displayOptions: { show: { operation: ['getPublicKey'] } },
	},
	{
		displayName:
			'Every run makes another certificate. Hand one to the service, and paste that same one into the credential: Advanced Options > Key and Certificate > Certificate, or where the type of a service has a field for it, Certificate.',
		name: 'certificateNotice',
		type: 'notice',
		default: '',
		displayOptions: showFor('certificate'),
	},
	{
		displayName: 'Common Name',
		name: 'commonName',
		type: 'string',
		default: 'n8n',
		required: true,
		placeholder: 'e.g. n8n.example.com',
		description: 'Whom the certificate is for; the service shows this name',
		displayOptions: showFor('certificate', 'certificateRequest'),
	},
	{
		displayName: 'Life in Days',
		name: 'lifeInDays',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 365,
		description: 'After so many days the certificate has expired, and a new one is needed',
		displayOptions: showFor('certificate'),
	},
	{
		displayName: 'Subject Details',
		name: 'subjectDetails',
		type: 'collection',
		placeholder: 'Add Detail',
		default: {},
		displayOptions: showFor('certificate', 'certificateRequest'),
		options: [
			{
				displayName: 'Country',
				name: 'country',
				type: 'string',
				default: '',
				placeholder: 'e.g. DE',
				description: 'Code of two letters',
			},
			{
				displayName: 'Organization',
				name: 'organization',
				type: 'string',
				default: '',
				placeholder: 'e.g. Example Inc.',
				description: 'Name of the company',
			},
			{
				displayName: 'Organizational Unit',
				name: 'organizationalUnit',
				type: 'string',
				default: '',
				placeholder: 'e.g. Integrations',
				description: 'Name of the department',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		displayOptions: { show: { operation: ['getPublicKey'] } },
		options: [
			{
				displayName: 'Snowflake User',
				name: 'snowflakeUser',
				type: 'string',
				default: '',
				placeholder: 'e.g. N8N_SERVICE',
				description: 'The user in the ALTER USER statement that gives the key to Snowflake',
				displayOptions: { show: { '/publicKeyFormat': ['publicKey'] } },
			},
			{
				displayName: 'Which Key',
				name: 'whichKey',
				type: 'options',
				options: [
					{ name: 'In Use', value: 'inUse', description: 'The key that signs now' },
					{
						name: 'Newest',
						value: 'newest',
						description:
							'The key of the highest number, to be handed to the service before it signs',
					},
				],
				default: 'newest',
				description: 'Makes a difference for a credential in which n8n has made several keys',
			},
		],
	},
];
