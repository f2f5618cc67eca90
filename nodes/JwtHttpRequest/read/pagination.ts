import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import {
	invalidPagination,
	type PageCompletion,
	type PageParameter,
	type PageRule,
} from '../../../core/http/pagination';

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

/** Pages after which a pagination without a limit ends with an error. */
const SAFETY_LIMIT = 10_000;

function text(value: unknown): string {
	return String(value ?? '').trim();
}

function readParameters({ parameters }: IDataObject): PageParameter[] {
	const rows = (parameters as { parameters?: IDataObject[] } | undefined)?.parameters ?? [];
	return rows.map((row, index) => {
		const invalid = (what: string) =>
			invalidPagination(`Parameter ${index + 1} of Pagination has no ${what}.`);
		const parameter: PageParameter = {
			type: (row.type ?? 'qs') as PageParameter['type'],
			name: text(row.name),
			valueFrom: (row.valueFrom ?? 'pageNumber') as PageParameter['valueFrom'],
			start: Number(row.start ?? (row.valueFrom === 'offset' ? 0 : 1)),
			step: Number(row.step ?? 100),
			cursorField: text(row.cursorField),
		};
		if (parameter.name === '') invalid('name');
		if (parameter.valueFrom === 'cursor' && parameter.cursorField === '') invalid('cursor field');
		return parameter;
	});
}

function readRule(pagination: IDataObject): PageRule {
	if (pagination.paginationMode === 'responseContainsNextURL') {
		const source = pagination.nextUrlSource === 'linkHeader' ? 'linkHeader' : 'field';
		const field = text(pagination.nextUrlField);
		if (source === 'field' && field === '') invalidPagination('Pagination has no Next URL Field.');
		return { mode: 'responseContainsNextURL', source, field };
	}
	const parameters = readParameters(pagination);
	if (parameters.length === 0) invalidPagination('Pagination has no parameter to update.');
	return { mode: 'updateAParameterInEachRequest', parameters };
}

function readCompletion(pagination: IDataObject): PageCompletion {
	const when = (pagination.paginationCompleteWhen ?? 'responseIsEmpty') as PageCompletion['when'];
	const field = text(pagination.completeField);
	const statusCodes = text(pagination.statusCodesWhenComplete)
		.split(',')
		.map((code) => Number(code.trim()))
		.filter((code) => Number.isInteger(code) && code > 0);
	if (when === 'fieldHasValue' && field === '')
		invalidPagination('Pagination has no Complete Field.');
	if (when === 'receiveSpecificStatusCodes' && statusCodes.length === 0) {
		invalidPagination('Pagination has no status code that ends it.');
	}
	return {
		when,
		statusCodes,
		field,
		value: text(pagination.completeValue),
		itemsField: text(pagination.itemsField),
	};
}

/**
 * Reads Pagination for one item.
 *
 * @returns undefined when there is none
 * @throws {@link JwtAuthError} `PAGINATION_INVALID`
 */
export function readPagination(
	context: IExecuteFunctions,
	itemIndex: number,
): Pagination | undefined {
	const pagination = context.getNodeParameter(
		'options.pagination.pagination',
		itemIndex,
		null,
	) as IDataObject | null;
	if (!pagination || pagination.paginationMode === 'off') return undefined;
	const limit = Math.trunc(Number(pagination.maxRequests ?? 100));
	const isLimited = pagination.limitPagesFetched === true && limit > 0;
	return {
		rule: readRule(pagination),
		completion: readCompletion(pagination),
		maxPages: isLimited ? limit : SAFETY_LIMIT,
		isLimited,
		interval: Math.max(0, Number(pagination.requestInterval ?? 0)),
	};
}
