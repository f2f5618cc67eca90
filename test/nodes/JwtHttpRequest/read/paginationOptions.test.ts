import { readPagination } from '../../../../nodes/JwtHttpRequest/read/paginationOptions';
import { expectCode } from '../../../core/support/expectCode';
import { standIn } from '../../support/standIn';

const byPage = { parameters: { parameters: [{ name: 'page' }] } };

const read = (pagination?: unknown) =>
	readPagination(
		standIn({ parameters: [{ options: pagination === undefined ? {} : { pagination } }] }).context,
		0,
	);
const entry = (fields: Record<string, unknown>) => read({ pagination: fields });

it('is none where it was not added, or is off', () => {
	expect(read()).toBeUndefined();
	expect(read({})).toBeUndefined();
	expect(entry({ paginationMode: 'off' })).toBeUndefined();
});

it('counts pages in the query from 1 until an answer is empty, where no more is said', () => {
	expect(entry(byPage)).toEqual({
		rule: {
			mode: 'updateAParameterInEachRequest',
			parameters: [
				{ type: 'qs', name: 'page', valueFrom: 'pageNumber', start: 1, step: 100, cursorField: '' },
			],
		},
		completion: { when: 'responseIsEmpty', statusCodes: [], field: '', value: '', itemsField: '' },
		maxPages: 10_000,
		isLimited: false,
		interval: 0,
	});
});

it('counts offsets from 0', () => {
	const parameters = { parameters: [{ name: 'skip', valueFrom: 'offset', step: 50 }] };
	expect(entry({ parameters })?.rule).toMatchObject({ parameters: [{ start: 0, step: 50 }] });
});

it('goes on at the address that an answer names', () => {
	const mode = 'responseContainsNextURL';
	expect(entry({ paginationMode: mode, nextUrlField: ' links.next ' })?.rule).toEqual({
		mode,
		source: 'field',
		field: 'links.next',
	});
	expect(entry({ paginationMode: mode, nextUrlSource: 'linkHeader' })?.rule).toMatchObject({
		source: 'linkHeader',
	});
});

it('ends as the person says', () => {
	const ends = (fields: Record<string, unknown>) => entry({ ...byPage, ...fields })?.completion;
	const when = 'receiveSpecificStatusCodes';
	expect(ends({ paginationCompleteWhen: when, statusCodesWhenComplete: '404, 410' })).toMatchObject(
		{ when, statusCodes: [404, 410] },
	);
	const byField = { paginationCompleteWhen: 'fieldHasValue', completeField: 'more' };
	expect(ends({ ...byField, completeValue: false })).toMatchObject({
		field: 'more',
		value: 'false',
	});
});

it('has a limit only where one was chosen', () => {
	expect(entry({ ...byPage, maxRequests: 3 })).toMatchObject({
		maxPages: 10_000,
		isLimited: false,
	});
	expect(entry({ ...byPage, maxRequests: 3, limitPagesFetched: true })).toMatchObject({
		maxPages: 3,
		isLimited: true,
	});
});

const cursor = { name: 'after', valueFrom: 'cursor' };
it.each([
	['PAGINATION_INVALID', 'no parameter', {}],
	['PAGINATION_INVALID', 'Parameter 1 of Pagination has no name', { rows: [{ name: ' ' }] }],
	[
		'PAGINATION_INVALID',
		'Parameter 2',
		{ rows: [{ name: 'a' }, { name: 'b c', type: 'headers' }] },
	],
	['PAGINATION_INVALID', 'no cursor field', { rows: [cursor] }],
	['PAGINATION_INVALID', 'Next URL Field', { paginationMode: 'responseContainsNextURL' }],
	[
		'PAGINATION_INVALID',
		'Complete Field',
		{ rows: [{ name: 'a' }], paginationCompleteWhen: 'fieldHasValue' },
	],
	[
		'PAGINATION_INVALID',
		'status code',
		{ rows: [{ name: 'a' }], paginationCompleteWhen: 'receiveSpecificStatusCodes' },
	],
	['FIELD_INVALID', 'Status Code', { rows: [{ name: 'a' }], statusCodesWhenComplete: '99' }],
	['FIELD_INVALID', 'Max Pages', { rows: [{ name: 'a' }], maxRequests: 0 }],
	['DURATION_INVALID', 'Interval', { rows: [{ name: 'a' }], requestInterval: -1 }],
	['FIELD_INVALID', 'Pagination Mode', { paginationMode: 'all' }],
] as const)(
	'is refused with %s: %s',
	(code, message, { rows, ...fields }: { rows?: unknown; [field: string]: unknown }) => {
		const parameters = rows === undefined ? {} : { parameters: { parameters: rows } };
		expect(expectCode(code, () => entry({ ...parameters, ...fields })).message).toContain(message);
	},
);
