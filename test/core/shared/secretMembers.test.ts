import {
	distinctSecrets,
	keyValues,
	leavesOf,
	memberValues,
	privateMembers,
	namedSecrets,
	querySecrets,
} from '../../../core/shared/secretMembers';

describe('the leaves of a value', () => {
	it('are its texts and numbers with the names on the way, positions in lists left out', () => {
		const found = leavesOf({ a: [{ b: 'x' }, 7, ['y']], c: 12n, d: true, e: null, f: undefined });
		expect(found).toHaveLength(4);
		expect(found).toEqual(
			expect.arrayContaining([
				{ value: 'x', names: ['a', 'b'] },
				{ value: '7', names: ['a'] },
				{ value: 'y', names: ['a'] },
				{ value: '12', names: ['c'] },
			]),
		);
		expect(leavesOf('alone')).toEqual([{ value: 'alone', names: [] }]);
		expect(leavesOf(undefined)).toEqual([]);
	});

	it('keep the last sixteen names', () => {
		const nested = (depth: number): unknown =>
			depth === 0 ? 'x' : { [`n${depth}`]: nested(depth - 1) };
		const names = (depth: number) => leavesOf(nested(depth))[0]?.names;
		expect(names(16)).toHaveLength(16);
		expect(names(20)).toEqual(Array.from({ length: 16 }, (_, index) => `n${16 - index}`));
	});
});

describe('the secret values of headers and parameters', () => {
	it.each([
		[{ 'X-Own': '123456' }, ['123456', '123456']],
		[{ 'X-Own': '12345' }, []],
		[{ 'X-Own': 123_456 }, ['123456', '123456']],
		[{ password: 'x' }, ['x']],
		[{ pin: 1234 }, ['1234']],
		[{ spinner: 'x' }, []],
		[{ scope: 'read everything' }, []],
		[{ Accept: 'application/json' }, []],
		[{ 'accept-language': 'de-DE,de' }, []],
		[{ audience: 'https://api' }, []],
		[{ client_id: 'client-1' }, []],
		[{ resource: 'https://api' }, []],
		[{ 'User-Agent': 'something' }, []],
		[{ token_type: 'bearer-token' }, []],
		[{ 'token-type': 'bearer-token' }, []],
		[{ tokentype: 'x' }, ['x']],
		[{ token_type_2: 'x' }, ['x']],
		// A name that is public counts at the top alone: what stands deeper has no meaning of its own.
		[{ deep: { scope: 'read everything' } }, ['read everything', 'everything']],
		[{ scope: { inner: 'everything' } }, ['everything', 'everything']],
		[{ auth: { scope: 'x' } }, ['x']],
		// No expressions as they stand in a form, although they look a little like one.
		[{ h: '{"a":{"b":1}}' }, ['{"a":{"b":1}}', '{"a":{"b":1}}']],
		[{ h: 'abc-{{ $json.a }}' }, ['abc-{{ $json.a }}', 'abc-{{', '$json.a']],
		[{ h: '{{ $json.a' }, ['{{ $json.a', '$json.a']],
		['{"X-Own":"123456"}', ['123456', '123456']],
		['not JSON', ['not JSON']],
		['"text"', ['"text"']],
		[undefined, []],
		[null, []],
		[7, []],
		[[], []],
	])('of %j are %j', (given, expected) => {
		expect(memberValues(given)).toEqual(expected);
	});

	it.each([
		'client_assertion',
		'Authorization',
		'Cookie',
		'credentials',
		'apiKey',
		'otp',
		'passphrase',
		'PASSWORD',
		'passwd',
		'my_pin',
		'privateData',
		'pwd',
		'secret',
		'sessionId',
		'signature',
		'accessToken',
	])('have the name %s, however short they are', (name) => {
		expect(memberValues({ [name]: 'x' })).toEqual(['x']);
		expect(namedSecrets({ [name]: 'x' })).toEqual(['x']);
	});

	it('are also the words of a value, those of 6 characters and more', () => {
		expect(memberValues({ h: 'Token abcdef abcde' })).toEqual(['Token abcdef abcde', 'abcdef']);
	});

	it.each([
		['Basic', 'Basic bWU6cGFzczp3b3Jk'],
		['blanks around it', '  basic \t bWU6cGFzczp3b3Jk '],
	])('are user and password of a Basic header: %s', (_how, value) => {
		expect(memberValues({ h: value })).toEqual([
			value,
			'bWU6cGFzczp3b3Jk',
			'me:pass:word',
			'pass:word',
		]);
	});

	it('are no user and password where something else stands before', () => {
		expect(memberValues({ h: 'no basic bWU6cGFzcw==' })).toEqual([
			'no basic bWU6cGFzcw==',
			'bWU6cGFzcw==',
		]);
	});

	it('are no user and password where something else follows', () => {
		expect(memberValues({ h: 'Basic abcdef ghijkl' })).toEqual([
			'Basic abcdef ghijkl',
			'abcdef',
			'ghijkl',
		]);
	});
});

