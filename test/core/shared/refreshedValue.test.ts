import { Cancelled } from '../../../core/shared/cancelled';
import { FetchedValue } from '../../../core/shared/refreshedValue';

let now: number;
let fetches: number;
let value: FetchedValue<number>;

const fetch = async () => await Promise.resolve(++fetches);
const fail = async () => {
	fetches += 1;
	return await Promise.reject<number>(new Error('down'));
};

/** A fetch that ends when it is told to. */
function slowFetch() {
	let end: (value: number) => void = () => {};
	const landed = new Promise<number>((resolve) => (end = resolve));
	const start = async () => {
		fetches += 1;
		return await landed;
	};
	return { start, end };
}

beforeEach(() => {
	// The clock of a machine that has been up for a month.
	now = 2_592_000_000;
	fetches = 0;
	value = new FetchedValue(() => now);
});

describe('the current value', () => {
	it('is fetched once for all who ask meanwhile, and again after its lifetime', async () => {
		const all = await Promise.all(Array.from({ length: 9 }, () => value.current(10, fetch)));
		expect(new Set(all)).toEqual(new Set([1]));
		now += 9999;
		expect(await value.current(10, fetch)).toBe(1);
		now += 1;
		expect(await value.current(10, fetch)).toBe(2);
	});

	it('is not asked for during five seconds after a failure', async () => {
		for (const [after, times] of [
			[0, 1],
			[4999, 1],
			[1, 2],
		] as const) {
			now += after;
			await expect(value.current(10, fail)).rejects.toThrow('down');
			expect(fetches).toBe(times);
		}
	});
});

describe('a newer value', () => {
	it('is what a fetch that is under way brings', async () => {
		const { start, end } = slowFetch();
		const current = value.current(10, start);
		const newer = value.newer(10, fetch);
		end(7);
		expect(await Promise.all([current, newer])).toEqual([7, 7]);
		expect(fetches).toBe(1);
		// Joining was no look: the cool-down has not begun.
		expect(await value.newer(10, fetch)).toBe(2);
	});

	it('is looked for once per cool-down', async () => {
		await value.current(100, fetch);
		expect(await value.newer(10, fetch)).toBe(2);
		now += 9999;
		expect(await value.newer(10, fetch)).toBe(undefined);
		now += 1;
		expect(await value.newer(10, fetch)).toBe(3);
		expect(await value.current(100, fetch)).toBe(3);
	});

	it('is looked for at once while that brings what was lacking', async () => {
		const number = (wanted: number) => ({
			name: String(wanted),
			isIn: (fetched: number) => fetched >= wanted,
		});
		for (let wanted = 1; wanted <= 5; wanted += 1) {
			expect(await value.newer(1000, fetch, number(wanted))).toBe(wanted);
		}
		expect(await value.newer(1000, fetch, number(100))).toBe(6);
		expect(await value.newer(1000, fetch, number(7))).toBe(undefined);
		// Nobody knows whether there is more to find.
		expect(await value.newer(1000, fetch)).toBe(undefined);
	});

	it('is not looked for again for what was lacking in a fetch that was under way', async () => {
		const lack = (name: string) => ({ name, isIn: () => false });
		const { start, end } = slowFetch();
		const looks = ['a', 'b', 'c'].map(async (name) => await value.newer(1000, start, lack(name)));
		end(7);
		expect(await Promise.all(looks)).toEqual([7, 7, 7]);
		now += 2000;
		// Three of them are a flood.
		for (const name of 'abcd') expect(await value.newer(1000, fetch, lack(name))).toBe(undefined);
	});

	it('uses no look up while a failure is remembered', async () => {
		const lack = (name: string) => ({ name, isIn: () => false });
		await expect(value.newer(10, fail, lack('a'))).rejects.toThrow('down');
		now += 4999;
		await expect(value.newer(10, fail, lack('b'))).rejects.toThrow('down');
		expect(fetches).toBe(1);
		now += 1;
		expect(await value.newer(10, fetch, lack('b'))).toBe(2);
	});

	it('is the failure again where it is too early to look', async () => {
		await expect(value.newer(100, fail)).rejects.toThrow('down');
		now += 50_000;
		await expect(value.newer(100, fetch)).rejects.toThrow('down');
		expect(fetches).toBe(1);
	});
});

/** A fetch whose outcome the test decides. */
function pending() {
	let settle: { resolve(value: string): void; reject(error: unknown): void } | undefined;
	const promise = new Promise<string>((resolve, reject) => {
		settle = { resolve, reject };
	});
	return { fetch: jest.fn(async () => await promise), settle };
}

describe('a value that is fetched', () => {
	it('is fetched by another who waits for it when the first gives up', async () => {
		const value = new FetchedValue<string>(() => 0);
		const first = pending();
		const second = jest.fn(async () => await Promise.resolve('b'));
		const third = jest.fn(async () => await Promise.resolve('c'));
		const outcomes = Promise.allSettled([
			value.current(600, first.fetch),
			value.current(600, second),
			value.current(600, third),
		]);
		first.settle?.reject(new Cancelled());
		expect(await outcomes).toEqual([
			{ status: 'rejected', reason: expect.any(Cancelled) },
			{ status: 'fulfilled', value: 'b' },
			{ status: 'fulfilled', value: 'b' },
		]);
		expect(third).not.toHaveBeenCalled();
	});

	it('is asked for at once after somebody gave up, which is no failure', async () => {
		const value = new FetchedValue<string>(() => 0);
		const cancelled = async () => await Promise.reject(new Cancelled());
		await expect(value.current(600, cancelled)).rejects.toThrow(Cancelled);
		await expect(value.current(600, async () => await Promise.resolve('a'))).resolves.toBe('a');
	});

	it('is looked for anew at once after somebody gave up looking', async () => {
		const value = new FetchedValue<string>(() => 0);
		await value.current(600, async () => await Promise.resolve('old'));
		const cancelled = async () => await Promise.reject(new Cancelled());
		await expect(value.newer(30, cancelled)).rejects.toThrow(Cancelled);
		const fetch = async () => await Promise.resolve('new');
		await expect(value.newer(30, fetch)).resolves.toBe('new');
		await expect(value.newer(30, fetch)).resolves.toBe(undefined);
	});

	it('is not asked for again for five seconds after a failure', async () => {
		let now = 0;
		const value = new FetchedValue<string>(() => now);
		const failing = jest.fn(async () => await Promise.reject(new Error('down')));
		await expect(value.current(600, failing)).rejects.toThrow('down');
		now = 4999;
		await expect(value.current(600, failing)).rejects.toThrow('down');
		expect(failing).toHaveBeenCalledTimes(1);
		now = 5000;
		await expect(value.current(600, failing)).rejects.toThrow('down');
		expect(failing).toHaveBeenCalledTimes(2);
	});
});
