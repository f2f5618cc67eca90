import { challengeReason, readChallenge, saysToo } from '../../../core/request/challenge';

describe('readChallenge', () => {
	it.each([
		['none', '', '', ''],
		['one without a description', 'Basic realm="x"', '', 'Basic realm="x"'],
		[
			'a description',
			'Bearer error="invalid_token", error_description="The token expired"',
			'The token expired',
			'Bearer error="invalid_token"',
		],
		[
			'a description with quotes in it',
			'Bearer error="invalid_token", error_description="The \\"aud\\" is wrong"',
			'The "aud" is wrong',
			'Bearer error="invalid_token"',
		],
		[
			'a description before a scope',
			'Bearer error_description="Forbidden", scope="admin:write"',
			'Forbidden',
			'Bearer, scope="admin:write"',
		],
		[
			'a description after a comma without a blank',
			'Bearer realm="x",error_description=" Forbidden "',
			'Forbidden',
			'Bearer realm="x"',
		],
		['one with blanks around it', ' Bearer realm="x" ', '', 'Bearer realm="x"'],
	])('takes the description out of %s', (_, header, description, rest) => {
		expect(readChallenge(header)).toMatchObject({ description, rest });
	});

	it.each([
		['Bearer realm="x", audience="https://api.test"', 'https://api.test'],
		['Bearer realm="x", Audience = orders', 'orders'],
		['Bearer aud="a \\"b\\""', 'a "b"'],
		[
			'Bearer authorization_uri="https://login.test/t", resource_id="https://graph.test"',
			'https://graph.test',
		],
		[
			'Bearer authorization="https://login.test/t", resource="https://vault.test"',
			'https://vault.test',
		],
		['Bearer resource_metadata="https://api.test/.well-known/x"', ''],
		['Bearer error_description="audience=\'x\'"', ''],
		['Bearer realm="audience=x"', ''],
		['Bearer audience="cut off', 'cut off'],
		['Bearer audience=', ''],
		['Bearer audience', ''],
		['', ''],
	])('finds the audience that %s wants', (header, audience) => {
		expect(readChallenge(header).audience).toBe(audience);
	});
});

it.each([
	[true, '{"reason":"aud is \\"x\\", not \\"y\\""}', "aud is 'x', not 'y'"],
	[true, 'The token expired at noon', 'The token expired'],
	[true, 'anything', '...'],
	[false, 'The request was refused', 'The "aud" claim is wrong'],
	[false, '', 'expired'],
])('says too: %s for %s and %s', (expected, text, other) => {
	expect(saysToo(text, other)).toBe(expected);
});

describe('the reason in a challenge (RFC 6750)', () => {
	it.each([
		['Bearer realm="x", error="invalid_token", error_description="No."', 'invalid_token: No.'],
		[
			'Bearer error="invalid_token", error_description="The \\"iat\\" is in the future"',
			'invalid_token: The "iat" is in the future',
		],
		['Bearer Error=invalid_token, Error_Description = expired', 'invalid_token: expired'],
		['Basic realm="a", Bearer error="invalid_token"', 'invalid_token'],
		['Bearer realm="error=\\"no\\""', ''],
		['Bearer realm="x"', ''],
		['Bearer error="cut off', 'cut off'],
		['', ''],
	])('of %s is %j', (header, expected) => {
		expect(challengeReason(header)).toBe(expected);
	});
});
