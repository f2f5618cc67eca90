import { checkClaims, type ClaimChecks } from '../../../core/verify/claimChecks';
import { JwtAuthError } from '../../../core/errors';

const now = 1_767_225_600;

/** Code of what keeps a token with these claims from being accepted. */
function problem(payload: object, checks: ClaimChecks = {}, header: object = {}, at = now) {
	try {
		checkClaims({ header: { ...header }, payload: { ...payload } }, checks, at);
		return undefined;
	} catch (error) {
		if (error instanceof JwtAuthError) return error.code;
		throw error;
	}
}

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
		[{}, {}, undefined],
	])('%j with %j: %s', (payload, checks, code) => {
		expect(problem(payload, checks)).toBe(code);
	});

	it('are told', () => {
		const expired = () => checkClaims({ header: {}, payload: { exp: now - 60 } }, {}, now);
		expect(expired).toThrow(/^The token expired at 2025-12-31T23:59:00\.000Z\.$/);
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

describe('type', () => {
	it.each([
		['at+jwt', 'at+jwt', undefined],
		['application/AT+JWT', 'at+jwt', undefined],
		['JWT', 'at+jwt', 'TYPE_MISMATCH'],
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
		['realm_access', '[object Object]', 'CLAIM_MISMATCH'],
		['nothing', undefined, 'CLAIM_MISSING'],
		['missing', undefined, 'CLAIM_MISSING'],
		['constructor', undefined, 'CLAIM_MISSING'],
		['role.length', '5', 'CLAIM_MISSING'],
	])('%s = %j: %s', (name, value, code) => {
		expect(problem(payload, { requiredClaims: [{ name, value }] })).toBe(code);
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
