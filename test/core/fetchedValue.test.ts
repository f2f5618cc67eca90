import { Cancelled } from '../../core/cancelled';
import { fetchedValue } from '../../core/fetchedValue';

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
		const value = fetchedValue<string>(() => 0);
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
		const value = fetchedValue<string>(() => 0);
		const cancelled = async () => await Promise.reject(new Cancelled());
		await expect(value.current(600, cancelled)).rejects.toThrow(Cancelled);
		await expect(value.current(600, async () => await Promise.resolve('a'))).resolves.toBe('a');
	});

	it('is looked for anew at once after somebody gave up looking', async () => {
		const value = fetchedValue<string>(() => 0);
		await value.current(600, async () => await Promise.resolve('old'));
		const cancelled = async () => await Promise.reject(new Cancelled());
		await expect(value.newer(30, cancelled)).rejects.toThrow(Cancelled);
		const fetch = async () => await Promise.resolve('new');
		await expect(value.newer(30, fetch)).resolves.toBe('new');
		await expect(value.newer(30, fetch)).resolves.toBe(undefined);
	});

	it('is not asked for again for five seconds after a failure', async () => {
		let now = 0;
		const value = fetchedValue<string>(() => now);
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
