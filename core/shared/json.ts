import { JwtAuthError, type JwtAuthErrorCode } from '../errors';
import { scanJson } from './strictJson';

/** Longest JSON text accepted, in UTF-16 code units (256 kB of ASCII). */
export const MAXIMUM_JSON_LENGTH = 262_144;

/** How {@link parseJsonObject} names the field and which code it gives what is no object. */
export interface ParseJsonOptions {
	/** What the person calls the field, in a sentence after "The", e.g. `payload`. */
	field: string;
	/** Code for JSON that is something else than an object, e.g. `PAYLOAD_NOT_OBJECT`. */
	notObject: JwtAuthErrorCode;
}

function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'string') return 'a text';
	return `a ${typeof value}`;
}

/**
 * Text of a value that is already there, as JSON.stringify writes it; NaN is no null here.
 *
 * @param field what the person calls the field, in a sentence after "The"
 * @returns undefined for what JSON leaves out, such as undefined and functions
 * @throws {@link JwtAuthError} `JSON_MALFORMED`
 */
export function writeJson(value: unknown, field: string): string | undefined {
	let lost = false;
	try {
		const text: string | undefined = JSON.stringify(value);
		// A number that JSON has no word for becomes null.
		if (!text?.includes('null')) return text;
		JSON.stringify(value, (_name, member: unknown) => {
			lost ||= typeof member === 'number' && !Number.isFinite(member);
			return member;
		});
		if (!lost) return text;
	} catch {
		// Cyclic, BigInt or a getter that throws: told below without the original error's text.
	}
	throw new JwtAuthError(
		'JSON_MALFORMED',
		lost
			? `The ${field} has a number that is NaN or infinite.`
			: `The ${field} has a value that cannot be written as JSON.`,
	);
}

/**
 * Reads a JSON object from a field of a form, or copies the object an expression delivered.
 *
 * - Text: strict JSON. Duplicate members at any depth and integers beyond ±(2^53 − 1), which
 *   JavaScript would silently round, are refused.
 * - Object: copied through JSON, so that dates become ISO 8601 text, `undefined` and functions are
 *   dropped, and later changes to the original have no effect. NaN and infinity are refused.
 * - `__proto__` is refused in both; `constructor` and `prototype` are ordinary members.
 * - Blank text, null and undefined are an empty object.
 *
 * @param value JSON text (at most {@link MAXIMUM_JSON_LENGTH}, 64 levels) or an object
 * @returns a new object
 * @throws {@link JwtAuthError} the `notObject` code, `JSON_MALFORMED`, `JSON_DUPLICATE_MEMBER`,
 *   `JSON_MEMBER_FORBIDDEN`, `JSON_NUMBER_TOO_LARGE`, `JSON_TOO_LARGE`
 */
export function parseJsonObject(
	value: unknown,
	options: ParseJsonOptions,
): Record<string, unknown> {
	const { field, notObject } = options;
	if (value === undefined || value === null) return {};
	const isText = typeof value === 'string';
	if (isText && value.trim() === '') return {};
	let text = isText ? value : undefined;
	if (typeof value === 'object') text = writeJson(value, field);
	if (text === undefined) {
		throw new JwtAuthError(notObject, `The ${field} is ${kindOf(value)}, not a JSON object.`);
	}
	if (text.length > MAXIMUM_JSON_LENGTH) {
		throw new JwtAuthError('JSON_TOO_LARGE', `The ${field} is larger than 256 kB.`);
	}
	scanJson(text, { field, refuseRounding: isText });
	const parsed: unknown = JSON.parse(text);
	if (isObject(parsed)) return parsed;
	throw new JwtAuthError(notObject, `The ${field} is ${kindOf(parsed)}, not a JSON object.`);
}

/** Whether a value is an object with members: neither null nor a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is an object or a list, so that it has members to read. */
export function hasMembers(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

/** Value of a JSON text, RFC 8259; undefined for any other text. */
export function tryJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/**
 * Whether JSON has no word for a value, or for one somewhere inside it: it would vanish or become null,
 * as undefined does and a date that is none.
 */
export function isLostInJson(value: unknown): boolean {
	let lost = false;
	try {
		const written = JSON.stringify(value, (_name, member: unknown) => {
			lost ||= member === undefined || typeof member === 'function' || typeof member === 'symbol';
			return member;
		});
		// A date that is none is written as null.
		return lost || (written === 'null' && value !== null);
	} catch {
		// What cannot be written at all is told by whoever writes it.
		return false;
	}
}
