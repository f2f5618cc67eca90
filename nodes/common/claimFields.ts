import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { readItemClaims, type ItemClaims } from '../../core/settings/readItemClaims';
import { NOT_THERE } from '../../core/settings/fieldValue';
import { withTimes } from './claimTimes';
import {
	jsonEditor,
	readJsonField,
	refuseUnmarkedFields,
	type JsonField,
	wholeExpressionNoticeField,
} from './jsonField';
import { readField } from './nodeField';

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
		description:
			'What is typed is sent as text. An expression keeps its type: {{ 5 }} is sent as a number.',
	},
];

const claimOptions: INodeProperties[] = [
	{
		displayName: 'Audience',
		name: 'audience',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Audience' },
		default: [''],
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
		description:
			'Time before which the token is not valid ("nbf"), in the time zone of the workflow',
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

const CLAIMS_JSON: JsonField = {
	name: 'claimsJson',
	label: 'Claims (JSON)',
	nothingFound: 'CLAIM_EMPTY',
};

/**
 * Reads the claims of one item from the fields of {@link claimFields}.
 *
 * @throws `JwtAuthError` `CLAIM_EMPTY` for a claim that was added and has no value, `CLAIM_INVALID`,
 *   `DURATION_INVALID`, `EXPRESSION_UNRESOLVED`, `PAYLOAD_NOT_OBJECT`, `JSON_*`
 */
export function readClaimFields(context: IExecuteFunctions, itemIndex: number): ItemClaims {
	const { claims, expiresIn } = readItemClaims((name) => {
		if (name === 'claims') refuseUnmarkedFields(context, itemIndex, name, labelOfClaim);
		const value =
			name === CLAIMS_JSON.name
				? readJsonField(context, itemIndex, CLAIMS_JSON)
				: readField(context, itemIndex, name);
		return value === NOT_THERE ? null : value;
	});
	const labels = { nbf: 'Not Before' };
	return { claims: withTimes(claims, context, labels), expiresIn };
}
