import { openConnection, startDeadline } from '../../../core/request/deadline';

describe('a deadline', () => {
	it('ends by itself', async () => {
		const deadline = startDeadline(1);
		expect(deadline.isOver()).toBe(false);
		await new Promise((resolve) => deadline.signal.addEventListener('abort', resolve));
		expect([deadline.isOver(), deadline.isCancelled()]).toEqual([true, false]);
	});

	it('ends with the execution, which is not the same', () => {
		const execution = new AbortController();
		const deadline = startDeadline(600_000, execution.signal);
		expect(deadline.signal.aborted).toBe(false);
		execution.abort();
		expect(deadline.signal.aborted).toBe(true);
		expect([deadline.isOver(), deadline.isCancelled()]).toEqual([false, true]);
	});

	it.each([2 ** 31, 2 ** 40, 1e13, 5000.5])(
		'of %d ms does not end at once',
		async (milliseconds) => {
			const { signal } = startDeadline(milliseconds);
			await new Promise((resolve) => setTimeout(resolve, 20));
			expect(signal.aborted).toBe(false);
		},
	);
});

describe('a connection', () => {
	it('ends with its deadline', () => {
		const execution = new AbortController();
		const { signal } = openConnection(startDeadline(600_000, execution.signal));
		expect(signal.aborted).toBe(false);
		execution.abort();
		expect(signal.aborted).toBe(true);
	});

	it('can be closed before, which leaves the deadline to others', () => {
		const deadline = startDeadline(600_000);
		const [one, other] = [openConnection(deadline), openConnection(deadline)];
		one.close();
		expect([one, other, deadline].map(({ signal }) => signal.aborted)).toEqual([
			true,
			false,
			false,
		]);
	});
});
