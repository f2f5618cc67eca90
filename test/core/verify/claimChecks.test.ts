import { createHash } from 'node:crypto';
import { checkClaims, type ClaimChecks } from '../../../core/verify/claimChecks';
import { JwtAuthError } from '../../../core/errors';
import { part } from '../support/tokens';

const now = 1_767_225_600;

/** What keeps a token with these claims from being accepted. */
function refusal(payload: object, checks: ClaimChecks = {}, header: object = {}) {
	try {
		const exact = { clockTolerance: 0, ...checks };
		checkClaims({ header: { ...header }, payload: { ...payload } }, exact, now);
		return undefined;
	} catch (error) {
		if (error instanceof JwtAuthError) return error;
		throw error;
	}
}

/** The code of it. */
const problem = (payload: object, checks?: ClaimChecks, header?: object) =>
	refusal(payload, checks, header)?.code;

describe('times', () => {
	it.each([
		[{ exp: now + 1 }, {}, undefined],
		[{ exp: now }, {}, 'TOKEN_EXPIRED'],
		[{ exp: now }, { clockTolerance: 1 }, undefined],
		[{ exp: now - 1 }, { clockTolerance: 1 }, 'TOKEN_EXPIRED'],
		[{ nbf: now }, {}, undefined],
		[{ nbf: now + 1 }, {}, 'TOKEN_NOT_YET_VALID'],
		[{ nbf: now + 1 }, { clockTolerance: 1 }, undefined],
		[{ iat: now }, {}, undefined],
		[{ iat: now + 1 }, {}, 'ISSUED_IN_FUTURE'],
		[{ iat: now + 1 }, { clockTolerance: 1 }, undefined],
		[{ iat: now - 60 }, { maximumAge: 60 }, undefined],
		[{ iat: now - 61 }, { maximumAge: 60 }, 'TOKEN_TOO_OLD'],
		[{ iat: now - 61 }, { maximumAge: 60, clockTolerance: 1 }, undefined],
		[{}, { maximumAge: 60 }, 'CLAIM_MISSING'],
		[{ exp: '1767225660' }, {}, 'CLAIM_INVALID'],
		[{ nbf: null }, {}, 'CLAIM_INVALID'],
		[{ iat: now * 1000 }, {}, 'CLAIM_INVALID'],
		[{ exp: 1e11 }, {}, undefined],
		[{ exp: 1e11 + 1 }, {}, 'CLAIM_INVALID'],
		[{}, {}, undefined],
	])('%j with %j: %s', (payload, checks, code) => {
		expect(problem(payload, checks)).toBe(code);
	});

	it('are forgiven five seconds unless somebody says otherwise', () => {
		const check = (payload: object) => () =>
			checkClaims({ header: {}, payload: { ...payload } }, {}, now);
		for (const good of [{ iat: now + 5 }, { nbf: now + 5 }, { exp: now - 4 }]) {
			expect(check(good)).not.toThrow();
		}
		for (const bad of [{ iat: now + 6 }, { nbf: now + 6 }, { exp: now - 5 }]) {
			expect(check(bad)).toThrow(/^The token/);
		}
	});

	it.each<[object, ClaimChecks, string]>([
		[{ exp: now - 60 }, {}, 'The token expired at 2025-12-31T23:59:00.000Z.'],
		[{ nbf: now + 60 }, {}, 'The token is not valid before 2026-01-01T00:01:00.000Z.'],
		[
			{ iat: now + 60 },
			{},
			'The token says it was issued at 2026-01-01T00:01:00.000Z, which is yet to come.',
		],
		[
			{ iat: now - 60 },
			{ maximumAge: 30 },
			'The token was issued at 2025-12-31T23:59:00.000Z, more than 30 seconds ago.',
		],
		[{}, { maximumAge: 30 }, 'The token has no iat, so that its age is not known.'],
		[{ exp: '1767225660' }, {}, 'The claim exp is not a number of seconds since 1970.'],
	])('are told: %j with %j', (payload, checks, message) => {
		expect(refusal(payload, checks)?.message).toBe(message);
	});

	it('are a matter of the issuer, who makes new tokens', () => {
		expect(refusal({ exp: now - 60 })?.hint).toBe('Get a new token from its issuer.');
		expect(refusal({ exp: 'later' })?.hint).toContain('Ask the issuer for tokens with times');
	});
});

describe('parties', () => {
	it.each([
		[{ iss: 'a' }, { issuers: ['b', 'a'] }, undefined],
		[{ iss: 'a/' }, { issuers: ['a'] }, 'ISSUER_MISMATCH'],
		[{ iss: ['a'] }, { issuers: ['a'] }, 'ISSUER_MISMATCH'],
		[{}, { issuers: ['a'] }, 'ISSUER_MISMATCH'],
		[{ aud: 'a' }, { audiences: ['b', 'a'] }, undefined],
		[{ aud: ['x', 'a'] }, { audiences: ['a'] }, undefined],
		[{ aud: ['x'] }, { audiences: ['a'] }, 'AUDIENCE_MISMATCH'],
		[{ aud: 'abc' }, { audiences: ['a'] }, 'AUDIENCE_MISMATCH'],
		[{ aud: [['a']] }, { audiences: ['a'] }, 'AUDIENCE_MISMATCH'],
		[{}, { audiences: ['a'] }, 'AUDIENCE_MISMATCH'],
		[{ sub: 'a' }, { subject: 'a' }, undefined],
		[{ sub: 'A' }, { subject: 'a' }, 'SUBJECT_MISMATCH'],
		[{}, { subject: 'a' }, 'SUBJECT_MISMATCH'],
	])('%j with %j: %s', (payload, checks, code) => {
		expect(problem(payload, checks)).toBe(code);
	});
});

