import { pause, startPace } from '../../../../nodes/JwtHttpRequest/send/pace';
import { standIn } from '../../support/standIn';

const waits: number[] = [];
let clock = 0;

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => {
		waits.push(milliseconds);
		clock += milliseconds;
		await Promise.resolve();
	},
}));

jest.mock('../../../../core/shared/monotonicClock', () => ({ monotonicClock: () => clock }));

const LONGEST = 2 ** 31 - 1;

beforeEach(() => {
	waits.length = 0;
	clock = 1_000_000;
});

it.each([
	[0, []],
	[-5, []],
	[1000, [1000]],
	[0.25, [1]],
	[1000.001, [1001]],
	[LONGEST, [LONGEST]],
	[LONGEST + 1, [LONGEST, 1]],
	[3 * LONGEST, [LONGEST, LONGEST, LONGEST]],
])('%d ms are waited for in parts that a timer keeps to', async (milliseconds, expected) => {
	await pause(standIn({}).context, milliseconds);
	expect(waits).toEqual(expected);
});

const paceOf = (options: Record<string, unknown>) =>
	startPace(standIn({ parameters: [{ options }] }).context);
const batching = (batch: Record<string, unknown>) => paceOf({ batching: { batch } });

describe('a run', () => {
	it('has ten requests under way and waits for nothing, unless said otherwise', async () => {
		const { concurrency, turn } = paceOf({});
		await turn(1000);
		expect([concurrency, waits]).toEqual([10, []]);
		expect(paceOf({ concurrency: 3 }).concurrency).toBe(3);
	});

	it('begins a batch the interval after the one before it began', async () => {
		const { turn } = batching({ batchSize: 2, batchInterval: 500 });
		for (const item of [0, 1, 2, 3, 4]) await turn(item);
		expect(waits).toEqual([500, 500]);
	});

	it('does not wait for a batch whose time has come', async () => {
		const { turn } = batching({ batchSize: 2, batchInterval: 500 });
		clock += 800;
		await turn(2);
		await turn(4);
		expect(waits).toEqual([200]);
	});

	it('has fifty items a batch and a second between them where Batching is there and empty', async () => {
		const { turn } = batching({});
		for (const item of [49, 50]) await turn(item);
		expect(waits).toEqual([1000]);
	});

	it('does not wait with -1 items a batch, and takes 0 for 1', async () => {
		await batching({ batchSize: -1 }).turn(500);
		expect(waits).toEqual([]);
		await batching({ batchSize: 0, batchInterval: 10 }).turn(1);
		expect(waits).toEqual([10]);
	});

	it.each([
		['FIELD_INVALID', { concurrency: 0 }],
		['FIELD_INVALID', { concurrency: 101 }],
		['DURATION_INVALID', { batching: { batch: { batchInterval: -1 } } }],
	])('fails with each of its items, by %s, where its pace is odd', async (code, options) => {
		const { turn } = paceOf(options);
		await expect(turn(0)).rejects.toMatchObject({ code });
		await expect(turn(1)).rejects.toMatchObject({ code });
	});
});
