import fc from 'fast-check';
import { JwtAuthError } from '../../../core/errors';
import { redact, redactError } from '../../../core/shared/redact';
import { ENCODINGS, ESCAPES } from '../../support/encodings';

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

	it('says of neighbours and of what overlaps what the first of them is', () => {
		const block = '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----';
		expect(redact(`(${block}${TOKEN})`)).toBe('([key removed])');
		expect(redact(`(canary-1${TOKEN})`, ['canary-1'])).toBe('([token removed])');
		expect(redact(`(${TOKEN})`, [TOKEN])).toBe('([token removed])');
		expect(redact('(canary-1canary-2)', ['canary-1', 'canary-2'])).toBe('([removed])');
		expect(redact('(canary-2 canary-1)', ['canary-1', 'canary-2'])).toBe('([removed] [removed])');
	});

	it('looks through two layers of Base64, and no more', () => {
		const base64 = (text: string, times: number): string =>
			times === 0 ? text : base64(Buffer.from(text).toString('base64'), times - 1);
		const secret = 'a-secret-of-the-api';
		expect(redact(base64(secret, 2), [secret])).toBe('[removed]');
		const deeper = base64(`${secret} and more of it`, 3);
		expect(redact(deeper, [secret])).toBe(deeper);
		const harmless = base64('nothing to see, nothing at all', 2);
		expect(redact(harmless, [secret])).toBe(harmless);
	});

	it('undoes four layers of escapes', () => {
		const escaped = (text: string, times: number): string =>
			times === 0 ? text : escaped(encodeURIComponent(text), times - 1);
		expect(redact(escaped('sëcret-of-mine', 4), ['sëcret-of-mine'])).toBe('[removed]');
	});

	it('shows 16,384 characters at most, and that there were more', () => {
		expect(redact('x '.repeat(8192))).toBe('x '.repeat(8192));
		expect(redact(`${'x '.repeat(8192)}y`)).toBe(`${'x '.repeat(8192)}…`);
	});

	it('goes over message and hint of an error of ours, and leaves others as they are', () => {
		const error = new JwtAuthError('KEY_MALFORMED', 'No canary-1 here.', { hint: 'Nor canary-1.' });
		const redacted = redactError(error, ['canary-1']);
		expect(redacted).toBeInstanceOf(JwtAuthError);
		expect(redacted).toMatchObject({
			code: 'KEY_MALFORMED',
			message: 'No [removed] here.',
			hint: 'Nor [removed].',
		});
		const other = new TypeError('canary-1');
		expect(redactError(other, ['canary-1'])).toBe(other);
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

	it('are found in Base64 of what has them escaped alone', () => {
		const escaped = [...'a-secret-of-mine'].map((one) => `%${one.charCodeAt(0).toString(16)}`);
		const encoded = Buffer.from(escaped.join('')).toString('base64');
		expect(redact(`(${encoded})`, ['a-secret-of-mine'])).toBe('([removed])');
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
		const ways = Object.values(ESCAPES);
		const escaped = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom(...ways)), {
			minLength: 1,
		});
		fc.assert(
			fc.property(fc.string({ minLength: 12, unit: 'grapheme-ascii' }), escaped, (secret, cuts) => {
				fc.pre(secret.replace(/[\s+\\&%]/g, '').length >= 12);
				const [[at, encode] = [1, (text: string) => text]] = cuts;
				const head = encode(secret.slice(0, at));
				// A digit behind a number without its end belongs to the number.
				fc.pre(!/&#x?[0-9a-f]+$/i.test(head) || !/^[0-9a-f]/i.test(secret.slice(at)));
				const text = head + secret.slice(at);
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
