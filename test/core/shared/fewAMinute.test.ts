import { FewAMinute } from '../../../core/shared/fewAMinute';

describe('few a minute', () => {
	let now = 0;
	let few: FewAMinute;
	beforeEach(() => {
		now = 0;
		few = new FewAMinute(() => now);
	});

	it('pass, and the others are counted for the next one', () => {
		const passed = Array.from({ length: 5 }, () => few.pass('a', 2));
		expect(passed).toEqual([0, 0, undefined, undefined, undefined]);
		now = 59_999;
		expect(few.pass('a', 2)).toBeUndefined();
		now = 60_000;
		expect([few.pass('a', 2), few.pass('a', 2), few.pass('a', 2)]).toEqual([4, 0, undefined]);
	});

	it('are counted for each name apart', () => {
		expect([few.pass('a', 1), few.pass('b', 1), few.pass('a', 1)]).toEqual([0, 0, undefined]);
	});

	it('may be none', () => {
		expect(few.pass('a', 0)).toBeUndefined();
	});
});
