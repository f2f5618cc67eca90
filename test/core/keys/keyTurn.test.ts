import { SETTLING_TIME } from '../../../core/keys/keptKey';
import { keyTurn, type NumberedKey } from '../../../core/keys/keyTurn';

const DAY = 86_400_000;
const NOW = Date.parse('2026-12-01T12:00:30Z');

const key = (number: number, madeAt = NOW - 100 * DAY, isStored = true): NumberedKey => ({
	number,
	madeAt,
	isStored,
	key: `key ${number}`,
});

/** Numbers of the keys that sign now, wait, and are published still. */
function numbers(keys: NumberedKey[], newest: number, from?: number, keepFor = 7 * DAY) {
	const { current, next, previous } = keyTurn(keys, { newest, from, keepFor }, NOW);
	return [current?.number, next?.number, previous?.number];
}

describe('the only key signs, whatever the date', () => {
	it.each([
		['without a date', [key(1)], 1, undefined],
		['with a date that has passed', [key(1)], 1, NOW - DAY],
		['while the next one has not been made', [key(1)], 2, NOW - DAY],
		['where the one before it was never made', [key(2)], 2, NOW + DAY],
	] as const)('%s', (_when, keys, newest, from) => {
		expect(numbers([...keys], newest, from)).toEqual([keys[0].number, undefined, undefined]);
	});
});

it('without any key none signs', () => {
	expect(numbers([], 2)).toEqual([undefined, undefined, undefined]);
});

describe('the key before the newest signs, and the newest is published beside it', () => {
	const keys = [key(1), key(2)];

	it.each<[string, NumberedKey[], number | undefined]>([
		['without a date', keys, undefined],
		['until the date', keys, NOW + 1],
		['if the date is from before the newest was made', [key(1), key(2, NOW - DAY)], NOW - 2 * DAY],
		['while the newest is left alone', [key(1), key(2, NOW - SETTLING_TIME + 1)], NOW],
		['if the newest was made for this very request', [key(1), key(2, NOW - DAY, false)], NOW],
	])('%s', (_when, made, from) => {
		expect(numbers(made, 2, from)).toEqual([1, 2, undefined]);
	});
});

describe('from the date on the newest signs', () => {
	const keys = [key(2), key(1)];

	it('whatever order the keys are in', () => {
		for (const made of [
			[key(1), key(3), key(2)],
			[key(3), key(2), key(1)],
			[key(2), key(1), key(3)],
		]) {
			expect(numbers(made, 3, NOW)).toEqual([3, undefined, 2]);
		}
	});

	it('at the very moment, and the one before it is published still', () => {
		expect(numbers(keys, 2, NOW)).toEqual([2, undefined, 1]);
	});

	it('and the one before it is published no more after its time', () => {
		expect(numbers(keys, 2, NOW - 7 * DAY + 1)).toEqual([2, undefined, 1]);
		expect(numbers(keys, 2, NOW - 7 * DAY)).toEqual([2, undefined, undefined]);
	});

	it('also if it was made within the minute of the date, which date pickers give no closer', () => {
		const made = [key(1), key(2, NOW - 20_000)];
		expect(numbers(made, 2, Date.parse('2026-12-01T12:00Z'))).toEqual([2, undefined, 1]);
	});
});

it('keys change again and again, and back', () => {
	const keys = [key(1), key(2), key(4)];
	expect(numbers(keys, 3, NOW)).toEqual([2, undefined, undefined]);
	expect(numbers(keys, 4, NOW)).toEqual([4, undefined, 2]);
	expect(numbers(keys, 4, NOW + DAY)).toEqual([2, 4, undefined]);
	expect(numbers(keys, 1, NOW)).toEqual([1, undefined, undefined]);
});
