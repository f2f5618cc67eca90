/** Content type of HTML forms. */
export const FORM = 'application/x-www-form-urlencoded';

/** A body as a node hands it to one of n8n's helpers, and what n8n 2.41.1 sends for it by itself. */
export interface BodyCase {
	name: string;
	/** POST unless it says otherwise; the URL is added by the test. */
	request: Record<string, unknown>;
	/** Content type and text sent by the new helper (`url`); absent where it fails or has no such option. */
	modern?: readonly [type: string | undefined, body: string];
	/** Content type and text sent by the legacy helper (`uri`). */
	legacy?: readonly [type: string | undefined, body: string];
}

const json = 'application/json';
const nested = { a: 'b c', l: [1, 2], o: { k: 'v' }, n: null };

/** Measured with n8n's own modules against a raw TCP server. */
export const BODY_CASES: readonly BodyCase[] = [
	{
		name: 'object',
		request: { body: { a: 1, b: 'é"\\{}' } },
		modern: [json, '{"a":1,"b":"é\\"\\\\{}"}'],
		legacy: [json, '{"a":1,"b":"é\\"\\\\{}"}'],
	},
	{
		name: 'object, json false',
		request: { body: { a: 1 }, json: false },
		modern: [json, '{"a":1}'],
		legacy: [json, '{"a":1}'],
	},
	{
		name: 'list',
		request: { body: [1, { a: 2 }] },
		modern: [json, '[1,{"a":2}]'],
		legacy: [json, '[1,{"a":2}]'],
	},
	{ name: 'empty object', request: { body: {} }, modern: [undefined, ''], legacy: [json, '{}'] },
	{ name: 'empty list', request: { body: [] }, modern: [undefined, ''], legacy: [json, '[]'] },
	{ name: 'null', request: { body: null }, modern: [undefined, ''], legacy: [json, 'null'] },
	{ name: 'no body', request: {}, modern: [undefined, ''], legacy: [undefined, ''] },
	{ name: 'empty text', request: { body: '' }, modern: [undefined, ''] },
	{ name: 'number', request: { body: 5 }, modern: [undefined, ''], legacy: [json, '5'] },
	{ name: 'false', request: { body: false }, modern: [undefined, ''], legacy: [json, 'false'] },
	{ name: 'text', request: { body: 'hello' }, modern: [FORM, 'hello'], legacy: [json, '"hello"'] },
	{
		name: 'text, json false',
		request: { body: 'hello', json: false },
		modern: [FORM, 'hello'],
		legacy: [FORM, 'hello'],
	},
	{
		name: 'typed text',
		request: { body: ' x\n', headers: { 'content-type': 'text/plain' } },
		modern: ['text/plain', ' x\n'],
		legacy: ['text/plain', ' x\n'],
	},
	{
		name: 'text under an empty type',
		request: { body: 'x', headers: { 'content-type': '' } },
		modern: ['', 'x'],
		legacy: ['', 'x'],
	},
	{
		name: 'object under another type',
		request: { body: { a: 1 }, headers: { 'Content-Type': 'text/plain' } },
		modern: ['text/plain', '{"a":1}'],
		legacy: ['text/plain', '{"a":1}'],
	},
	{
		name: 'typed bytes',
		request: { body: Buffer.from(' {"a":1} '), headers: { 'Content-Type': json } },
		modern: [json, ' {"a":1} '],
		legacy: [json, ' {"a":1} '],
	},
	{
		name: 'URLSearchParams',
		request: { body: new URLSearchParams('a=b c'), headers: { 'Content-Type': FORM } },
		modern: [FORM, 'a=b+c'],
	},
	{
		name: 'object under form type',
		request: { body: nested, headers: { 'Content-Type': FORM } },
		modern: [FORM, 'a=b+c&l%5B%5D=1&l%5B%5D=2&o%5Bk%5D=v'],
		legacy: [FORM, 'a=b%20c&l%5B0%5D=1&l%5B1%5D=2&o%5Bk%5D=v&n='],
	},
	{
		name: 'object under form type with charset',
		request: { body: nested, headers: { 'content-type': `${FORM}; charset=utf-8` } },
		modern: [`${FORM}; charset=utf-8`, 'a=b+c&l%5B%5D=1&l%5B%5D=2&o%5Bk%5D=v'],
		legacy: [`${FORM}; charset=utf-8`, 'a=b+c&l%5B%5D=1&l%5B%5D=2&o%5Bk%5D=v'],
	},
	{
		name: 'text under form type',
		request: { body: 'a=b c&d=é', headers: { 'Content-Type': FORM } },
		modern: [FORM, 'a=b c&d=é'],
		legacy: [FORM, 'a=b c&d=é'],
	},
	{
		name: 'form',
		request: { form: nested },
		legacy: [FORM, 'a=b%20c&l%5B0%5D=1&l%5B1%5D=2&o%5Bk%5D=v&n='],
	},
	{ name: 'form as text', request: { form: 'a=b c' }, legacy: [FORM, 'a=b c'] },
	{
		name: 'form under JSON type',
		request: { form: { a: 1 }, headers: { 'Content-Type': json } },
		legacy: [FORM, 'a=1'],
	},
	{ name: 'empty form', request: { form: {} }, legacy: [FORM, ''] },
	{
		name: 'form and body',
		request: { form: { a: 1 }, body: { b: 2 } },
		legacy: [json, '{"b":2,"a":1}'],
	},
	{
		name: 'body of a GET',
		request: { method: 'GET', body: { a: 1 } },
		modern: [undefined, ''],
		legacy: [json, '{"a":1}'],
	},
	{
		name: 'wrong Content-Length',
		request: { body: { a: 1 }, headers: { 'content-length': 3 } },
		modern: [json, '{"a":1}'],
		legacy: [json, '{"a":1}'],
	},
];

