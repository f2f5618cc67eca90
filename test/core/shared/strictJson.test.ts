import { MAXIMUM_JSON_DEPTH, scanJson } from '../../../core/shared/strictJson';
import { expectCode } from '../support/expectCode';

const scan = (text: string, refuseRounding = true) =>
	scanJson(text, { field: 'payload', refuseRounding });

// What the scanner shares with JSON.parse, duplicates and places are held in json.test.ts.
describe('strict JSON', () => {
	it.each([
		'null',
		'true',
		'false',
		'0',
		'-0',
		'0.5',
		'1e5',
		'1E-5',
		'1.5e+5',
		'""',
		'"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9"',
		'"\u2028\u{10ffff}\x7f"',
		' \t\r\n[ 1 , { "a" : [ ] } ] \t\r\n',
		'{}',
		'[]',
		'{"":{"":1}}',
	])('accepts %j', (text) => {
		expect(() => scan(text)).not.toThrow();
	});

	it.each([
		['', 'it ends too early, at line 1, column 1'],
		['[1,]', 'see line 1, column 4'],
		['[1 2]', 'see line 1, column 4'],
		['[1', 'it ends too early, at line 1, column 3'],
		['{"a":1', 'it ends too early, at line 1, column 7'],
		['{"a"', 'it ends too early, at line 1, column 5'],
		['{a:1}', 'see line 1, column 2'],
		['"a', 'it ends too early, at line 1, column 3'],
		['"\\u12g4"', 'see line 1, column 2'],
		['"\x1f"', 'see line 1, column 2'],
		['-', 'see line 1, column 1'],
		['1.', 'see line 1, column 2'],
		['+1', 'see line 1, column 1'],
		['NaN', 'see line 1, column 1'],
		['nul', 'see line 1, column 1'],
		['nullx', 'see line 1, column 5'],
		['\ufeff{}', 'see line 1, column 1'],
		['\u00a0{}', 'see line 1, column 1'],
		['[\r\n1,\r2,\nx]', 'see line 4, column 1'],
		['1 1', 'see line 1, column 3'],
	])('refuses %j and says where: %s', (text, place) => {
		const { message } = expectCode('JSON_MALFORMED', () => scan(text));
		expect(message).toBe(`The payload is not valid JSON: ${place}.`);
	});

	it('says how an expression is written in it, where it holds one', () => {
		const hintOf = (text: string) => expectCode('JSON_MALFORMED', () => scan(text)).hint;
		expect(hintOf('{"sub": {{ $json.user }}}')).toContain('"sub": "={{ $json.user }}"');
		expect(hintOf('{"sub": x}')).toContain('double quotes around names and texts');
	});

	it.each([
		['9007199254740991', true],
		['9007199254740992', false],
		['-9007199254740991', true],
		['-9007199254740992', false],
		// Whoever writes a fraction or an exponent does not count digits.
		['9007199254740993.5', true],
		['1e300', true],
	])('keeps the number %s: %s', (number, kept) => {
		if (kept) expect(() => scan(number)).not.toThrow();
		else {
			const { message } = expectCode('JSON_NUMBER_TOO_LARGE', () => scan(number));
			expect(message).toBe('The payload has a number with more digits than can be kept exactly.');
		}
		expect(() => scan(number, false)).not.toThrow();
	});

	it.each(['1e309', '-1e309'])('refuses %s, which no number is, in any case', (number) => {
		expectCode('JSON_NUMBER_TOO_LARGE', () => scan(number, true));
		expectCode('JSON_NUMBER_TOO_LARGE', () => scan(number, false));
	});

	it.each(['__proto__', '\\u005f_proto__'])('refuses a member named %s', (name) => {
		const { message } = expectCode('JSON_MEMBER_FORBIDDEN', () => scan(`{"${name}":1}`));
		expect(message).toBe('The payload has a member named __proto__.');
		expect(() => scan(`["${name}"]`)).not.toThrow();
		expect(() => scan(`{"a":"${name}"}`)).not.toThrow();
	});

	it('shows the first 40 characters of a name that stands twice', () => {
		const shown = (name: string) =>
			expectCode('JSON_DUPLICATE_MEMBER', () => scan(`{"${name}":1,"${name}":2}`)).message;
		expect(shown('x'.repeat(40))).toContain(`"${'x'.repeat(40)}" twice`);
		expect(shown('x'.repeat(41))).toContain(`"${'x'.repeat(40)}…" twice`);
	});

	it.each([
		['objects', '{"a":', '}'],
		['lists', '[', ']'],
	])('has 64 levels of %s at most', (_what, open, close) => {
		const nested = (depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;
		expect(MAXIMUM_JSON_DEPTH).toBe(64);
		expect(() => scan(nested(64))).not.toThrow();
		const { message } = expectCode('JSON_TOO_LARGE', () => scan(nested(65)));
		expect(message).toBe('The payload is nested more than 64 levels deep.');
	});
});