describe('what a message says of the parties', () => {
	const message = (payload: object, checks: ClaimChecks, header?: object) =>
		refusal(payload, checks, header)?.message ?? 'VALID';

	it('names what was found and what was wanted', () => {
		expect(message({ aud: ['a', 'b'] }, { audiences: ['c'] })).toBe(
			'The token is for "a", "b", wanted is "c".',
		);
		expect(message({}, { type: 'at+jwt' }, { typ: 'JWT' })).toBe(
			'The token is of the type "JWT", wanted is "at+jwt".',
		);
		expect(message({}, { type: 'at+jwt' })).toBe('The token has no type, wanted is "at+jwt".');
		expect(message({}, { issuers: ['a'] })).toBe('The token does not say who issued it.');
		expect(message({ sub: 'b' }, { subject: 'a' })).toBe('The token is about another subject.');
	});

	it.each([
		['https://a/', ['https://a'], '"https://a"; the slash at the end counts.'],
		['https://a', ['https://a/'], '"https://a/"; the slash at the end counts.'],
		['https://b', ['https://a'], '"https://a".'],
		['https://a/', ['https://a', 'https://b'], '"https://a", "https://b".'],
	])('tells of an issuer that differs by a slash alone: %s for %j', (iss, issuers, wanted) => {
		expect(message({ iss }, { issuers })).toBe(
			`The token comes from "${iss}", wanted is ${wanted}`,
		);
	});

	it('says of a tenant where to look', () => {
		const error = refusal({ tid: 'c' }, { tenants: ['a'] });
		expect(error?.message).toBe('The token comes from a tenant that is not allowed.');
		expect(error?.hint).toContain('Check Allowed Tenants');
	});

	it('is short and printable whatever stands in the token', () => {
		const aud = [
			'x'.repeat(100_000),
			'a\u0000\nb\u202e',
			...Array.from({ length: 500 }, () => 'y'),
		];
		const said = message({ aud }, { audiences: ['c'] });
		expect(said.length).toBeLessThan(400);
		expect(said).toContain('"a b "');
		expect(said).toContain('and 499 more');
		expect(message({ iss: 5 }, { issuers: ['5'] })).toBe('The token has an iss that is no text.');
		expect(message({ aud: [{}] }, { audiences: ['c'] })).toMatch(/does not say whom it is for/);
	});

	it('holds no token that somebody put there', () => {
		const token = `${part({ alg: 'none', typ: 'JWT' })}.${part({ sub: 'canary' })}.c2lnbmF0dXJl`;
		expect(message({ iss: token }, { issuers: ['x'] })).not.toContain(token);
	});
});

describe('type', () => {
	it.each([
		['at+jwt', 'at+jwt', undefined],
		['application/AT+JWT', 'at+jwt', undefined],
		['JWT', 'at+jwt', 'TYPE_MISMATCH'],
		['x-application/jwt', 'x-jwt', 'TYPE_MISMATCH'],
		[undefined, 'at+jwt', 'TYPE_MISMATCH'],
		[['at+jwt'], 'at+jwt', 'TYPE_MISMATCH'],
		['anything', undefined, undefined],
	])('%j where %j is wanted: %s', (typ, type, code) => {
		expect(problem({}, { type }, { typ })).toBe(code);
	});
});

