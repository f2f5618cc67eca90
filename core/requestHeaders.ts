/** Headers of a request in n8n's shape: names of any case to values. */
export type RequestHeaders = Record<string, unknown>;

/** Copies the headers of a request; none when it has none. */
export function copyHeaders(headers: unknown): RequestHeaders {
	return typeof headers === 'object' && headers !== null
		? Object.fromEntries(Object.entries(headers))
		: {};
}

/**
 * Looks a header up, whatever its capitalisation.
 *
 * @param lowerCaseName field name in lower case, RFC 9110 §5.1
 * @returns the value axios sends: the last one that is a text; undefined for none
 */
export function findHeader(headers: RequestHeaders, lowerCaseName: string): string | undefined {
	const values = Object.entries(headers)
		.filter(([name]) => name.toLowerCase() === lowerCaseName)
		.map(([, value]) => value)
		.filter((value) => typeof value === 'string');
	return values.at(-1);
}

/** Takes headers out, whatever their capitalisation; returns a copy. */
export function withoutHeaders(headers: RequestHeaders, lowerCaseNames: string[]): RequestHeaders {
	return Object.fromEntries(
		Object.entries(headers).filter(([name]) => !lowerCaseNames.includes(name.toLowerCase())),
	);
}