/** Query parameters, and the request target n8n 2.41.1 sends for them; `modern` where the helpers agree. */
export interface QueryCase {
	name: string;
	/** Appended to the origin, or to the base URL where there is one. */
	address: string;
	basePath?: string;
	request: Record<string, unknown>;
	modern: string;
	/** Where the legacy helper differs. */
	legacy?: string;
}

/** Measured like {@link BODY_CASES}. */
export const QUERY_CASES: readonly QueryCase[] = [
	{
		name: 'values',
		address: '/x',
		request: {
			qs: {
				a: [1, 2],
				b: { c: 'x y' },
				d: null,
				e: "it's (ok)!*~",
				u: undefined,
				'k[]': 1,
				t: true,
			},
		},
		modern:
			'/x?a%5B0%5D=1&a%5B1%5D=2&b%5Bc%5D=x%20y&d=&e=it%27s%20%28ok%29%21%2A~&k%5B%5D=1&t=true',
	},
	{
		name: 'repeat',
		address: '/x',
		request: { qs: { a: [1, 2] }, arrayFormat: 'repeat' },
		modern: '/x?a=1&a=2',
		legacy: '/x?a%5B0%5D=1&a%5B1%5D=2',
	},
	{
		name: 'brackets',
		address: '/x',
		request: { qs: { a: [1, [2]] }, arrayFormat: 'brackets' },
		modern: '/x?a%5B%5D=1&a%5B%5D%5B%5D=2',
		legacy: '/x?a%5B0%5D=1&a%5B1%5D%5B0%5D=2',
	},
	{
		name: 'comma',
		address: '/x',
		request: { qs: { a: [1, 2] }, arrayFormat: 'comma' },
		modern: '/x?a=1%2C2',
		legacy: '/x?a%5B0%5D=1&a%5B1%5D=2',
	},
	{
		name: 'query and fragment in the URL',
		address: "/p a/é?x=1&y=%zz'#frag",
		request: { qs: { a: 1 } },
		modern: '/p%20a/%C3%A9?x=1&y=%zz%27&a=1',
	},
	{ name: 'bare question mark', address: '/p?', request: {}, modern: '/p' },
	{ name: 'dots', address: '/a/../b/./c//d;e=1', request: {}, modern: '/b/c//d;e=1' },
	{ name: 'text as query', address: '/x', request: { qs: 'a=b' }, modern: '/x' },
	{ name: 'no path', address: '?a=1', request: { qs: { b: 2 } }, modern: '/?a=1&b=2' },
	{ name: 'empty list', address: '/x', request: { qs: { a: [], b: 1 } }, modern: '/x?b=1' },
	{
		name: 'base URL',
		address: '/items?x=1',
		basePath: '/v1/',
		request: {},
		modern: '/v1/items?x=1',
	},
	{
		name: 'base URL, relative address',
		address: 'items',
		basePath: '/v1',
		request: { qs: { a: 1 } },
		modern: '/v1/items?a=1',
	},
];
