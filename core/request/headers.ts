import { hasMembers } from '../shared/json';

/** Headers of a request in n8n's shape: names of any case to values. */
export type RequestHeaders = Record<string, unknown>;

/** Copies the headers of a request; none when it has none. */
export function copyHeaders(headers: unknown): RequestHeaders {
	return hasMembers(headers) ? { ...headers } : {};
}

/**
 * Looks a header up, whatever its capitalisation.
 *
 * @param lowerCaseName field name in lower case, RFC 9110 §5.1
 * @returns the value axios sends: the last one that is a text; undefined for none
 */
export function findHeader(headers: RequestHeaders, lowerCaseName: string): string | undefined {
	return Object.entries(headers)
		.filter(([name]) => name.toLowerCase() === lowerCaseName)
		.map(([, value]) => value)
		.findLast((value) => typeof value === 'string');
}

/** Whether there is such a header, whatever its capitalisation. */
export function hasHeader(headers: RequestHeaders, lowerCaseName: string): boolean {
	return Object.keys(headers).some((name) => name.toLowerCase() === lowerCaseName);
}

/** Copies the headers whose names, in lower case, are to be kept. */
export function keepHeaders(
	headers: RequestHeaders,
	keep: (lowerCaseName: string) => boolean,
): RequestHeaders {
	return Object.fromEntries(Object.entries(headers).filter(([name]) => keep(name.toLowerCase())));
}

/** Takes headers out, whatever their capitalisation; returns a copy. */
export function withoutHeaders(headers: RequestHeaders, lowerCaseNames: string[]): RequestHeaders {
	return keepHeaders(headers, (name) => !lowerCaseNames.includes(name));
}
