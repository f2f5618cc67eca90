import fc from 'fast-check';
import { redact } from '../../core/redact';

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl';

describe('redact', () => {
	it.each([
		['alone', TOKEN],
		['percent-encoded', `Bearer%20${TOKEN}`],
		['with percent-encoded dots', TOKEN.replaceAll('.', '%2E')],
		['with percent-encoded dots in lower case', TOKEN.replaceAll('.', '%2e')],
		['after an underscore', `_${TOKEN}`],
		['after a letter', `x${TOKEN}`],
		['in JSON in JSON', JSON.stringify(JSON.stringify({ token: TOKEN }))],
		['in Base64', Buffer.from(`token=${TOKEN}`).toString('base64')],
		['with a header that begins with a line break', `ewogImFsZyI6ICJIUzI1NiIgfQ.e30.c2ln`],
		['unsigned', `${TOKEN.slice(0, TOKEN.lastIndexOf('.'))}.`],
		['cut off in the payload', TOKEN.slice(0, 30)],
		['encrypted', 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..aXY.Y2lwaGVy.dGFn'],
	])('takes out a compact token, %s', (_how, text) => {
		const shown = redact(`invalid: ${text}`);
		expect(shown).toContain('removed]');
		expect(shown).not.toMatch(/ey[A-Z]|eXJ|ZXl|c2ln|c2lnbmF0/);
	});

	it('says what it took out', () => {
		expect(redact(`invalid token ${TOKEN}!`)).toBe('invalid token [token removed]!');
	});

	it('takes out PEM blocks, whole, cut off or escaped', () => {
		expect(redact('x -----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY----- y')).toBe(
			'x [key removed] y',
		);
		expect(redact('x -----BEGIN EC PRIVATE KEY-----\nabc')).toBe('x [key removed]');
		expect(redact('x%20-----BEGIN%20PRIVATE%20KEY-----%0Aabc')).toBe('x%20[key removed]');
	});

	it.each([
		'getaddrinfo ENOTFOUND accounts.googleapis.com: see www.example.org/help.html',
		'they-are-monkeyJumping-somewhere.example.com and survey-monkeys-and-more.example.com',
		'invalid_grant: Invalid issuer https://accounts.example.com/o/oauth2?id=1&x=%20',
	])('leaves plain text alone: %s', (text) => {
		expect(redact(text, ['a-secret-of-the-api'])).toBe(text);
	});
});

const SECRET = `k9/"<Zoë's & Co+> \\=`;
const LONG = 'Q7'.padEnd(200, 'f3Lx0-pW8zR2_vN5.');

const php = (text: string): string => text.replace(/["'\\]/g, '\\$&');
const html = (text: string): string =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#039;');
const everyUnit = (text: string, write: (code: number) => string): string =>
	Array.from({ length: text.length }, (_, index) => write(text.charCodeAt(index))).join('');
const hex = (code: number, length: number): string => code.toString(16).padStart(length, '0');
const percent = (text: string): string =>
	Array.from(Buffer.from(text), (byte) => `%${hex(byte, 2)}`).join('');

/** The ways a server writes what it was sent. */
const ENCODINGS: Record<string, (text: string) => string> = {
	'as it is': (text) => text,
	JSON: (text) => JSON.stringify({ got: text }),
	'JSON in JSON': (text) => JSON.stringify(JSON.stringify({ got: text })),
	'JSON of PHP': (text) => JSON.stringify(text).replaceAll('/', '\\/').replace('ë', '\\u00eb'),
	'\\u for everything': (text) => everyUnit(text, (code) => `\\u${hex(code, 4)}`),
	'\\u in capitals': (text) => everyUnit(text, (code) => `\\u${hex(code, 4).toUpperCase()}`),
	'\\u{…}': (text) => everyUnit(text, (code) => `\\u{${hex(code, 1)}}`),
	'\\x as in a log': (text) => percent(text).replaceAll('%', '\\x'),
	'%u': (text) => everyUnit(text, (code) => `%u${hex(code, 4)}`),
	PHP: php,
	HTML: html,
	'HTML by numbers': (text) => everyUnit(text, (code) => `&#${code};`),
	'HTML by hexadecimal numbers': (text) => everyUnit(text, (code) => `&#x${hex(code, 2)};`),
	'HTML in JSON': (text) => JSON.stringify(html(text)),
	'percent-encoding': encodeURIComponent,
	'percent-encoding in lower case': (text) =>
		encodeURIComponent(text).replace(/%../g, (escape) => escape.toLowerCase()),
	'percent-encoding of everything': percent,
	'percent-encoding twice': (text) => encodeURIComponent(encodeURIComponent(text)),
	'a form': (text) => new URLSearchParams({ got: text }).toString(),
	'a form in JSON': (text) => JSON.stringify(new URLSearchParams({ got: text }).toString()),
	Base64: (text) => Buffer.from(text).toString('base64'),
	base64url: (text) => Buffer.from(text).toString('base64url'),
	'Base64 in lines': (text) => Buffer.from(text).toString('base64').replace(/.{7}/g, '$&\r\n'),
	'a Basic header': (text) => `Basic ${Buffer.from(`me:${text}`).toString('base64')}`,
	'a Basic header without padding': (text) =>
		`Basic_${Buffer.from(`you:${text}`).toString('base64url')}`,
	'Base64 of JSON': (text) => Buffer.from(JSON.stringify({ got: text })).toString('base64'),
	'Base64 of Base64': (text) =>
		Buffer.from(Buffer.from(text).toString('base64')).toString('base64'),
	hex: (text) => Buffer.from(text).toString('hex'),
	'a wrong charset': (text) => Buffer.from(text, 'latin1').toString('utf8'),
	'a wrong charset the other way': (text) => Buffer.from(text).toString('latin1'),
	'UTF-16': (text) => Buffer.from(text, 'utf16le').toString('latin1'),
	capitals: (text) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase()),
	'lines of eight': (text) => text.replace(/.{8}/g, '$&\n'),
};

describe('the secrets it is told of', () => {
	it.each(Object.entries(ENCODINGS))('are taken out written as %s', (_name, encode) => {
		for (const secret of [SECRET, LONG, 'Ünïcödé-passwörd!', '1234567890123456']) {
			const text = `You sent <${encode(secret)}>.`;
			expect(redact(text, [secret])).toMatch(/^You sent <.{0,14}\[(token )?removed\].{0,6}>\.$/s);
		}
	});

	it.each(Object.entries(ENCODINGS))('are taken out cut off by a limit, as %s', (_name, encode) => {
		const whole = encode(LONG);
		for (const cut of [1, 2, 3, 4, 5, 40, 150]) {
			const text = `You sent <${whole.slice(0, whole.length - cut)}`;
			expect(redact(text, [LONG])).toMatch(/^You sent <.{0,14}\[(token )?removed\].{0,5}$/s);
		}
	});

	it('are taken out in part: the middle, the end, the beginning and dots', () => {
		const shown = [LONG.slice(20, 60), LONG.slice(-30), `${LONG.slice(0, 20)}…`].map((part) =>
			redact(`(${part})`, [LONG]),
		);
		expect(shown).toEqual(['([removed])', '([removed])', '([removed]…)']);
	});

	it('count as words of their own if they are short, and not at all with one or two characters', () => {
		const secrets = ['abc12', '007', 'no', 'x'];
		expect(redact('no, abc12 is not xabc123, nor 007 1007 (x)', secrets)).toBe(
			'no, [removed] is not xabc123, nor [removed] 1007 (x)',
		);
		const pair = Buffer.from('me:abc12').toString('base64');
		expect(redact(`Basic ${pair} was refused`, secrets)).toBe('Basic [removed] was refused');
	});

	it('are found in surrogate pairs and the code points they stand for', () => {
		const forms = ['\\ud83d\\ude00', '%ud83d%ude00', '\\u{1f600}', '&#128512;', '&#x1F600;'];
		for (const form of forms) {
			expect(redact(`(pass-${form}-word)`, ['pass-😀-word'])).toBe('([removed])');
		}
	});

	it('leave nothing of one behind that contains another', () => {
		expect(redact('a canary$1-more b canary$1', ['canary$1', 'canary$1-more'])).toBe(
			'a [removed] b [removed]',
		);
	});

	it('are never shown, in whatever mixture of escapes', () => {
		const ways = Object.values(ENCODINGS).slice(0, 20);
		const escaped = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom(...ways)), {
			minLength: 1,
		});
		fc.assert(
			fc.property(fc.string({ minLength: 12, unit: 'grapheme-ascii' }), escaped, (secret, cuts) => {
				fc.pre(secret.replace(/[\s+\\&%]/g, '').length >= 12);
				const [[at, encode] = [1, (text: string) => text]] = cuts;
				const text = encode(secret.slice(0, at)) + secret.slice(at);
				const shown = redact(`(${text})`, [secret]);
				expect(shown).not.toContain(secret.slice(at));
			}),
		);
	});
});

