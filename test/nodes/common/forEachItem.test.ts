import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { JwtAuthError } from '../../../core/errors';
import { forEachItem } from '../../../nodes/common/forEachItem';

const node: INode = {
	id: '1',
	name: 'Test Node',
	type: 'n8n-nodes-jwt-auth.jwtSign',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** Stands in for n8n's execution context, of which the loop needs three methods. */
function context(count: number, continueOnFail: boolean): IExecuteFunctions {
	return {
		getInputData: () => Array.from({ length: count }, (_, index) => ({ json: { index } })),
		continueOnFail: () => continueOnFail,
		getNode: () => node,
	} as unknown as IExecuteFunctions;
}

const pause = async (milliseconds: number) =>
	await new Promise((resolve) => setTimeout(resolve, milliseconds));

const keyError = new JwtAuthError('KEY_MALFORMED', 'The key is damaged.', {
	hint: 'Paste it again.',
});

describe('forEachItem', () => {
	it('keeps item order and links, whatever ends first', async () => {
		const output = await forEachItem(context(20, false), 5, async (index) => {
			await pause((index * 7) % 11);
			return index % 3 === 0 ? [{ json: { index } }, { json: { index } }] : [{ json: { index } }];
		});
		expect(output.map(({ json }) => json.index)).toEqual(
			Array.from({ length: 20 }, (_, index) => (index % 3 === 0 ? [index, index] : [index])).flat(),
		);
		expect(
			output.every(({ json, pairedItem }) => json.index === (pairedItem as { item: number }).item),
		).toBe(true);
	});

	it('has no more items under way than allowed', async () => {
		let underWay = 0;
		let most = 0;
		await forEachItem(context(50, false), 4, async () => {
			most = Math.max(most, ++underWay);
			await pause(1);
			underWay--;
			return [];
		});
		expect(most).toBe(4);
	});

	it('lets n8n do other work meanwhile, though no item ever waits', async () => {
		let isOver = false;
		const run = forEachItem(context(100, false), 4, async () => []).then(() => (isOver = true));
		let turns = 0;
		while (!isOver) {
			await new Promise((resolve) => setImmediate(resolve));
			turns += 1;
		}
		await run;
		expect(turns).toBeGreaterThanOrEqual(100 / 4);
	});

	it('begins items in a row for all that ended meanwhile', async () => {
		const log: string[] = [];
		await forEachItem(context(6, false), 3, async (index) => {
			log.push(`begins ${index}`);
			await Promise.resolve();
			log.push(`goes on with ${index}`);
			return [];
		});
		expect(log).toEqual([
			...['begins 0', 'begins 1', 'begins 2'],
			...['goes on with 0', 'goes on with 1', 'goes on with 2'],
			...['begins 3', 'begins 4', 'begins 5'],
			...['goes on with 3', 'goes on with 4', 'goes on with 5'],
		]);
	});

	it('stops at the first failing item and names it', async () => {
		const begun: number[] = [];
		const run = forEachItem(context(100, false), 2, async (index) => {
			begun.push(index);
			await pause(1);
			if (index === 3) throw keyError;
			return [];
		});
		const error: unknown = await run.catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({
			message: 'The key is damaged.',
			description: 'Paste it again. [KEY_MALFORMED]',
			context: { itemIndex: 3 },
		});
		expect(begun.length).toBeLessThan(10);
	});

	it('turns a failing item into an error item that n8n can route, and goes on', async () => {
		const output = await forEachItem(context(3, true), 2, async (index) => {
			if (index === 1) throw keyError;
			return [{ json: { index } }];
		});
		expect(output).toEqual([
			{ json: { index: 0 }, pairedItem: { item: 0 } },
			{
				json: { error: 'The key is damaged. Paste it again. [KEY_MALFORMED]' },
				pairedItem: { item: 1 },
			},
			{ json: { index: 2 }, pairedItem: { item: 2 } },
		]);
	});

	it('shows no token that a foreign error quotes', async () => {
		const [item] = await forEachItem(context(1, true), 1, async () => {
			throw new Error('refused eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl');
		});
		expect(item?.json.error).toBe('refused [token removed]');
	});

	it('does nothing for no items', async () => {
		expect(await forEachItem(context(0, false), 10, async () => [])).toEqual([]);
	});
});
