import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { routeItems } from '../../../nodes/common/routeItems';

/** Stands in for n8n's execution context, of which the loop needs three methods. */
function context(count: number, continueOnFail: boolean): IExecuteFunctions {
	return {
		getInputData: () => Array.from({ length: count }, (_, index) => ({ json: { index } })),
		continueOnFail: () => continueOnFail,
		getNode: (): INode => ({
			id: '1',
			name: 'Test Node',
			type: 'test',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		}),
	} as unknown as IExecuteFunctions;
}

const options = { outputs: 2, failures: 1, concurrency: 4 };

describe('routeItems', () => {
	it('sends each item out where its operation says, in order and linked', async () => {
		const [even, odd] = await routeItems(context(10, false), options, async (index) => {
			await new Promise((resolve) => setTimeout(resolve, (index * 3) % 5));
			return { output: index % 2, items: [{ json: { index } }] };
		});
		expect(even?.map(({ json }) => json.index)).toEqual([0, 2, 4, 6, 8]);
		expect(odd?.map(({ pairedItem }) => pairedItem)).toEqual(
			[1, 3, 5, 7, 9].map((item) => ({ item })),
		);
	});

	it('sends failed items out where failures go', async () => {
		const [good, bad] = await routeItems(context(3, true), options, async (index) => {
			if (index === 1) throw new Error('no');
			return await Promise.resolve({ output: 0, items: [{ json: { index } }] });
		});
		expect(good?.map(({ json }) => json.index)).toEqual([0, 2]);
		expect(bad).toEqual([{ json: { error: 'no' }, pairedItem: { item: 1 } }]);
	});
});
