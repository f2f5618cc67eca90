import type { INodeProperties } from 'n8n-workflow';
import { furtherIssuersField, tenantsField } from './issuerFields';
import { ALGORITHMS } from '../../../core/keys/algorithms';
import { bodyHashField } from './bodyHashField';
import { boundCertificateField, proofField } from './possessionFields';

/** Entries of the Checks collection. One that is added and left empty lets no token through. */
export const checkFields: INodeProperties[] = [
	{
		displayName: 'Algorithms',
		name: 'algorithms',
		type: 'multiOptions',
		options: ALGORITHMS.map(({ name, label }) => ({ name, value: name, description: label })),
		default: [],
		description:
			'Algorithms that are accepted. Without this check: those the key can be used with.',
	},
	tenantsField,
	bodyHashField,
	{
		displayName: 'Clock Tolerance (Seconds)',
		name: 'clockTolerance',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 5,
		description: 'By how much the clocks of issuer and n8n may differ. Without this check: 5.',
	},
	furtherIssuersField,
	{
		displayName: 'Issuer',
		name: 'issuer',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Issuer' },
		default: [],
		placeholder: 'e.g. https://issuer.example.com',
		description:
			'Who has to have issued the token: one of these has to be its "iss". {tid} stands for each of the Allowed Tenants.',
		displayOptions: { hide: { '/keySource': ['issuer'] } },
	},
	{
		displayName: 'Maximum Age',
		name: 'maximumAge',
		type: 'string',
		default: '1h',
		placeholder: 'e.g. 10m',
		description:
			'Longest time since "iat", whatever "exp" says: seconds, or a number with s, m, h or d',
	},
	proofField,
	{
		displayName: 'Required Claims',
		name: 'requiredClaims',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Claim',
		default: {},
		description: 'Claims the token has to have; all of them have to hold',
		options: [
			{
				displayName: 'Claim',
				name: 'claim',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. realm_access.roles',
						description:
							'Dots lead into nested objects; a name that holds dots goes into brackets: ["https://example.com/claims"].role',
					},
					{
						displayName: 'Condition',
						name: 'condition',
						type: 'options',
						options: [
							{ name: 'Is or Contains', value: 'equals' },
							{ name: 'Exists', value: 'exists' },
						],
						default: 'equals',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. admin',
						description: 'Where the claim is a list, one of its values',
						displayOptions: { show: { condition: ['equals'] } },
					},
				],
			},
		],
	},
	{
		displayName: 'Required Scopes',
		name: 'requiredScopes',
		type: 'string',
		default: '',
		placeholder: 'e.g. orders:read orders:write',
		description: 'Scopes the token has to grant, all of them, with blanks between',
	},
	{
		displayName: 'Scope Claim',
		name: 'scopeClaim',
		type: 'string',
		default: '',
		placeholder: 'e.g. permissions',
		description:
			'Claim that holds the scopes, nested as in Required Claims. Without this check: "scope" and "scp".',
	},
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		default: '',
		placeholder: 'e.g. user-1',
		description: 'Whom or what the token has to be about ("sub")',
	},
	boundCertificateField,
	{
		displayName: 'Type',
		name: 'typ',
		type: 'string',
		default: 'at+jwt',
		placeholder: 'e.g. at+jwt',
		description:
			'Type that has to stand in the header ("typ"): at+jwt for access tokens of RFC 9068',
	},
];
