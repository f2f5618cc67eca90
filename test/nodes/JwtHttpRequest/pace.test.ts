import type { IExecuteFunctions } from 'n8n-workflow';
import { pause } from '../../../nodes/JwtHttpRequest/pace';

const waits: number[] = [];

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => {
		waits.push(milliseconds);
		await Promise.resolve();
	},
}));

const LONGEST = 2 ** 31 - 1;

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
	waits.length = 0;
	await pause({} as IExecuteFunctions, milliseconds);
	expect(waits).toEqual(expected);
});
