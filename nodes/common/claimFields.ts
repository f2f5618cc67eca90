import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { parseJsonObject } from '../../core/json';
import type { Claims } from '../../core/claims';
import { fieldReader } from './fieldReader';
import {
	jsonEditor,
	readJsonField,
	refuseUnmarkedFields,
	wholeExpressionNoticeField,
} from './jsonField';

/** Claims of one item, as a node's form gives them. */
export interface ItemClaims {
	/** Claims that win over the credential's payload. */
	claims: Claims;
	/** Life of the token as Expires In; undefined leaves it to the credential. */
	expiresIn: string | undefined;
}

const customClaimColumns: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. role',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		placeholder: 'e.g. authenticated',
		description: 'Sent as text; use JSON for numbers, lists and objects',
	},
];

const claimOptions: INodeProperties[] = [
	{
		displayName: 'Audience',
		name: 'audience',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Audience' },
		default: [],
		placeholder: 'e.g. https://api.example.com',
		description: 'Who the token is for ("aud")',
	},
	{
		displayName: 'Custom Claims',
		name: 'customClaims',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Custom Claim',
		default: {},
		options: [
			{
				displayName: 'Claim',
				name: 'claim',
				values: customClaimColumns,
			},
		],
	},
	{
		displayName: 'Expires In',
		name: 'expiresIn',
		type: 'string',
		default: '5m',
		placeholder: 'e.g. 10m',
		description: 'Life of the token ("exp"): seconds, or a number with s, m, h or d',
	},
	{
		displayName: 'Issuer',
		name: 'issuer',
		type: 'string',
		default: '',
		placeholder: 'e.g. my-service',
		description: 'Who issues the token ("iss")',
	},
	{
		displayName: 'JWT ID',
		name: 'jwtId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 7c9e6679-7425-40de-944b-e07fc1f90ae7',
		description: 'ID of the token ("jti"); the credential can also add a new one every time',
	},
	{
		displayName: 'Not Before',
		name: 'notBefore',
		type: 'dateTime',
		default: '',
		description: 'Time before which the token is not valid ("nbf")',
	},
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.user }}',
		description: 'Who or what the token is about ("sub")',
	},
];

/** Form fields for the claims of each item; to be shown under the given conditions. */
export function claimFields(displayOptions: INodeProperties['displayOptions']): INodeProperties[] {
	const showFor = (specifyClaims: string) => ({
		...displayOptions,
		show: { ...displayOptions?.show, specifyClaims: [specifyClaims] },
	});
	return [
		{
			displayName: 'Specify Claims',
			name: 'specifyClaims',
			type: 'options',
			options: [
				{ name: 'Using Fields Below', value: 'keypair' },
				{ name: 'Using JSON', value: 'json' },
			],
			default: 'keypair',
			description:
				"How to give claims for each item. They win over the claims of the credential's payload.",
			displayOptions,
		},
		{
			displayName: 'Claims',
			name: 'claims',
			type: 'collection',
			placeholder: 'Add Claim',
			default: {},
			displayOptions: showFor('keypair'),
			options: claimOptions,
		},
		wholeExpressionNoticeField('Claims (JSON)', 'claimsJson', showFor('json')),
		{
			displayName: 'Claims (JSON)',
			name: 'claimsJson',
			type: 'json',
			typeOptions: jsonEditor,
			default: '{}',
			placeholder: 'e.g. { "sub": "user-1", "roles": ["admin"] }',
			description:
				'Claims as a JSON object. Write null for "iat", "exp", "nbf" or "jti" to leave that claim out.',
			hint: 'To take a value from the item, put an expression between the quotes: "sub": "={{ $json.user }}"',
			displayOptions: showFor('json'),
		},
	];
}

function labelOfClaim(name: string): string {
	return claimOptions.find((option) => option.name === name)?.displayName ?? name;
}

interface CustomClaims {
	claim?: Array<{ name: string; value: unknown }>;
}

/** Form names to claims, RFC 7519 §4.1; the only place where they meet. */
function claimsFromFields(fields: IDataObject): Claims {
	const audience = Array.isArray(fields.audience) ? fields.audience : [fields.audience];
	const audiences = audience.filter((value) => value !== undefined && value !== '');
	const claims: Claims = {
		iss: fields.issuer,
		sub: fields.subject,
		aud: audiences.length > 1 ? audiences : audiences[0],
		nbf: fields.notBefore,
		jti: fields.jwtId,
	};
	const { claim: custom = [] } = (fields.customClaims ?? {}) as CustomClaims;
	for (const { name, value } of custom) {
		if (name !== '') claims[name] = value;
	}
	return Object.fromEntries(
		Object.entries(claims).filter(([, value]) => value !== undefined && value !== ''),
	);
}

/**
 * Reads the claims of one item from the fields of {@link claimFields}.
 *
 * @throws {@link JwtAuthError} when the JSON is not an object, or an expression in it finds nothing
 * @throws {@link JwtAuthError} `EXPRESSION_UNRESOLVED`
 */
export function readItemClaims(context: IExecuteFunctions, itemIndex: number): ItemClaims {
	const field = fieldReader(context, itemIndex);
	if (field('specifyClaims') === 'json') {
		const label = 'Claims (JSON)';
		const json = readJsonField(context, itemIndex, {
			name: 'claimsJson',
			label,
			nothingFound: 'CLAIM_INVALID',
		});
		const claims = parseJsonObject(json, { field: label, notObject: 'PAYLOAD_NOT_OBJECT' });
		return { claims, expiresIn: undefined };
	}
	refuseUnmarkedFields(context, itemIndex, 'claims', labelOfClaim);
	const fields = (field('claims') ?? {}) as IDataObject;
	const expiresIn = String(fields.expiresIn ?? '');
	return {
		claims: claimsFromFields(fields),
		expiresIn: expiresIn === '' ? undefined : expiresIn,
	};
}