describe('required claims', () => {
	const payload = {
		role: 'admin',
		level: 3,
		verified: true,
		nothing: null,
		groups: ['a', 'b'],
		'https://example.com/role': 'x',
		realm_access: { roles: ['editor'] },
		'https://hasura.io/jwt/claims': { 'x-hasura-default-role': 'user' },
		resource_access: { 'my.client': { roles: ['reader'] } },
		uid: '123456789012345677',
	};
	it.each([
		['role', 'admin', undefined],
		['role', undefined, undefined],
		['role', '', 'CLAIM_MISMATCH'],
		['role', 'adm', 'CLAIM_MISMATCH'],
		['level', '3', undefined],
		['verified', 'true', undefined],
		['verified', 'false', 'CLAIM_MISMATCH'],
		['groups', 'b', undefined],
		['groups', 'c', 'CLAIM_MISMATCH'],
		['groups', 'a,b', 'CLAIM_MISMATCH'],
		['https://example.com/role', 'x', undefined],
		['realm_access.roles', 'editor', undefined],
		['["https://hasura.io/jwt/claims"].x-hasura-default-role', 'user', undefined],
		['["https://hasura.io/jwt/claims"]["x-hasura-default-role"]', 'admin', 'CLAIM_MISMATCH'],
		['resource_access["my.client"].roles', 'reader', undefined],
		['resource_access.["my.client"].roles', 'reader', undefined],
		['groups[1]', 'b', undefined],
		['uid', '123456789012345677', undefined],
		['uid', '123456789012345680', 'CLAIM_MISMATCH'],
		['realm_access', '[object Object]', 'CLAIM_MISMATCH'],
		['nothing', undefined, 'CLAIM_MISSING'],
		['missing', undefined, 'CLAIM_MISSING'],
		['constructor', undefined, 'CLAIM_MISSING'],
		['role.length', '5', 'CLAIM_MISSING'],
	])('%s = %j: %s', (name, value, code) => {
		expect(problem(payload, { requiredClaims: [{ name, value }] })).toBe(code);
	});

	it('tell how to write a name that holds dots', () => {
		const name = 'https://hasura.io/jwt/claims.x-hasura-default-role';
		expect(refusal(payload, { requiredClaims: [{ name }] })?.message).toBe(
			`The token has no claim ${name}; put a name that holds dots into brackets: ["a.b"].c.`,
		);
	});

	it.each(['missing', 'role.missing', 'realm_access.missing', 'https://example.com/rolex.a'])(
		'are said to be missing, and no more, where that is all: %s',
		(name) => {
			expect(refusal(payload, { requiredClaims: [{ name }] })?.message).toBe(
				`The token has no claim ${name}.`,
			);
		},
	);

	it('are named where they have another value, and neither value is', () => {
		const requiredClaims = [{ name: 'role', value: 'owner' }];
		expect(refusal(payload, { requiredClaims })?.message).toBe(
			'The claim role does not have the required value.',
		);
	});

	it('all have to hold', () => {
		const both = [
			{ name: 'groups', value: 'a' },
			{ name: 'groups', value: 'c' },
		];
		expect(problem(payload, { requiredClaims: both })).toBe('CLAIM_MISMATCH');
	});
});

describe('scopes', () => {
	it.each([
		[{ scope: 'read write' }, ['write'], undefined, undefined],
		[{ scp: 'read write' }, ['read', 'write'], undefined, undefined],
		[{ scp: ['read'] }, ['read'], undefined, undefined],
		[{ scope: 'read', scp: ['write'] }, ['read', 'write'], undefined, undefined],
		[{ scope: 'readwrite' }, ['read'], undefined, 'SCOPE_MISSING'],
		[{ scope: 'read' }, ['read', 'write'], undefined, 'SCOPE_MISSING'],
		[{}, ['read'], undefined, 'SCOPE_MISSING'],
		[{ permissions: ['read'] }, ['read'], 'permissions', undefined],
		[{ scope: 'read' }, ['read'], 'permissions', 'SCOPE_MISSING'],
	])('%j with %j in %s: %s', (payload, scopes, scopeClaim, code) => {
		expect(problem(payload, { scopes, scopeClaim })).toBe(code);
	});
});

it('the hash of a body has to hold where it is asked for', () => {
	const body = Buffer.from('{}');
	const form = { claim: 'hash', hashFunction: 'sha256', encoding: 'hex' } as const;
	const hash = createHash('sha256').update(body).digest('hex');
	expect(problem({ hash }, { bodyHash: { ...form, body } })).toBeUndefined();
	const other = { ...form, body: Buffer.from('[]') };
	expect(problem({ hash }, { bodyHash: other })).toBe('BODY_HASH_MISMATCH');
	expect(problem({}, { bodyHash: other })).toBe('CLAIM_MISSING');
	expect(problem({})).toBeUndefined();
});

describe('tenants', () => {
	const tenants = ['t1', 't2'];
	it.each<[object, ClaimChecks, string | undefined]>([
		[{ tid: 't1' }, { tenants }, undefined],
		[{ tid: 't3' }, { tenants }, 'CLAIM_MISMATCH'],
		[{}, { tenants }, 'CLAIM_MISMATCH'],
		[{ tid: ['t1'] }, { tenants }, 'CLAIM_MISMATCH'],
		[
			{ iss: 'https://i/t2/v2', tid: 't2' },
			{ tenants, issuers: ['https://i/{tid}/v2'] },
			undefined,
		],
		[
			{ iss: 'https://i/t2/v2', tid: 't1' },
			{ tenants, issuers: ['https://i/{tid}/v2'] },
			'ISSUER_MISMATCH',
		],
		[
			{ iss: 'https://i/t3/v2', tid: 't3' },
			{ tenants, issuers: ['https://i/{tid}/v2'] },
			'ISSUER_MISMATCH',
		],
		[
			{ iss: 'https://i/{tid}/v2', tid: '{tid}' },
			{ tenants, issuers: ['https://i/{tid}/v2'] },
			'ISSUER_MISMATCH',
		],
		[{ iss: 'https://one', tid: 't3' }, { tenants, issuers: ['https://one'] }, 'CLAIM_MISMATCH'],
	])('%j with %j: %s', (payload, checks, code) => {
		expect(problem(payload, checks)).toBe(code);
	});
});
