import { claimsOverview } from '../../../core/verify/claimsOverview';
import { signByHand } from '../support/tokens';

const key = 'a-secret-of-at-least-thirty-two-bytes';
const tokenWith = (claims: object): string => signByHand({ alg: 'HS256' }, claims, key, 'HS256');

describe('claimsOverview', () => {
	it('names claims in their order, with the value of times alone', () => {
		const claims = { sub: 'alice', iat: 1_800_000_000, exp: 1_800_000_060.5, 'urn:x/y': { a: 1 } };
		expect(claimsOverview(tokenWith(claims))?.text).toBe(
			'sub, iat (2027-01-15T08:00:00.000Z), exp (2027-01-15T08:01:00.500Z), urn:x/y',
		);
	});

	it('shows a time in milliseconds as what it is read as, and none that is a text', () => {
		const claims = { nbf: 1_800_000_000_000, exp: 'tomorrow' };
		expect(claimsOverview(tokenWith(claims))?.text).toBe('nbf (+059009-09-24T08:00:00.000Z), exp');
	});

	it('shortens odd names, and names twenty at most', () => {
		const claims = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`c${index}`, 1]));
		const { text = '' } = claimsOverview(tokenWith({ ['<b>\n'.repeat(99)]: 1, ...claims })) ?? {};
		expect(text).toMatch(/^"<b> <b> .*…", c0, .*, c18 and 6 more$/);
		expect(text.length).toBeLessThan(300);
	});

	it('puts a name into quotes that has anything odd in it, and names twenty as they are', () => {
		expect(claimsOverview(tokenWith({ '<b>a': 1, 'a<b>': 1 }))?.text).toBe('"<b>a", "a<b>"');
		const names = Array.from({ length: 20 }, (_, index) => `c${index}`);
		const claims = Object.fromEntries(names.map((name) => [name, 1]));
		expect(claimsOverview(tokenWith(claims))?.text).toBe(names.join(', '));
	});

	it.each([
		['a text', 'x', ['x']],
		['a list', ['x', 1, 'y'], ['x', 'y']],
		['nothing', undefined, []],
	])('has the audiences of %s', (_, aud, audiences) => {
		expect(claimsOverview(tokenWith({ sub: 'a', aud }))?.audiences).toEqual(audiences);
	});

	it.each(['opaque', '', 'a.b.c', 'a.b.c.d.e'])('knows nothing of %j', (token) => {
		expect(claimsOverview(token)).toBeUndefined();
	});
});
