import { readClaim, tokenScopes } from '../../../core/verify/readClaim';

describe('a claim', () => {
	const payload = {
		role: 'a',
		'https://example.com/role': 'b',
		realm_access: { roles: ['c'], 'x.y': 'd' },
		'realm_access.roles': 'whole name first',
		empty: null,
		text: 'abc',
	};

	it.each<[string, unknown]>([
		['role', 'a'],
		['https://example.com/role', 'b'],
		['realm_access.roles', 'whole name first'],
		['realm_access.roles.0', 'c'],
		['realm_access.x.y', undefined],
		['realm_access', payload.realm_access],
		['empty', null],
		['empty.x', undefined],
		['text.length', undefined],
		['missing', undefined],
		['missing.x', undefined],
		['', undefined],
		// What every object has is no claim of the token.
		['constructor', undefined],
		['toString.name', undefined],
		['realm_access.toString', undefined],
	])('named %j is %j', (name, value) => {
		expect(readClaim(payload, name)).toEqual(value);
	});

	it('is found by its path where no claim has the whole name', () => {
		expect(readClaim({ a: { b: { c: 0 } } }, 'a.b.c')).toBe(0);
	});
});

describe('the scopes of a token', () => {
	it.each<[Record<string, unknown>, string | undefined, string[]]>([
		[{ scope: 'read write' }, undefined, ['read', 'write']],
		[{ scp: ['a', 'b c'] }, undefined, ['a', 'b c']],
		[{ scope: 'read', scp: 'write read' }, undefined, ['read', 'write']],
		[{ scope: ' a  b ' }, undefined, ['a', 'b']],
		[{ scope: ['a', 7, null, ''] }, undefined, ['a', '']],
		[{ scope: 7 }, undefined, []],
		[{}, undefined, []],
		[{ scope: 'no', roles: 'yes' }, 'roles', ['yes']],
		[{ scope: 'no', a: { roles: ['deep'] } }, 'a.roles', ['deep']],
		[{ scope: 'no' }, 'roles', []],
	])('%j by the claim %s are %j', (payload, claim, scopes) => {
		expect([...tokenScopes(payload, claim)]).toEqual(scopes);
	});
});
