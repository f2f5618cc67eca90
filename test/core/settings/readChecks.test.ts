import fc from 'fast-check';
import {
	readChecks,
	readFurtherIssuers,
	type VerificationFields,
} from '../../../core/settings/readChecks';

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

	const names: Array<keyof VerificationFields> = [
		'audience',
		'issuer',
		'subject',
		'tenants',
		'typ',
		'algorithms',
		'maximumAge',
		'requiredScopes',
		'scopeClaim',
		'requiredClaims',
	];
	it('are never turned off by an expression that came to nothing', () => {
		const nothing = fc.constantFrom<unknown[]>(
			undefined,
			null,
			'',
			[],
			[''],
			[undefined],
			[null],
			{},
			[[]],
		);
		fc.assert(
			fc.property(fc.constantFrom(...names), nothing, (name, value) => {
				expect(() => readChecks({ [name]: value }, rules)).toThrow(
					expect.objectContaining({ code: 'CHECK_EMPTY' }),
				);
			}),
		);
	});

	it.each([
		[{ name: '', condition: 'exists' }],
		[{ name: 'role', condition: 'equals', value: '' }],
		[{ name: 'role', condition: 'equals' }],
		[{ name: 'role', value: null }],
	])('nor by an empty row: %j', (claim) => {
		expect(() => readChecks({ requiredClaims: { claim: [claim] } }, rules)).toThrow(
			expect.objectContaining({ code: 'CHECK_EMPTY' }),
		);
	});

	it.each([-1, 'x', NaN, {}])('refuse the clock tolerance %j', (clockTolerance) => {
		expect(() => readChecks({ clockTolerance }, rules)).toThrow(
			expect.objectContaining({ code: 'DURATION_INVALID' }),
		);
	});

	it('want an audience where the keys sign for others too, unless that is waived', () => {
		const others = { ...rules, signsForOthers: true };
		expect(() => readChecks({}, others)).toThrow(
			expect.objectContaining({ code: 'AUDIENCE_REQUIRED' }),
		);
		expect(readChecks({ audience: ['a'] }, others).audiences).toEqual(['a']);
		expect(readChecks({}, { ...others, anyAudience: true }).audiences).toBeUndefined();
	});
});

it('refuses a number that JavaScript has rounded', () => {
	const row = { name: 'uid', condition: 'equals', value: 123456789012345680 };
	expect(() => readChecks({ requiredClaims: { claim: [row] } }, rules)).toThrow(
		expect.objectContaining({ code: 'JSON_NUMBER_TOO_LARGE' }),
	);
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

	it('that are further ones are none where the check was not added, and never empty', () => {
		expect(readFurtherIssuers({})).toEqual([]);
		expect(readFurtherIssuers({ furtherIssuers: ['https://b'] })).toEqual(['https://b']);
		for (const furtherIssuers of [undefined, '', [], ['']]) {
			expect(() => readFurtherIssuers({ furtherIssuers })).toThrow(code('CHECK_EMPTY'));
		}
	});
});