describe('the time it takes', () => {
	/** Looks at single characters and parts of texts, which is what the time is made of. */
	function steps(text: string): number {
		const spies = (['charCodeAt', 'charAt', 'slice'] as const).map((name) =>
			jest.spyOn(String.prototype, name),
		);
		redact(text, [LONG, SECRET]);
		const count = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
		for (const spy of spies) spy.mockRestore();
		return count;
	}

	it.each([
		'-ey',
		'eyaaaa-',
		'eyJhbGciOi',
		'eyJhbGciOiJIUzI1NiJ9.',
		'-----BEGIN ',
		'-----END',
		'%25',
		'%',
		'\\',
		'\\u00',
		'&#3',
		'&amp;',
		'aGFsbG8',
		'Q7f3Lx0-pW8z',
		'aaaa\n',
		'ab',
	])('grows with the length of the text only: %p', (piece) => {
		const short = steps(piece.repeat(500 / piece.length));
		const long = steps(piece.repeat(2000 / piece.length));
		expect(long).toBeLessThan(4.5 * short);
	});

	it('has an end: what is too long to be shown is not looked at', () => {
		expect(redact('x '.repeat(50_000)).length).toBeLessThan(20_000);
		expect(steps('-ey'.repeat(33_000))).toBeLessThan(12 * steps('-ey'.repeat(500)));
	});
});
