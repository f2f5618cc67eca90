import { challengeBeside } from '../../../core/http/challenge';

const invalid = 'Bearer error="invalid_token"';

describe('challengeBeside', () => {
	it.each([
		['none', '', '{"message":"no"}', ''],
		['one without a description', 'Basic realm="x"', 'no', 'Basic realm="x"'],
		['a reason the body has not', `${invalid}, error_description="expired"`, '{}', undefined],
		['the same reason', `${invalid}, error_description="expired"`, '{"reason":"expired"}', invalid],
		[
			'the same reason with other quotes',
			`${invalid}, error_description="aud is 'x', not 'y'"`,
			'{"reason":"aud is \\"x\\", not \\"y\\""}',
			invalid,
		],
		[
			'a reason with quotes that begins like the body',
			`${invalid}, error_description="The \\"aud\\" claim is wrong"`,
			'The request was refused',
			undefined,
		],
		[
			'the same reason before a scope',
			'Bearer error_description="Forbidden", scope="admin:write"',
			'{"error":"Forbidden"}',
			'Bearer, scope="admin:write"',
		],
		['a reason without a letter', `${invalid}, error_description="..."`, '', undefined],
	])('keeps %s as far as it is new', (_, challenge, body, shown = challenge) => {
		expect(challengeBeside(challenge, body)).toBe(shown);
	});
});
