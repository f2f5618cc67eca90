import type { IExecuteFunctions } from 'n8n-workflow';
import { tryToParseDateTime } from 'n8n-workflow';
import { JwtAuthError } from '../../../core/errors';
import { readItemClaims } from '../../../nodes/common/claimFields';

/** Stands in for n8n's execution context, of a workflow in Tokyo. */
function context(parameters: Record<string, unknown>): IExecuteFunctions {
	return {
		getNodeParameter: (name: string, _item: number, fallback: unknown) =>
			parameters[name] ?? fallback,
		getTimezone: () => 'Asia/Tokyo',
	} as unknown as IExecuteFunctions;
}

const claimsOf = (parameters: Record<string, unknown>) =>
	readItemClaims(context(parameters), 0).claims;
const notBefore = (value: unknown) =>
	claimsOf({ specifyClaims: 'keypair', claims: { notBefore: value } });

const TEN_IN_TOKYO = Date.parse('2026-11-25T10:00:00+09:00') / 1000;

describe('Not Before', () => {
	it.each<[string, unknown]>([
		["n8n's date picker", '2026-11-25T10:00:00'],
		['a text with a blank', '2026-11-25 10:00:00'],
		['a text with an offset', '2026-11-25T02:00:00+01:00'],
		['a text in UTC', '2026-11-25T01:00:00.378Z'],
		['a luxon DateTime', tryToParseDateTime('2026-11-24T20:00:00', 'America/New_York')],
		['a Date', new Date('2026-11-25T01:00:00.900Z')],
		['a NumericDate', TEN_IN_TOKYO],
		['one with fractions, as $now.toSeconds() gives it', TEN_IN_TOKYO + 0.378],
		['one as text', String(TEN_IN_TOKYO)],
	])('%s', (_case, value) => {
		expect(notBefore(value)).toEqual({ nbf: TEN_IN_TOKYO });
	});

	it('is left out where it was not added', () => {
		expect(claimsOf({ specifyClaims: 'keypair', claims: {} })).toEqual({});
	});

	it.each([
		['', 'CLAIM_EMPTY', 'Not Before is empty'],
		[new Date(Number.NaN), 'CLAIM_EMPTY', 'Not Before is empty'],
		['soon', 'CLAIM_INVALID', 'The claim nbf (Not Before) is a text that is neither'],
		[TEN_IN_TOKYO * 1000, 'CLAIM_INVALID', 'The claim nbf (Not Before) is in milliseconds'],
	])('refuses %p by the name of the field', (value, code, message) => {
		let caught: unknown;
		try {
			notBefore(value);
		} catch (error) {
			caught = error;
		}
		expect(caught).toBeInstanceOf(JwtAuthError);
		expect(caught).toMatchObject({
			code,
			message: expect.stringContaining(message),
		});
	});
});

it.each([
	[
		'a custom claim',
		{
			specifyClaims: 'keypair',
			claims: { customClaims: { claim: [{ name: 'exp', value: '2026-11-25T10:00:00' }] } },
		},
	],
	['JSON', { specifyClaims: 'json', claimsJson: '{ "exp": "2026-11-25T10:00:00" }' }],
])('takes the time zone of the workflow for exp given as %s', (_case, parameters) => {
	expect(claimsOf(parameters)).toEqual({ exp: TEN_IN_TOKYO });
});

it('leaves null as it is, and other claims alone', () => {
	const claimsJson = '{ "exp": null, "validFrom": "2026-11-25T10:00:00", "score": 1.5 }';
	expect(claimsOf({ specifyClaims: 'json', claimsJson })).toEqual(JSON.parse(claimsJson));
});

it('sends a typed custom claim as text, and keeps the type that an expression gives', () => {
	const claim = [
		{ name: 'typed', value: '5' },
		{ name: 'number', value: 5 },
		{ name: 'flag', value: true },
		{ name: 'list', value: ['a'] },
	];
	expect(claimsOf({ specifyClaims: 'keypair', claims: { customClaims: { claim } } })).toEqual({
		typed: '5',
		number: 5,
		flag: true,
		list: ['a'],
	});
});
