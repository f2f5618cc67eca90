import { tokenScopes } from '../../../core/verify/tokenScopes';

const HASURA = 'https://hasura.io/jwt/claims';

it.each([
	[{ scope: 'a b', scp: ['c'] }, undefined, ['a', 'b', 'c']],
	[{ scope: 'a', permissions: ['x'] }, 'permissions', ['x']],
	[{ realm_access: { roles: ['x', 5] } }, 'realm_access.roles', ['x']],
	[{ [HASURA]: { roles: 'x y' } }, `["${HASURA}"].roles`, ['x', 'y']],
	[{ scope: { a: 1 } }, undefined, []],
])('%j by %j grants %j', (payload, claim, expected) => {
	expect([...tokenScopes(payload, claim)]).toEqual(expected);
});
