import {
	readChecks,
	readFurtherIssuers,
	readRequiredScopes,
	readTenants,
	type VerificationFields,
} from '../../../core/settings/readChecks';
import type { JwtAuthErrorCode } from '../../../core/errors';
import { expectCode } from '../support/expectCode';

const rules = { signsForOthers: false, anyAudience: false };

describe('checks from the form', () => {
	it('are none for a form nobody touched', () => {
		expect(JSON.parse(JSON.stringify(readChecks({}, rules)))).toEqual({});
	});

	it('are read as they are meant', () => {
		const fields = {
			audience: ['a', 'b'],
			issuer: ['i'],
			subject: 's',
			typ: 'at+jwt',
			algorithms: ['RS256'],
			maximumAge: '10m',
			clockTolerance: 5,
			requiredScopes: 'read, write  admin',
			scopeClaim: 'permissions',
			requiredClaims: {
				claim: [
					{ name: 'role', condition: 'equals', value: 'admin' },
					{ name: 'level', condition: 'equals', value: 3 },
					{ name: 'verified', condition: 'equals', value: true },
					{ name: 'email', condition: 'exists', value: '' },
				],
			},
		};
		expect(readChecks(fields, rules)).toEqual({
			audiences: ['a', 'b'],
			issuers: ['i'],
			subject: 's',
			type: 'at+jwt',
			algorithms: ['RS256'],
			maximumAge: 600,
			clockTolerance: 5,
			scopes: ['read', 'write', 'admin'],
			scopeClaim: 'permissions',
			requiredClaims: [
				{ name: 'role', value: 'admin' },
				{ name: 'level', value: '3' },
				{ name: 'verified', value: 'true' },
				{ name: 'email' },
			],
		});
	});

	it.each(['issuer', 'audience', 'subject', 'typ'] as const)(
		'are not made of a condition that came out false: %s',
		(field) => {
			expect(() => readChecks({ [field]: false }, rules)).toThrow(
				expect.objectContaining({ code: 'CHECK_EMPTY' }),
			);
		},
	);

	it('take the issuer from the key source where there is one', () => {
		const checks = readChecks({ issuer: ['other'] }, { ...rules, issuers: ['https://a.example'] });
		expect(checks.issuers).toEqual(['https://a.example']);
	});

	it.each<[keyof VerificationFields, string]>([
		['audience', 'Audience'],
		['issuer', 'Issuer'],
		['subject', 'Subject'],
		['tenants', 'Allowed Tenants'],
		['typ', 'Type'],
		['algorithms', 'Algorithms'],
		['maximumAge', 'Maximum Age'],
		['requiredScopes', 'Required Scopes'],
		['scopeClaim', 'Scope Claim'],
		['requiredClaims', 'Required Claims'],
	])('are never turned off by an expression that came to nothing: %s, %s', (name, label) => {
		for (const nothing of [undefined, null, '', [], [''], [undefined], [null], {}, [[]]]) {
			const { message } = expectCode('CHECK_EMPTY', () => readChecks({ [name]: nothing }, rules));
			expect(message).toBe(`${label} is empty, so that it cannot be checked.`);
		}
	});

	it.each([
		[{ name: '', condition: 'exists' }, 'The name of a required claim is empty'],
		[
			{ name: 'role', condition: 'equals', value: '' },
			'The value of the required claim role is empty',
		],
		[{ name: 'role', condition: 'equals' }, 'The value of the required claim role is empty'],
		[{ name: 'role', value: null }, 'The value of the required claim role is empty'],
	])('nor by an empty row: %j', (claim, start) => {
		const { message } = expectCode('CHECK_EMPTY', () =>
			readChecks({ requiredClaims: { claim: [claim] } }, rules),
		);
		expect(message.startsWith(start)).toBe(true);
	});

	it('nor by Required Claims without a row', () => {
		expectCode('CHECK_EMPTY', () => readChecks({ requiredClaims: { claim: [] } }, rules));
	});

	it.each<[Record<string, unknown>, JwtAuthErrorCode, string]>([
		[{ name: 1n }, 'JSON_MALFORMED', 'The Name in row 1 of Required Claims has a value'],
		[{ name: 'a', value: 1n }, 'JSON_MALFORMED', 'The Value in row 1 of Required Claims has'],
		[
			{ name: 'a', condition: 'is' },
			'FIELD_INVALID',
			'Condition in row 1 of Required Claims is a text; it has to be one of equals, exists.',
		],
	])('name the field of the row that is not what it has to be: %p', (claim, code, start) => {
		const { message } = expectCode(code, () =>
			readChecks({ requiredClaims: { claim: [claim] } }, rules),
		);
		expect(message.startsWith(start)).toBe(true);
	});

	it('want scopes between the blanks and commas', () => {
		for (const requiredScopes of [' read, write ,', [' read', 'write ', ',']]) {
			expect(readRequiredScopes({ requiredScopes })).toEqual(['read', 'write']);
		}
		for (const requiredScopes of [' ', ' , ', [',', ' ']]) {
			expectCode('CHECK_EMPTY', () => readRequiredScopes({ requiredScopes }));
		}
	});

	it.each([-1, 'x', NaN, {}])('refuse the clock tolerance %j', (clockTolerance) => {
		const { message } = expectCode('DURATION_INVALID', () => readChecks({ clockTolerance }, rules));
		expect(message).toBe('Clock Tolerance (Seconds) is not a number of seconds.');
	});

	it('may leave the clock no tolerance at all', () => {
		expect(readChecks({ clockTolerance: 0 }, rules).clockTolerance).toBe(0);
	});

	it('refuse a Maximum Age that is no duration', () => {
		const { message } = expectCode('DURATION_INVALID', () =>
			readChecks({ maximumAge: 'x' }, rules),
		);
		expect(message).toBe('Maximum Age is not a duration.');
	});

	it('want an audience where the keys sign for others too, unless that is waived', () => {
		const others = { ...rules, signsForOthers: true };
		const { message } = expectCode('AUDIENCE_REQUIRED', () => readChecks({}, others));
		expect(message).toBe('Audience is empty.');
		expect(readChecks({ audience: ['a'] }, others).audiences).toEqual(['a']);
		expect(readChecks({}, { ...others, anyAudience: true }).audiences).toBeUndefined();
	});
});

