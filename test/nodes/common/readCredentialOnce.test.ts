import type { IExecuteFunctions } from 'n8n-workflow';
import { readCredentialOnce } from '../../../nodes/common/readCredentialOnce';

/** An n8n that counts how often it is asked. */
function n8n(answer: (itemIndex: number) => object) {
	const asked: number[] = [];
	const getCredentials = async (_type: string, itemIndex: number) => {
		asked.push(itemIndex);
		return await Promise.resolve(answer(itemIndex));
	};
	return { asked, context: { getCredentials } as unknown as IExecuteFunctions };
}

const ITEMS = [0, 1, 2, 3];

describe('reading a credential for each item', () => {
	it('asks n8n once where nothing differs between items', async () => {
		const { asked, context } = n8n(() => ({ secret: 's', sameForEveryItem: true }));
		const read = (itemIndex: number) => readCredentialOnce(context, 'jwtSignApi', itemIndex);
		const data = await Promise.all(ITEMS.map(read));
		expect(asked).toEqual([0]);
		expect(data).toEqual(ITEMS.map(() => ({ secret: 's', sameForEveryItem: true })));
		expect(new Set(data).size).toBe(1);
	});

	it('asks for every item otherwise, and for none twice', async () => {
		const { asked, context } = n8n((itemIndex) => ({ secret: `s${itemIndex}` }));
		const read = (itemIndex: number) => readCredentialOnce(context, 'jwtSignApi', itemIndex);
		const data = await Promise.all(ITEMS.map(read));
		expect(asked).toEqual(ITEMS);
		expect(data).toEqual(ITEMS.map((itemIndex) => ({ secret: `s${itemIndex}` })));
	});

	it('one item whose expression fails does not fail the others', async () => {
		const { context } = n8n((itemIndex) => {
			if (itemIndex === 0) throw new Error('no such field');
			return { secret: `s${itemIndex}` };
		});
		const read = (itemIndex: number) => readCredentialOnce(context, 'jwtSignApi', itemIndex);
		const results = await Promise.allSettled(ITEMS.map(read));
		expect(results.map(({ status }) => status)).toEqual([
			'rejected',
			'fulfilled',
			'fulfilled',
			'fulfilled',
		]);
	});
});
