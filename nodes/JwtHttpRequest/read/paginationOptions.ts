import type { IExecuteFunctions } from 'n8n-workflow';
import { FieldValue, type Form } from '../../../core/settings/fieldValue';
import {
	paginationError,
	type PageCompletion,
	type PageParameter,
	type PageRule,
} from '../../../core/http/pagination';
import { HEADER_NAME } from '../../../core/request/placement';
import { optionEntry, optionsForm } from './options';

/** How the pages of one item are fetched. */
export interface Pagination {
	rule: PageRule;
	completion: PageCompletion;
	maxPages: number;
	/** Whether the person chose `maxPages`. */
	isLimited: boolean;
	/** Milliseconds between two pages. */
	interval: number;
}

const PAGINATION_MODES = ['responseContainsNextURL', 'updateAParameterInEachRequest'] as const;

/** Pages after which a pagination without a limit ends with an error. */
const SAFETY_LIMIT = 10_000;

function readParameters(pagination: Form): PageParameter[] {
	const rows = pagination.field('parameters', 'Parameters').section();
	return rows
		.field('parameters', 'Parameters')
		.rows()
		.map((row, index) => {
			const parameterError = (what: string) =>
				paginationError(`Parameter ${index + 1} of Pagination has no ${what}.`);
			const valueFrom = row
				.field('valueFrom', 'Value')
				.choice(['cursor', 'offset', 'pageNumber'], 'pageNumber');
			const parameter: PageParameter = {
				type: row.field('type', 'Type').choice(['body', 'headers', 'qs'], 'qs'),
				name: row.field('name', 'Name').text('').trim(),
				valueFrom,
				start: row.field('start', 'Start').number({ fallback: valueFrom === 'offset' ? 0 : 1 }),
				step: row.field('step', 'Step').number({ fallback: 100 }),
				cursorField: row.field('cursorField', 'Cursor Field').text('').trim(),
			};
			if (parameter.name === '') throw parameterError('name');
			if (parameter.type === 'headers' && !HEADER_NAME.test(parameter.name)) {
				throw parameterError('name that a header can have');
			}
			if (valueFrom === 'cursor' && parameter.cursorField === '')
				throw parameterError('cursor field');
			return parameter;
		});
}

function readRule(pagination: Form, mode: PageRule['mode']): PageRule {
	if (mode === 'responseContainsNextURL') {
		const source = pagination
			.field('nextUrlSource', 'Next URL In')
			.choice(['field', 'linkHeader'], 'field');
		const field = pagination.field('nextUrlField', 'Next URL Field').text('').trim();
		if (source === 'field' && field === '')
			throw paginationError('Pagination has no Next URL Field.');
		return { mode, source, field };
	}
	const parameters = readParameters(pagination);
	if (parameters.length === 0) throw paginationError('Pagination has no parameter to update.');
	return { mode, parameters };
}

function readStatusCodes(field: FieldValue): number[] {
	return field.list().map((text) => {
		const status = new FieldValue(field.label, text);
		return status.wholeNumber({ fallback: 0, least: 100, most: 599 });
	});
}

function readCompletion(pagination: Form): PageCompletion {
	const when = pagination
		.field('paginationCompleteWhen', 'Pagination Complete When')
		.choice(['fieldHasValue', 'receiveSpecificStatusCodes', 'responseIsEmpty'], 'responseIsEmpty');
	const field = pagination.field('completeField', 'Complete Field').text('').trim();
	const statusCodes = readStatusCodes(
		pagination.field('statusCodesWhenComplete', 'Status Code(s) When Complete'),
	);
	if (when === 'fieldHasValue' && field === '') {
		throw paginationError('Pagination has no Complete Field.');
	}
	if (when === 'receiveSpecificStatusCodes' && statusCodes.length === 0) {
		throw paginationError('Pagination has no status code that ends it.');
	}
	return {
		when,
		statusCodes,
		field,
		value: pagination.field('completeValue', 'Complete Value').content('').trim(),
		itemsField: pagination.field('itemsField', 'Items Field').text('').trim(),
	};
}

/**
 * Reads Pagination for one item.
 *
 * @returns undefined when there is none
 * @throws {@link JwtAuthError} `DURATION_INVALID`, `FIELD_INVALID`, `PAGINATION_INVALID`
 */
export function readPagination(
	context: IExecuteFunctions,
	itemIndex: number,
): Pagination | undefined {
	const entry = optionEntry(optionsForm(context, itemIndex), 'pagination', 'Pagination');
	if (!entry.isThere) return undefined;
	const pagination = entry.section();
	const mode = pagination
		.field('paginationMode', 'Pagination Mode')
		.choice([...PAGINATION_MODES, 'off'], 'updateAParameterInEachRequest');
	if (mode === 'off') return undefined;
	const limited = pagination.field('limitPagesFetched', 'Limit Pages Fetched').boolean(false);
	const most = pagination
		.field('maxRequests', 'Max Pages')
		.wholeNumber({ fallback: 100, least: 1 });
	return {
		rule: readRule(pagination, mode),
		completion: readCompletion(pagination),
		maxPages: limited ? most : SAFETY_LIMIT,
		isLimited: limited,
		interval: pagination
			.field('requestInterval', 'Interval Between Requests (Ms)')
			.milliseconds({ fallback: 0 }),
	};
}