it('refuses a number that JavaScript has rounded', () => {
	const row = { name: 'uid', condition: 'equals', value: 123456789012345680 };
	const { message, hint } = expectCode('JSON_NUMBER_TOO_LARGE', () =>
		readChecks({ requiredClaims: { claim: [row] } }, rules),
	);
	expect(message).toMatch(/^The value of the required claim uid is a number with more digits/);
	expect(hint).toContain('make it a text where it comes from');
});

describe('tenants and issuers', () => {
	const PATTERN = 'https://login.example/{tid}/v2.0';
	const code = (wanted: string) => expect.objectContaining({ code: wanted }) as Error;

	it('have to be listed for an issuer that stands for several', () => {
		for (const given of [{ issuer: [PATTERN] }, { issuer: ['https://a', PATTERN] }]) {
			expect(() => readChecks(given, rules)).toThrow(code('CHECK_EMPTY'));
			expect(readChecks({ ...given, tenants: ['t1'] }, rules)).toMatchObject({
				issuers: given.issuer,
				tenants: ['t1'],
			});
		}
		expect(() => readChecks({}, { ...rules, issuers: [PATTERN] })).toThrow(code('CHECK_EMPTY'));
	});

	it('are never everybody', () => {
		for (const tenants of [['*'], ['t1', '../t2'], ['{tid}']]) {
			expect(() => readChecks({ issuer: [PATTERN], tenants }, rules)).toThrow(
				code('FIELD_INVALID'),
			);
		}
	});

	it('that are no tenants are refused by the name of the check', () => {
		const { message } = expectCode('FIELD_INVALID', () => readTenants({ tenants: ['*'] }));
		expect(message).toBe('Allowed Tenants has a value that is no ID of a tenant.');
	});

	it('are read without the blanks around them', () => {
		expect(readTenants({ tenants: [' t1 ', 't2\n'] })).toEqual(['t1', 't2']);
		expect(readFurtherIssuers({ furtherIssuers: [' https://b '] })).toEqual(['https://b']);
	});

	it('that are further ones are none where the check was not added, and never empty', () => {
		expect(readFurtherIssuers({})).toEqual([]);
		expect(readFurtherIssuers({ furtherIssuers: ['https://b'] })).toEqual(['https://b']);
		for (const furtherIssuers of [undefined, '', [], ['']]) {
			const { message } = expectCode('CHECK_EMPTY', () => readFurtherIssuers({ furtherIssuers }));
			expect(message).toBe('Further Issuers is empty, so that it cannot be checked.');
		}
	});
});
