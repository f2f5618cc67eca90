import { hasMembers } from '../shared/json';
import { JwtAuthError } from '../errors';

import { nextLink } from './linkHeader';
import { getPath } from '../shared/objectPath';
import { sha256 } from '../shared/hash';
import { webUrl } from '../shared/url';

/** One parameter that changes from page to page. */
export interface PageParameter {
	/** Where it goes. */
	type: 'qs' | 'headers' | 'body';
	/** Name of the parameter; for a body a path such as `page.number`. */
	name: string;
	/** `pageNumber` counts by one, `offset` by `step`; `cursor` comes from the previous page. */
	valueFrom: 'cursor' | 'offset' | 'pageNumber';
	/** First value of a page number or offset. */
	start: number;
	/** How much an offset grows per page. */
	step: number;
	/** Path of the cursor in the previous page's JSON. */
	cursorField: string;
}

/** How to get from one page to the next. */
export type PageRule =
	| { mode: 'responseContainsNextURL'; source: 'field' | 'linkHeader'; field: string }
	| { mode: 'updateAParameterInEachRequest'; parameters: PageParameter[] };

/** When there are no more pages. */
export interface PageCompletion {
	when: 'fieldHasValue' | 'receiveSpecificStatusCodes' | 'responseIsEmpty';
	statusCodes: number[];
	/** Path of the field for `fieldHasValue`. */
	field: string;
	/** Value that ends it, as text; empty for missing, null, false, zero and empty. */
	value: string;
	/** Path of the list for `responseIsEmpty`; empty for the body itself. */
	itemsField: string;
}

/** What one page sets in the request. */
export interface PageChanges {
	/** Takes the place of the URL and of query parameters it has itself. */
	url?: string;
	query?: Record<string, unknown>;
	headers?: Record<string, string>;
	/** Paths of fields of a JSON or form body to values. */
	body?: Record<string, unknown>;
}

/** A page that has arrived. */
export interface Page {
	statusCode: number;
	headers: Record<string, unknown>;
	/** Parsed JSON, or the text. */
	body: unknown;
	/** URL it came from. */
	url: string;
}

/** The error for settings of Pagination that cannot be used, or an answer that does not fit them. */
export function paginationError(message: string, hint?: string): JwtAuthError {
	return new JwtAuthError('PAGINATION_INVALID', message, { hint });
}

function isNothing(value: unknown): boolean {
	return hasMembers(value) ? Object.keys(value).length === 0 : !value;
}

/** Whether a page is the last one. */
export function isLastPage(completion: PageCompletion, page: Page): boolean {
	switch (completion.when) {
		case 'responseIsEmpty':
			return isNothing(getPath(page.body, completion.itemsField));
		case 'receiveSpecificStatusCodes':
			return completion.statusCodes.includes(page.statusCode);
		case 'fieldHasValue': {
			const value = getPath(page.body, completion.field);
			return completion.value === '' ? isNothing(value) : String(value) === completion.value;
		}
		default:
			throw paginationError('Pagination Complete When has no valid choice.');
	}
}

function parameterValue(
	parameter: PageParameter,
	index: number,
	previous: Page | undefined,
): string | number | undefined {
	switch (parameter.valueFrom) {
		case 'pageNumber':
			return parameter.start + index;
		case 'offset':
			return parameter.start + index * parameter.step;
		case 'cursor': {
			const cursor = getPath(previous?.body, parameter.cursorField);
			return typeof cursor === 'string' || typeof cursor === 'number' ? cursor : undefined;
		}
		default:
			throw paginationError('A pagination parameter has no valid source.');
	}
}

function parameterChanges(
	parameters: readonly PageParameter[],
	index: number,
	previous: Page | undefined,
): PageChanges | undefined {
	const changes: PageChanges = {};
	for (const parameter of parameters) {
		const { type, name } = parameter;
		const value = parameterValue(parameter, index, previous);
		if (value === undefined || value === '') {
			if (previous) return undefined;
			continue;
		}
		if (type === 'headers') changes.headers = { ...changes.headers, [name]: String(value) };
		else if (type === 'body') changes.body = { ...changes.body, [name]: value };
		else changes.query = { ...changes.query, [name]: value };
	}
	return changes;
}

/**
 * Says what the request of a page changes.
 *
 * @param index of the page, from 0
 * @param previous the page before it; undefined for the first
 * @returns undefined when the previous page names no next one
 * @throws {@link JwtAuthError} `PAGINATION_INVALID` for a next URL that is none
 */
export function pageChanges(
	rule: PageRule,
	index: number,
	previous: Page | undefined,
): PageChanges | undefined {
	if (rule.mode === 'updateAParameterInEachRequest') {
		return parameterChanges(rule.parameters, index, previous);
	}
	if (!previous) return {};
	const next =
		rule.source === 'linkHeader'
			? nextLink(previous.headers.link)
			: getPath(previous.body, rule.field);
	if (isNothing(next)) return undefined;
	const url = webUrl(String(next), previous.url);
	if (!url) throw paginationError('The next page has no valid address.');
	return { url: url.href };
}

/** Same answers in a row after which pagination is stopped. */
const SAME_ANSWERS = 3;

/** Stops a pagination that goes in circles. */
export class LoopGuard {
	private readonly urls = new Set<string>();

	private lastBody = '';

	private same = 0;

	/**
	 * Looks at each page as it arrives.
	 *
	 * @param raw the page's bytes
	 * @param nextUrl address the page names for the next one, if it names one
	 * @throws {@link JwtAuthError} `PAGINATION_LOOP` for the third equal page in a row, or a next
	 *   address that was fetched before
	 */
	check(raw: Buffer, url: string, nextUrl: string | undefined): void {
		const body = sha256(raw, 'base64');
		this.same = body === this.lastBody ? this.same + 1 : 1;
		this.lastBody = body;
		this.urls.add(url);
		if (this.same >= SAME_ANSWERS) {
			throw new JwtAuthError(
				'PAGINATION_LOOP',
				`The API gave the same page ${SAME_ANSWERS} times in a row, so no more were asked for.`,
			);
		}
		if (nextUrl !== undefined && this.urls.has(nextUrl)) {
			throw new JwtAuthError('PAGINATION_LOOP', 'The API names a page that was fetched before.');
		}
	}
}
