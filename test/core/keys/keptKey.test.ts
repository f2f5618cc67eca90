import fc from 'fast-check';
import {
	readKeptKey,
	SETTLING_TIME,
	settlingTime,
	writeKeptKey,
	type KeptKey,
} from '../../../core/keys/keptKey';
import { expectCode } from '../support/expectCode';

const bytes = fc.uint8Array({ minLength: 1, maxLength: 3000 }).map((array) => Buffer.from(array));
const times = fc.integer({ min: 0, max: 4_102_444_800_000 });

it('is read as it was written, and knows whether it was stored: n8n takes the "=" away', () => {
	fc.assert(
		fc.property(bytes, times, (der, madeAt) => {
			const text = writeKeptKey(der, madeAt);
			const key = der.toString('base64');
			expect(readKeptKey(text)).toEqual({ key, madeAt, isStored: false });
			expect(readKeptKey(text.slice(1))).toEqual({ key, madeAt, isStored: true });
		}),
	);
});

it('is an expression for n8n without anything in it to compute', () => {
	fc.assert(
		fc.property(bytes, times, (der, madeAt) => {
			expect(writeKeptKey(der, madeAt)).toMatch(/^=[^{}$]*$/);
		}),
	);
});

it.each([
	undefined,
	null,
	'',
	'__n8n_EMPTY_VALUE_7b1af746-3729-4c60-9b9b-e08eb29e58da',
	'__n8n_BLANK_VALUE_e5362baf-c777-4d57-a609-6eaf1f9e87f6',
	'=__n8n_EMPTY_VALUE_7b1af746-3729-4c60-9b9b-e08eb29e58da',
])('there is none yet where n8n has %j', (text) => {
	expect(readKeptKey(text)).toBeUndefined();
});

it('anything else is refused, so that no other key takes its place, and is not quoted', () => {
	const odd = fc.oneof(
		fc.string({ minLength: 1 }),
		fc.constantFrom('n8n-key-1.x.QUFB', 'n8n-key-1.1.', 'n8n-key-2.1.QUFB', 'n8n-key-1.1.Q{Q', 5),
	);
	fc.assert(
		fc.property(odd, (text) => {
			const error = expectCode('KEY_MALFORMED', () => readKeptKey(text));
			expect(error.message).toBe('The key that n8n made and kept is damaged.');
			expect(error.hint).toMatch(/^Restore the credential from a backup/);
		}),
	);
});

it.each([
	'==n8n-key-1.1.QUFB',
	' n8n-key-1.1.QUFB',
	'n8n-key-1.1.QUFB ',
	'n8n-key-1.1234567890123456.QUFB',
	'n8n-key-1..QUFB',
	'a __n8n_EMPTY_VALUE_7b1af746',
	'==__n8n_EMPTY_VALUE_7b1af746',
	'__n8n__VALUE_7b1af746',
	'__n8n_EMPTY_7b1af746',
	false,
	0,
	{},
])('%j is neither a key nor nothing', (text) => {
	expectCode('KEY_MALFORMED', () => readKeptKey(text));
});

describe('a stored key', () => {
	const made = (madeAt: number): KeptKey => ({ key: '', madeAt, isStored: true });

	it.each([
		[0, SETTLING_TIME],
		[1, SETTLING_TIME - 1],
		[SETTLING_TIME - 1, 1],
		[SETTLING_TIME, 0],
		[SETTLING_TIME * 100, 0],
	])('that was made %d ms ago is left alone for %d ms', (ago, left) => {
		expect(settlingTime(made(1_000_000_000), 1_000_000_000 + ago)).toBe(left);
	});

	it('made by a clock that is a little ahead is left alone a little longer', () => {
		expect(settlingTime(made(1_000_003_000), 1_000_000_000)).toBe(SETTLING_TIME + 3000);
	});

	it.each([
		[SETTLING_TIME - 1, 2 * SETTLING_TIME - 1],
		[SETTLING_TIME, 0],
	])('made by a clock that is %d ms ahead is left alone for %d ms', (ahead, left) => {
		expect(settlingTime(made(1_000_000_000 + ahead), 1_000_000_000)).toBe(left);
	});

	it('made by a clock that is far ahead is not waited for', () => {
		expect(settlingTime(made(1_000_000_000 + 3_600_000), 1_000_000_000)).toBe(0);
	});
});
