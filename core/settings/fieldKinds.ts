import { JwtAuthError } from '../errors';
import { LONGEST_WAIT } from '../shared/duration';
import { hasMembers } from '../shared/json';

/** What to do about a value of the wrong kind. */
export const HINTS = {
	text: 'To leave the field empty for some items, have its expression give an empty text.',
	switch: 'Switch it on or off; true without quotes.',
	choice: 'Choose one of the list; an expression has to give it letter by letter.',
};

/** Bounds of a number, both included, and what counts where the field is not there. */
export interface NumberBounds {
	fallback: number;
	least?: number;
	most?: number;
}

/**
 * What a value is, in a sentence after "is"; texts are not quoted, since they may have been meant for
 * another field.
 */
export function kindOfValue(value: unknown): string {
	if (value === undefined || value === null) return 'an expression that found nothing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'string') return value.trim() === '' ? 'an empty text' : 'a text';
	if (typeof value === 'boolean') return String(value);
	if (typeof value === 'number') return Number.isFinite(value) ? 'a number' : String(value);
	return typeof value === 'bigint' ? 'a number' : 'an object';
}

/** An error about a field whose value is not what it has to be. */
export function fieldError(
	label: string,
	value: unknown,
	expected: string,
	hint?: string,
): JwtAuthError {
	return unfitError(label, kindOfValue(value), expected, hint);
}

/** As {@link fieldError}. @param found what the value is, after "is" */
export function unfitError(
	label: string,
	found: string,
	expected: string,
	hint?: string,
): JwtAuthError {
	const message = `${label} is ${found}; it has to be ${expected}.`;
	return new JwtAuthError('FIELD_INVALID', message, { hint });
}

/** A time to wait that is none. @param unit milliseconds in one unit of the field */
export function durationError(
	label: string,
	found: string,
	least: number,
	unit: number,
): JwtAuthError {
	const name = unit === 1 ? 'milliseconds' : 'seconds';
	return new JwtAuthError(
		'DURATION_INVALID',
		`${label} is ${found}; it has to be a number of ${name}.`,
		{ hint: `Enter a number from ${least} to ${Math.floor(LONGEST_WAIT / unit)}, 24 days.` },
	);
}

/** A finite number; one that an expression wrote as text included. */
export function toNumber(value: unknown): number | undefined {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** Whether a value is an object that only holds members: no date, no bytes, no instance of a class. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
	if (!hasMembers(value) || Array.isArray(value)) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Bounds in words: `from 1 to 10`, `of at least 1`. */
export function boundsText(what: string, least: number, most: number): string {
	if (most < Number.MAX_SAFE_INTEGER) return `${what} from ${least} to ${most}`;
	return least > -Number.MAX_SAFE_INTEGER ? `${what} of at least ${least}` : what;
}
