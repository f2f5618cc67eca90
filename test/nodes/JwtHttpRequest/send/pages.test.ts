import type { RequestParts } from '../../../../core/http/requestParts';
import type { Pagination } from '../../../../nodes/JwtHttpRequest/read/paginationOptions';
import { readPagination } from '../../../../nodes/JwtHttpRequest/read/paginationOptions';
import { sendPages } from '../../../../nodes/JwtHttpRequest/send/pages';
import { standIn } from '../../support/standIn';
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
	const { context } = standIn({ parameters: [{ options: { pagination: { pagination: form } } }] });
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

/** Fetches pages along what an API answers to each URL; the URLs asked for, in order. */
async function crawl(
	form: Record<string, unknown>,
	answers: Record<
		string,
		{ body?: unknown; headers?: Record<string, string>; statusCode?: number }
	>,
) {
	const { sender, requests } = senderTo(({ url }) => {
		const { body = {}, headers = {}, statusCode } = answers[url] ?? { statusCode: 404 };
		const type = { 'content-type': 'application/json' };
		return { statusCode, headers: { ...type, ...headers }, body: JSON.stringify(body) };
	});
	let delivered = 0;
	const outcome: unknown = await sendPages(sender, parts, pagination(form), () => {
		delivered += 1;
	}).catch((error: unknown) => error);
	return { urls: requests.map(({ url }) => url), delivered, outcome };
}

const START = 'https://api.test/items';
const byUrl = {
	paginationMode: 'responseContainsNextURL',
	nextUrlField: 'next',
	paginationCompleteWhen: 'responseIsEmpty',
	completeField: '',
};

describe('the next page', () => {
	it('is where the answer says, relative addresses included, and ends where it says nothing', async () => {
		const { urls, delivered, outcome } = await crawl(byUrl, {
			[START]: { body: { a: 1, next: '/items?after=1' } },
			[`${START}?after=1`]: { body: { a: 2, next: null } },
		});
		expect({ urls, delivered, outcome }).toEqual({
			urls: [START, `${START}?after=1`],
			delivered: 2,
			outcome: undefined,
		});
	});

	it('is where the Link header says', async () => {
		const { urls } = await crawl(
			{ ...byUrl, nextUrlSource: 'linkHeader' },
			{
				[START]: { body: [1], headers: { link: '</items?page=2>; rel="next"' } },
				[`${START}?page=2`]: { body: [2] },
			},
		);
		expect(urls).toEqual([START, `${START}?page=2`]);
	});

	it('is after the cursor of the one before', async () => {
		const cursor = { name: 'after', valueFrom: 'cursor', cursorField: 'meta.cursor' };
		const form = {
			parameters: { parameters: [cursor] },
			paginationCompleteWhen: 'responseIsEmpty',
		};
		const { urls } = await crawl(form, {
			[START]: { body: { a: 1, meta: { cursor: 'x' } } },
			[`${START}?after=x`]: { body: { a: 2, meta: {} } },
		});
		expect(urls).toEqual([START, `${START}?after=x`]);
	});

	it('on another origin is not asked for, where it would get the token', async () => {
		const { urls, outcome } = await crawl(byUrl, {
			[START]: { body: { a: 1, next: 'https://evil.test/items' } },
		});
		expect(urls).toEqual([START]);
		expect(outcome).toMatchObject({ code: 'DOMAIN_NOT_ALLOWED' });
	});

	it('that was there before is an error', async () => {
		const { outcome } = await crawl(byUrl, { [START]: { body: { a: 1, next: START } } });
		expect(outcome).toMatchObject({ code: 'PAGINATION_LOOP' });
	});
});

describe('a status', () => {
	it('that ends the pages is not delivered, and no error', async () => {
		const form = {
			paginationCompleteWhen: 'receiveSpecificStatusCodes',
			statusCodesWhenComplete: '404',
		};
		const { urls, delivered, outcome } = await crawl(form, { [`${START}?page=1`]: { body: [1] } });
		expect({ count: urls.length, delivered, outcome }).toEqual({
			count: 2,
			delivered: 1,
			outcome: undefined,
		});
	});

	it('that was not expected is an error, with the pages before it delivered', async () => {
		const { delivered, outcome } = await crawl(
			{},
			{ [`${START}?page=1`]: { body: { last: false } } },
		);
		expect(delivered).toBe(1);
		expect(outcome).toMatchObject({ httpCode: '404' });
	});
});
