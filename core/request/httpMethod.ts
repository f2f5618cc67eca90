import { JwtAuthError } from '../errors';

/** Methods as they are registered: words, RFC 9110 §16.1. HTTP itself would allow `0` too. */
const METHOD = /^[A-Za-z][A-Za-z0-9-]{0,31}$/;

/**
 * Methods that no token goes with: CONNECT is for proxies, and the answer to TRACE is the request
 * with everything secret in it, RFC 9110 §9.3.6, §9.3.8.
 */
const REFUSED = ['CONNECT', 'TRACE'];

/**
 * Methods that do the same when they are done twice, RFC 9110 §9.2.2 and the IANA registry of
 * methods. Of any other nobody knows.
 */
const IDEMPOTENT = [
	...['COPY', 'DELETE', 'GET', 'HEAD', 'MKCOL', 'MOVE', 'OPTIONS', 'PROPFIND', 'PROPPATCH'],
	...['PUT', 'QUERY', 'REPORT', 'SEARCH'],
];

/**
 * Reads an HTTP method, which an expression or an imported command may have written in any
 * capitalisation. Methods beyond those of the form are let through.
 *
 * @param field what the person calls the field
 * @returns the method in capitals, as everything after this expects it
 * @throws {@link JwtAuthError} `FIELD_INVALID` for what is no method, CONNECT and TRACE
 */
export function readHttpMethod(text: string, field: string): string {
	const given = text.trim();
	// Looked at before it is capitalised, which makes ASCII of some other letters.
	const method = METHOD.test(given) ? given.toUpperCase() : '';
	if (method !== '' && !REFUSED.includes(method)) return method;
	throw new JwtAuthError(
		'FIELD_INVALID',
		method === ''
			? `${field} has to be an HTTP method.`
			: `${field} is ${method}, which no token is sent with.`,
		{ hint: 'Use a method such as GET, POST, PUT, PATCH or DELETE.' },
	);
}

/** Whether a request with this method may be sent again. @param method in capitals */
export function isIdempotent(method: string): boolean {
	return IDEMPOTENT.includes(method);
}
