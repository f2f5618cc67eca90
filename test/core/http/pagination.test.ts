import {
	isLastPage,
	LoopGuard,
	pageChanges,
	type PageCompletion,
	type PageParameter,
} from '../../../core/http/pagination';
import { expectCode } from '../support/expectCode';

const page = (body: unknown, headers = {}, statusCode = 200) => ({
	statusCode,
	headers,
	body,
	url: 'https://api.example.com/items?page=1',
});
const parameter = (changes: Partial<PageParameter>): PageParameter => ({
	type: 'qs',
	name: 'p',
	valueFrom: 'pageNumber',
	start: 1,
	step: 100,
	cursorField: '',
	...changes,
});
const updating = (...parameters: PageParameter[]) => ({
	mode: 'updateAParameterInEachRequest' as const,
	parameters,
});

describe('from one page to the next', () => {
	it('counts pages and offsets, in query, header and body', () => {
		const rule = updating(
			parameter({ name: 'page', start: 0 }),
			parameter({ type: 'headers', name: 'x-offset', valueFrom: 'offset', start: 10, step: 50 }),
			parameter({ type: 'body', name: 'a.b' }),
		);
		expect(pageChanges(rule, 2, page({}))).toEqual({
			query: { page: 2 },
			headers: { 'x-offset': '110' },
			body: { 'a.b': 3 },
		});
	});

	it('sends a cursor from the second page on, and ends when there is none', () => {
		const rule = updating(parameter({ valueFrom: 'cursor', cursorField: 'meta["next cursor"]' }));
		expect(pageChanges(rule, 0, undefined)).toEqual({});
		expect(pageChanges(rule, 1, page({ meta: { 'next cursor': 'c1' } }))).toEqual({
			query: { p: 'c1' },
		});
		expect(pageChanges(rule, 1, page({ meta: { 'next cursor': 42 } }))).toEqual({
			query: { p: 42 },
		});
		for (const cursor of [null, '', undefined, {}, true]) {
			expect(pageChanges(rule, 1, page({ meta: { 'next cursor': cursor } }))).toBeUndefined();
		}
	});

	it('takes the next URL from a field or the Link header, relative ones too', () => {
		const field = { mode: 'responseContainsNextURL', source: 'field', field: 'next' } as const;
		expect(pageChanges(field, 1, page({ next: '?page=2' }))).toEqual({
			url: 'https://api.example.com/items?page=2',
		});
		expect(pageChanges(field, 1, page({ next: null }))).toBeUndefined();
		const error = expectCode('PAGINATION_INVALID', () =>
			pageChanges(field, 1, page({ next: 'https://[' })),
		);
		expect(error.message).toBe('The next page has no valid address.');
		expect(pageChanges(field, 0, undefined)).toEqual({});
		const header = { ...field, source: 'linkHeader' } as const;
		const link = '</items?page=1>; rel="first", </items?page=2>; title="a, b"; rel="x next"';
		expect(pageChanges(header, 1, page([], { link }))).toEqual({
			url: 'https://api.example.com/items?page=2',
		});
		expect(pageChanges(header, 1, page([]))).toBeUndefined();
	});
});

describe('the last page', () => {
	const completion = (changes: Partial<PageCompletion>): PageCompletion => ({
		when: 'responseIsEmpty',
		statusCodes: [],
		field: '',
		value: '',
		itemsField: '',
		...changes,
	});
	it.each<[Partial<PageCompletion>, unknown, number, boolean]>([
		[{}, [], 200, true],
		[{}, {}, 200, true],
		[{}, '', 200, true],
		[{}, [1], 200, false],
		[{ itemsField: 'data.items' }, { data: { items: [] } }, 200, true],
		[{ itemsField: 'data.items' }, { data: { items: [0] } }, 200, false],
		[{ itemsField: 'data.items' }, {}, 200, true],
		[{ when: 'receiveSpecificStatusCodes', statusCodes: [404] }, [], 404, true],
		[{ when: 'receiveSpecificStatusCodes', statusCodes: [404] }, [], 200, false],
		[{ when: 'fieldHasValue', field: 'more', value: 'false' }, { more: false }, 200, true],
		[{ when: 'fieldHasValue', field: 'more', value: 'false' }, { more: true }, 200, false],
		[{ when: 'fieldHasValue', field: 'next' }, { next: null }, 200, true],
		[{ when: 'fieldHasValue', field: 'next' }, { next: 'x' }, 200, false],
		[{ when: 'fieldHasValue', field: 'more', value: 'no' }, {}, 200, false],
	])('%j of %j with status %s: %s', (how, body, statusCode, expected) => {
		expect(isLastPage(completion(how), page(body, {}, statusCode))).toBe(expected);
	});
});

it('settings with a choice that there is not are an error that names the setting', () => {
	const when = 'never' as 'responseIsEmpty';
	const completion = { when, statusCodes: [], field: '', value: '', itemsField: '' };
	expect(expectCode('PAGINATION_INVALID', () => isLastPage(completion, page({}))).message).toBe(
		'Pagination Complete When has no valid choice.',
	);
	const rule = updating(parameter({ valueFrom: 'nowhere' as 'cursor' }));
	expect(expectCode('PAGINATION_INVALID', () => pageChanges(rule, 1, page({}))).message).toBe(
		'A pagination parameter has no valid source.',
	);
});

describe('going in circles', () => {
	const bytes = (text: string) => Buffer.from(text);

	it('is seen in three equal pages in a row, not in two', () => {
		const guard = new LoopGuard();
		guard.check(bytes('a'), 'https://a/1', undefined);
		guard.check(bytes('a'), 'https://a/2', undefined);
		guard.check(bytes('b'), 'https://a/3', undefined);
		guard.check(bytes('a'), 'https://a/4', undefined);
		guard.check(bytes('a'), 'https://a/5', undefined);
		const error = expectCode('PAGINATION_LOOP', () =>
			guard.check(bytes('a'), 'https://a/6', undefined),
		);
		expect(error.message).toContain('gave the same page 3 times in a row');
	});

	it('is not seen in pages that name no next one, whatever was fetched', () => {
		const guard = new LoopGuard();
		guard.check(bytes('a'), 'https://a/1', undefined);
		expect(() => guard.check(bytes('b'), 'https://a/1', undefined)).not.toThrow();
	});

	it('is seen in an address that was fetched before', () => {
		const guard = new LoopGuard();
		guard.check(bytes('a'), 'https://a/1', 'https://a/2');
		const error = expectCode('PAGINATION_LOOP', () =>
			guard.check(bytes('b'), 'https://a/2', 'https://a/1'),
		);
		expect(error.message).toBe('The API names a page that was fetched before.');
	});
});
