import { checkScopes, tokenScopes } from '../../../core/verify/scopes';
import { expectCode } from '../support/expectCode';

const HASURA = 'https://hasura.io/jwt/claims';

it.each([
	[{ scope: 'a b', scp: ['c'] }, undefined, ['a', 'b', 'c']],
	[{ scope: 'a', permissions: ['x'] }, 'permissions', ['x']],
	[{ realm_access: { roles: ['x', 5] } }, 'realm_access.roles', ['x']],
	[{ [HASURA]: { roles: 'x y' } }, `["${HASURA}"].roles`, ['x', 'y']],
	[{ scope: { a: 1 } }, undefined, []],
	[{ scope: ' a  b ' }, undefined, ['a', 'b']],
])('%j by %j grants %j', (payload, claim, expected) => {
	expect([...tokenScopes(payload, claim)]).toEqual(expected);
});

it('a token that lacks one of the scopes that are wanted is refused by its name', () => {
	const payload = { scope: 'read', roles: ['write'] };
	expect(() => checkScopes(payload, [])).not.toThrow();
	expect(() => checkScopes(payload, ['write'], 'roles')).not.toThrow();
	const { message } = expectCode('SCOPE_MISSING', () => checkScopes(payload, ['read', 'write']));
	expect(message).toBe('The token lacks the scope write.');
	const several = () => checkScopes(payload, ['admin', 'read', 'write']);
	expect(expectCode('SCOPE_MISSING', several).message).toBe(
		'The token lacks the scope admin write.',
	);
});
