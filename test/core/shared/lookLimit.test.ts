import fc from 'fast-check';
import { LookLimit } from '../../../core/shared/lookLimit';

let now: number;
const limit = (options = {}) => new LookLimit(() => now, options);
beforeEach(() => {
	// The clock of a machine that has been up for a month.
	now = 2_592_000_000;
});

it('lets one look in vain happen for each cool-down, whatever is wanted', () => {
	const looks = limit();
	const wants = ['a', 'b', undefined, 'c', 'a', undefined];
	const count = () => wants.filter((wanted) => looks.begin(30, wanted)).length;
	expect(count()).toBe(1);
	now += 29_999;
	expect(count()).toBe(0);
	now += 1;
	expect(count()).toBe(1);
});

it('looks for a second thing a second later, and for no third one', () => {
	const looks = limit();
	expect(looks.begin(30, 'a')).toBeDefined();
	now += 999;
	expect(looks.begin(30, 'b')).toBeUndefined();
	now += 1;
	expect(looks.begin(30, 'a')).toBeUndefined();
	expect(looks.begin(30, 'b')).toBeDefined();
	now += 5000;
	expect(looks.begin(30, 'c')).toBeUndefined();
	now += 25_000;
	expect(looks.begin(30, 'c')).toBeDefined();
});

it('does not lengthen a cool-down of less than a second', () => {
	const looks = limit();
	expect(looks.begin(0.5, 'a')).toBeDefined();
	now += 500;
	expect(looks.begin(0.5, 'b')).toBeDefined();
});

it('looks for one thing once a minute, and with the cool-down', () => {
	const looks = limit();
	expect(looks.begin(300, 'a')).toBeDefined();
	now += 59_999;
	expect(looks.begin(300, 'a')).toBeUndefined();
	now += 1;
	expect(looks.begin(300, 'a')).toBeDefined();
});

it('does not count a look that found what was wanted, but where nobody knows what is wanted', () => {
	const looks = limit();
	for (const name of 'abcdef') looks.begin(30, name)?.found();
	expect(looks.begin(30)).toBeUndefined();
	expect(looks.begin(30, 'g')).toBeDefined();
});

it('keeps the cool-down of a look in vain when the next one finds something', () => {
	const looks = limit();
	looks.begin(30, 'a');
	now += 1000;
	looks.begin(30, 'b')?.found();
	for (const name of 'cd') looks.begin(30, name)?.found();
	looks.begin(30, 'e');
	expect(looks.begin(30, 'f')).toBeUndefined();
});

it('lets anything be looked for where a look finds all there is', () => {
	const looks = limit();
	for (const name of ['a', 'b', 'often', 'often']) looks.begin(30, name);
	now += 29_000;
	looks.begin(30, 'often');
	now += 1000;
	expect(looks.begin(30, 'new')).toBeDefined();
});

it('does not count a look that was given up', () => {
	const looks = limit();
	looks.begin(30)?.givenUp();
	looks.begin(30, 'a')?.givenUp();
	expect(looks.begin(30)).toBeDefined();
});

it('leaves a later look alone when an earlier one is given up', () => {
	const looks = limit();
	const earlier = looks.begin(30);
	now += 30_000;
	expect(looks.begin(30)).toBeDefined();
	earlier?.givenUp();
	now += 29_999;
	expect(looks.begin(30)).toBeUndefined();
});

it('keeps the cool-down of the look before one that was given up', () => {
	const looks = limit();
	expect(looks.begin(30)).toBeDefined();
	now += 30_000;
	looks.begin(30)?.givenUp();
	expect(looks.begin(60)).toBeUndefined();
	now += 30_000;
	expect(looks.begin(60)).toBeDefined();
});

it('counts each thing that somebody else looked for in vain', () => {
	const looks = limit();
	for (const name of 'abc') looks.missed(name);
	looks.begin(30);
	now += 1000;
	// Three of them are a flood.
	expect(looks.begin(30, 'd')).toBeUndefined();
});

it('counts a later look in vain, when an earlier one turns out to have found something', () => {
	const looks = limit();
	const earlier = looks.begin(30, 'a');
	now += 1000;
	expect(looks.begin(30, 'b')).toBeDefined();
	earlier?.found();
	now += 999;
	expect(looks.begin(30, 'c')).toBeUndefined();
	now += 1;
	expect(looks.begin(30, 'c')).toBeDefined();
});

it('remembers for a minute what was wanted', () => {
	const looks = limit();
	for (const name of 'abc') looks.begin(10, name);
	now += 59_999;
	expect(looks.begin(10, 'd')).toBeDefined();
	now += 1;
	expect(looks.begin(10, 'd')).toBeUndefined();
	now += 999;
	// All but one are forgotten.
	expect(looks.begin(10, 'e')).toBeDefined();
});

describe('where a look is for one thing', () => {
	it('goes to what was wanted most often', () => {
		const looks = limit({ isForOne: true });
		expect(looks.begin(30, 'first')).toBeDefined();
		for (const name of ['once', 'often', 'often']) looks.begin(30, name);
		now += 27_000;
		for (const name of ['once', 'often']) looks.begin(30, name);
		now += 3000;
		expect(looks.begin(30, 'never')).toBeUndefined();
		expect(looks.begin(30, 'once')).toBeUndefined();
		expect(looks.begin(30, 'often')).toBeDefined();
	});

	it.each([
		[999, true],
		[1000, false],
	])('remembers a thousand things: of %i others', (others, isRemembered) => {
		const looks = limit({ isForOne: true });
		looks.begin(1, 'looked for');
		for (const name of ['often', 'often']) looks.begin(1, name);
		for (let index = 0; index < others; index += 1) looks.begin(1, `other ${index}`);
		now += 1000;
		expect(looks.begin(1, 'often') !== undefined).toBe(isRemembered);
	});

	it('waits for nobody who is gone, or was looked for already', () => {
		const looks = limit({ isForOne: true });
		for (let times = 0; times < 9; times += 1) looks.begin(30, 'looked for');
		for (let times = 0; times < 9; times += 1) looks.begin(30, 'gone');
		now += 30_000;
		looks.begin(3600, 'looked for');
		expect(looks.begin(30, 'new')).toBeDefined();
	});
});

it('never lets more looks in vain happen than cool-downs and two a minute for lone things', () => {
	const name = fc.oneof(fc.nat({ max: 2 }), fc.nat({ max: 400 }));
	const wish = fc.record({ name, pause: fc.nat({ max: 3000 }) });
	fc.assert(
		fc.property(fc.array(wish, { maxLength: 400 }), fc.boolean(), (wishes, isForOne) => {
			now = 0;
			const looks = limit({ isForOne });
			let count = 0;
			for (const { name: wanted, pause } of wishes) {
				now += pause;
				if (looks.begin(30, String(wanted))) count += 1;
			}
			const cycles = Math.floor(now / 30_000) + 1;
			const minutes = Math.floor(now / 60_000) + 1;
			expect(count).toBeLessThanOrEqual(cycles + 2 * minutes);
		}),
	);
});
