import fc from 'fast-check';
import {
	assertTenantsListed,
	hasTenantPlaceholder,
	isAcceptedIssuer,
	issuerOfTenant,
	tenantIds,
} from '../../../core/verify/acceptedIssuers';

const ENTRA = 'https://login.microsoftonline.com/{tid}/v2.0';
const A = '11111111-1111-4111-8111-11111111aaaa';
const B = '22222222-2222-4222-8222-22222222bbbb';
const of = (tenant: string) => `https://login.microsoftonline.com/${tenant}/v2.0`;

describe('an issuer with {tid}', () => {
	it('stands for the tenant that the token names, if it is on the list', () => {
		expect(isAcceptedIssuer({ iss: of(A), tid: A }, ENTRA, [A, B])).toBe(true);
		expect(isAcceptedIssuer({ iss: of(B), tid: B }, ENTRA, [A, B])).toBe(true);
	});

	it.each<[string, Record<string, unknown>, string[] | undefined]>([
		['a tenant that is not on the list', { iss: of(B), tid: B }, [A]],
		[
			'the issuer of one tenant with the tid of another, both listed',
			{ iss: of(A), tid: B },
			[A, B],
		],
		['the issuer of a foreign tenant with the tid of a listed one', { iss: of(B), tid: A }, [A]],
		['no list', { iss: of(A), tid: A }, undefined],
		['an empty list', { iss: of(A), tid: A }, []],
		['no tid', { iss: of(A) }, [A]],
		['no tid, with an issuer that is called so', { iss: of('undefined') }, [A]],
		['a tid that is a list', { iss: of(A), tid: [A] }, [A]],
		['a tid that is the placeholder itself', { iss: ENTRA, tid: '{tid}' }, [A]],
		['no iss', { tid: A }, [A]],
		['another case of letters', { iss: of(A).toUpperCase(), tid: A }, [A]],
	])('does not stand for %s', (_what, claims, tenants) => {
		expect(isAcceptedIssuer(claims, ENTRA, tenants)).toBe(false);
	});

	it('may be written as Entra ID writes it', () => {
		const written = ENTRA.replace('{tid}', '{tenantid}');
		expect(hasTenantPlaceholder(written)).toBe(true);
		expect(isAcceptedIssuer({ iss: of(A), tid: A }, written, [A])).toBe(true);
	});

	it('never accepts what no listed tenant makes', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (iss, tid) => {
				expect(isAcceptedIssuer({ iss, tid }, ENTRA, [A])).toBe(false);
			}),
		);
	});

	it('takes a tenant letter by letter, whatever it is made of', () => {
		expect(issuerOfTenant('https://{tid}.example/{tid}', '$&-$1')).toBe(
			'https://$&-$1.example/$&-$1',
		);
	});
});

it('an issuer without it is compared letter by letter', () => {
	expect(isAcceptedIssuer({ iss: 'https://a/' }, 'https://a/')).toBe(true);
	expect(isAcceptedIssuer({ iss: 'https://a' }, 'https://a/')).toBe(false);
	expect(isAcceptedIssuer({}, 'https://a/')).toBe(false);
});

it('somebody has to say which tenants', () => {
	const check = (issuers: string[], tenants?: string[]) => () =>
		assertTenantsListed({ issuers, tenants });
	const empty = expect.objectContaining({
		code: 'CHECK_EMPTY',
		message: 'Issuer has {tid} in it, but no tenant is listed under Checks > Allowed Tenants.',
		hint: expect.stringContaining('list the ID of every tenant') as string,
	}) as Error;
	expect(check([ENTRA])).toThrow(empty);
	expect(check(['https://a', ENTRA], [])).toThrow(empty);
	expect(check([ENTRA], [A])).not.toThrow();
	expect(check(['https://a'])).not.toThrow();
});

describe('the ID of a tenant', () => {
	it('is a GUID in lower case, or a name as it is', () => {
		expect(tenantIds([A.toUpperCase(), 'Acme-1.b'], 'x')).toEqual([A, 'Acme-1.b']);
	});

	it.each(['', ' ', '*', '../x', 'a/b', 'a..b', '..', 'a b', 'a?b', 'a#b', '{tid}', 'ä', 'a\n'])(
		'is not %j',
		(value) => {
			expect(() => tenantIds([A, value], 'Allowed Tenants')).toThrow(
				expect.objectContaining({
					code: 'FIELD_INVALID',
					message: 'Allowed Tenants has a value that is no ID of a tenant.',
					hint: expect.stringContaining('Enter the ID that the tokens carry as "tid"') as string,
				}) as Error,
			);
		},
	);
});
