import { Cancelled } from '../../../core/shared/cancelled';
import { NotClaimed, SingleFlight } from '../../../core/shared/singleFlight';

describe('SingleFlight', () => {
	it('gives everyone who asks meanwhile the same outcome', async () => {
		const flights = new SingleFlight<number>();
		let count = 0;
		const task = async () => await Promise.resolve(++count);
		const results = await Promise.all([1, 2, 3].map(async () => await flights.run('a', task)));
		expect(results).toEqual([
			{ value: 1, own: true },
			{ value: 1, own: false },
			{ value: 1, own: false },
		]);
		expect(await flights.run('a', task)).toEqual({ value: 2, own: true });
	});

	it('keeps keys apart, and lets go of a failed flight', async () => {
		const flights = new SingleFlight<string>();
		const fail = async () => await Promise.reject(new Error('no'));
		const outcomes = await Promise.allSettled([
			flights.run('a', fail),
			flights.run('a', fail),
			flights.run('b', async () => await Promise.resolve('b')),
		]);
		expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
		expect(flights.current('a')).toBe(undefined);
	});

	it('is flown by the next who waits when the first gives up', async () => {
		const flights = new SingleFlight<string>();
		const outcomes = await Promise.allSettled([
			flights.run('a', async () => await Promise.reject(new Cancelled())),
			flights.run('a', async () => await Promise.resolve('b')),
			flights.run('a', async () => await Promise.resolve('c')),
		]);
		expect(outcomes).toEqual([
			{ status: 'rejected', reason: expect.any(Cancelled) },
			{ status: 'fulfilled', value: { value: 'b', own: true } },
			{ status: 'fulfilled', value: { value: 'b', own: false } },
		]);
	});

	it('lets others wait for an announced flight', async () => {
		const flights = new SingleFlight<number>();
		flights.announce('a', async () => await new Promise(() => {}));
		const waiting = flights.current('a');
		await flights.run('a', async () => await Promise.resolve(7));
		expect(await waiting).toBe(7);
	});

	it('does not let them wait for ever when nobody flies it', async () => {
		const flights = new SingleFlight<number>();
		let expire: () => void = () => {};
		flights.announce('a', async () => await new Promise<void>((resolve) => (expire = resolve)));
		const waiting = flights.current('a');
		expire();
		await expect(waiting).rejects.toBeInstanceOf(NotClaimed);
		expect(flights.current('a')).toBe(undefined);
	});

	it('gives a failure to everyone who waits, without another try', async () => {
		const flights = new SingleFlight<string>();
		const failing = jest.fn(async () => await Promise.reject(new Error('down')));
		const outcomes = [1, 2, 3].map(async () => await flights.run('a', failing));
		for (const outcome of outcomes) await expect(outcome).rejects.toThrow('down');
		expect(failing).toHaveBeenCalledTimes(1);
	});

	it('takes as long as it takes once somebody flies it', async () => {
		const flights = new SingleFlight<number>();
		let expire: () => void = () => {};
		let land: (value: number) => void = () => {};
		flights.announce('a', async () => await new Promise<void>((resolve) => (expire = resolve)));
		const waiting = flights.current('a');
		const own = flights.run(
			'a',
			async () => await new Promise<number>((resolve) => (land = resolve)),
		);
		expire();
		await new Promise(setImmediate);
		expect(flights.current('a')).toBe(waiting);
		land(7);
		expect(await waiting).toBe(7);
		expect(await own).toEqual({ value: 7, own: true });
	});

	it('leaves alone what was announced while it was under way', async () => {
		const flights = new SingleFlight<number>();
		let land: (value: number) => void = () => {};
		const first = flights.run(
			'a',
			async () => await new Promise<number>((resolve) => (land = resolve)),
		);
		flights.announce('a', async () => await new Promise(() => {}));
		const announced = flights.current('a');
		land(1);
		await first;
		expect(flights.current('a')).toBe(announced);
	});
});
