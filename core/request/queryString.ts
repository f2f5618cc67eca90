import { hasMembers } from '../shared/json';
import { JwtAuthError, type JwtAuthErrorCode } from '../errors';

/** Content type of a form, WHATWG URL §5.2. */
export const FORM_TYPE = 'application/x-www-form-urlencoded';

/** How a list is written: `a[0]=1&a[1]=2`, `a[]=1&a[]=2`, `a=1&a=2` or `a=1,2`. */
export type ArrayFormat = 'indices' | 'brackets' | 'repeat' | 'comma';

type Pair = [name: string, value: string];

interface FlattenOptions {
	/** Format of a list; `topLevel` is true for a list that is not inside another value. */
	arrayFormat: (list: unknown[], topLevel: boolean) => ArrayFormat;
	skipNull: boolean;
	/** Code for nesting beyond {@link MAXIMUM_DEPTH}, cyclic values included. */
	tooDeep: JwtAuthErrorCode;
}

const MAXIMUM_DEPTH = 64;

function flatten(value: unknown, name: string, depth: number, options: FlattenOptions): Pair[] {
	if (value === undefined || typeof value === 'function') return [];
	if (value === null) return options.skipNull ? [] : [[name, '']];
	if (value instanceof Date) return [[name, value.toJSON() ?? '']];
	if (!hasMembers(value) || Buffer.isBuffer(value)) return [[name, String(value)]];
	if (depth > MAXIMUM_DEPTH) {
		throw new JwtAuthError(options.tooDeep, 'Query or form parameters are nested too deeply.');
	}
	if (!Array.isArray(value)) {
		return Object.entries(value).flatMap(([member, inner]) =>
			flatten(inner, `${name}[${member}]`, depth + 1, options),
		);
	}
	const format = options.arrayFormat(value, depth === 0);
	if (format === 'comma') return value.length === 0 ? [] : [[name, value.join(',')]];
	return value.flatMap((inner: unknown, index) => {
		const suffix = { indices: `[${index}]`, brackets: '[]', repeat: '' }[format];
		return flatten(inner, name + suffix, depth + 1, options);
	});
}

function flattenObject(parameters: unknown, options: FlattenOptions): Pair[] {
	if (!hasMembers(parameters)) return [];
	return Object.entries(parameters).flatMap(([name, value]) => flatten(value, name, 0, options));
}

/** Percent-encodes all but RFC 3986 §2.3's unreserved characters, as the library qs does. */
function percentEncode(text: string): string {
	// A lone surrogate makes encodeURIComponent throw; the detour turns it into U+FFFD.
	const wellFormed = Buffer.from(text, 'utf8').toString('utf8');
	return encodeURIComponent(wellFormed).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

/**
 * Writes parameters the way n8n's request helpers do (library qs): blanks as `%20`, null as an empty
 * value, dates as ISO 8601 (an invalid one as nothing), `undefined` left out, nested values as `a[b]`.
 *
 * @param parameters object or URLSearchParams; anything else gives the empty string
 * @param tooDeep code thrown for values nested beyond 64 levels
 * @returns without a leading question mark; for use in a URL or as a form body
 * @throws {@link JwtAuthError} with the code `tooDeep`
 */
export function stringifyQuery(
	parameters: unknown,
	arrayFormat: ArrayFormat,
	tooDeep: JwtAuthErrorCode,
): string {
	if (parameters instanceof URLSearchParams) return parameters.toString();
	return flattenObject(parameters, { arrayFormat: () => arrayFormat, skipNull: false, tooDeep })
		.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
		.join('&');
}

/**
 * Writes a form the way axios does for an object with a form content type: blanks as `+`, lists of
 * plain values as `a[]`, null left out (application/x-www-form-urlencoded, WHATWG URL §5.2).
 *
 * @throws {@link JwtAuthError} `REQUEST_BODY_UNBINDABLE` for values nested beyond 64 levels
 */
export function stringifyForm(parameters: object): string {
	const pairs = flattenObject(parameters, {
		arrayFormat: (list, topLevel) => (topLevel && !list.some(hasMembers) ? 'brackets' : 'indices'),
		skipNull: true,
		tooDeep: 'REQUEST_BODY_UNBINDABLE',
	});
	return new URLSearchParams(pairs).toString();
}