describe('the secrets by name', () => {
	it('are found at every depth, those below a name too, and nothing else', () => {
		const given = { secret: { a: 'x' }, sub: 'a long public text', list: [{ token: 'y' }] };
		expect(namedSecrets(given).sort()).toEqual(['x', 'y']);
		expect(namedSecrets(JSON.stringify(given)).sort()).toEqual(['x', 'y']);
		expect(namedSecrets('secret')).toEqual([]);
		expect(namedSecrets(undefined)).toEqual([]);
	});
});

describe('the values of a key', () => {
	it('are the whole of a text, and the private members of a JWK', () => {
		expect(keyValues('a secret')).toEqual(['a secret']);
		expect(keyValues(undefined)).toEqual([]);
		const members = ['d', 'dp', 'dq', 'k', 'p', 'priv', 'q', 'qi', 'r', 't'];
		for (const member of members) expect(keyValues({ kty: 'x', [member]: 'v' })).toEqual(['v']);
		expect(keyValues({ kty: 'RSA', n: 'short', e: 'AQAB', x: 'short' })).toEqual([]);
		expect(keyValues('{"kty":"oct","k":"v"}')).toEqual(['v']);
	});

	it('are those that are long, unless they are an address', () => {
		const long = 'x'.repeat(32);
		expect(keyValues({ other: long })).toEqual([long]);
		expect(keyValues({ other: long.slice(1) })).toEqual([]);
		expect(keyValues({ other: `https://${long}` })).toEqual([]);
		expect(keyValues({ other: `me@${long}` })).toEqual([]);
		expect(keyValues({ private_key: 'short' })).toEqual(['short']);
		expect(keyValues({ deep: { auth_uri: 'https://x' } })).toEqual(['https://x']);
	});
});

describe('the private members of a JWK', () => {
	it('are those of RFC 7518 alone, in a set as well', () => {
		const jwk = { kty: 'RSA', n: 'public-n', e: 'AQAB', d: 'private-d', p: 'private-p', kid: 'a' };
		expect(privateMembers(jwk).sort()).toEqual(['private-d', 'private-p']);
		const set = { keys: [jwk, { kty: 'oct', k: 'private-k' }] };
		expect(privateMembers(set).sort()).toEqual(['private-d', 'private-k', 'private-p']);
		expect(privateMembers(undefined)).toEqual([]);
	});
});

describe('the secrets in the query of an address', () => {
	it.each([
		['https://x.test/?api_key=abc&page=2', ['abc']],
		['https://x.test/?key=a%20b#token=x', ['a b']],
		['https://x.test/?a=1?key=abc', []],
		['https://x.test/?key=abc?d', ['abc?d']],
		['https://x.test/key=abc', []],
		['', []],
		[undefined, []],
		[null, []],
	])('%j are %j', (address, expected) => {
		expect(querySecrets(address)).toEqual(expected);
	});
});

describe('a list of secrets', () => {
	it('holds each once, and no blank one', () => {
		expect(distinctSecrets(['a', '', 'b', ' \n', 'a', ' a'])).toEqual(['a', 'b', ' a']);
	});
});

it('each secret is listed once; blank ones and expressions as they stand in a form are none', () => {
	expect(distinctSecrets(['a secret', '', ' \n', 'a secret', '{{ $json.key }}'])).toEqual([
		'a secret',
	]);
});

it('the words of an expression as it stands in a form are no secrets either', () => {
	expect(memberValues({ 'x-user': ' {{ $json.userName }} ' })).toEqual([]);
});
