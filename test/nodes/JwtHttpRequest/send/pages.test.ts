import type { RequestParts } from '../../../../core/http/requestParts';
import type { Pagination } from '../../../../nodes/JwtHttpRequest/read/pagination';
import { readPagination } from '../../../../nodes/JwtHttpRequest/read/pagination';
import { sendPages } from '../../../../nodes/JwtHttpRequest/send/pages';
import { senderTo } from '../support/sender';

const parts: RequestParts = {
	method: 'GET',
	url: 'https://api.test/items',
	query: {},
	arrayFormat: 'indices',
	headers: {},
	body: { kind: 'none' },
};

/** Pagination by a page number, as the form gives it. */
function pagination(fields: Record<string, unknown> = {}): Pagination {
	const form = {
		paginationMode: 'updateAParameterInEachRequest',
		parameters: { parameters: [{ type: 'qs', name: 'page', valueFrom: 'pageNumber' }] },
		paginationCompleteWhen: 'fieldHasValue',
		completeField: 'last',
		completeValue: 'true',
		...fields,
	};
	const parameters: Record<string, unknown> = { options: { pagination: { pagination: form } } };
	const context = {
		getNodeParameter: (name: string) => parameters[name],
	} as unknown as Parameters<typeof readPagination>[0];
	const read = readPagination(context, 0);
	if (!read) throw new Error('No pagination');
	return read;
}

/** Fetches pages of an API that has so many, and says how many were delivered. */
async function fetchPages(pages: number, form = {}): Promise<number> {
	const { sender } = senderTo(({ url }) => {
		const page = Number(new URL(url).searchParams.get('page'));
		const body = JSON.stringify({ page, last: page >= pages });
		return { headers: { 'content-type': 'application/json' }, body };
	});
	let delivered = 0;
	await sendPages(sender, parts, pagination(form), () => {
		delivered += 1;
	});
	return delivered;
}

describe('pages', () => {
	it('come until the last', async () => {
		expect(await fetchPages(7)).toBe(7);
	});

	it('come up to the number that was chosen, and that is no error', async () => {
		expect(await fetchPages(7, { limitPagesFetched: true, maxRequests: 3 })).toBe(3);
	});

	it('beyond ten thousand are an error where no number was chosen', async () => {
		await expect(fetchPages(10_001)).rejects.toMatchObject({ code: 'PAGINATION_LIMIT' });
	});

	it('of exactly ten thousand are all there are', async () => {
		expect(await fetchPages(10_000)).toBe(10_000);
	});

	it('beyond ten thousand come where that was chosen', async () => {
		const form = { limitPagesFetched: true, maxRequests: 20_000 };
		expect(await fetchPages(10_500, form)).toBe(10_500);
	});
});
