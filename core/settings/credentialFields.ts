import { isLostInJson } from '../shared/json';
import { LONGEST_DURATION } from '../shared/duration';
import { JwtAuthError } from '../errors';

/** The content of a credential as n8n hands it over: field names to values. */
export type CredentialData = Record<string, unknown>;

/** A field of a credential's form. */
export interface Field {
	/** Internal name. */
	name: string;
	/** What the person reads in front of it. */
	label: string;
}

/** What a value is, in a sentence after "is". */
export function kindOfValue(value: unknown): string {
	if (value === undefined || value === null) return 'an expression that found nothing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'string') return value.trim() === '' ? 'an empty text' : 'a text';
	if (typeof value === 'boolean') return 'true or false';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/**
 * Whether a field has a value, of whatever kind. One that is missing gets the form's default. One that
 * is there without a value is an expression that found nothing: n8n hands that over as undefined.
 */
export function hasField(data: CredentialData, name: string): boolean {
	return Object.hasOwn(data, name);
}

/** An error about a field whose value is not what it has to be. */
export function fieldError(
	label: string,
	value: unknown,
	expected: string,
	hint?: string,
): JwtAuthError {
	return new JwtAuthError(
		'CREDENTIAL_FIELD_INVALID',
		`${label} is ${kindOfValue(value)}; it has to be ${expected}.`,
		{ hint },
	);
}

/**
 * A field's text; numbers are written out.
 *
 * @throws {@link JwtAuthError} `CREDENTIAL_FIELD_INVALID`
 */
export function readText(data: CredentialData, { name, label }: Field, fallback = ''): string {
	if (!hasField(data, name)) return fallback;
	const value = data[name];
	if (typeof value === 'string') return value;
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	const hint = 'To leave the field empty for some items, have its expression give an empty text.';
	throw fieldError(label, value, 'a text', hint);
}

/**
 * A field's text without blanks around it; nothing but blanks is as good as a missing field.
 *
 * @throws {@link JwtAuthError} `CREDENTIAL_FIELD_INVALID`
 */
export function readTrimmed(data: CredentialData, field: Field, fallback = ''): string {
	const read = readText(data, field, fallback).trim();
	return read === '' ? fallback : read;
}

/**
 * A switch. Text is refused: n8n hides and drops the fields that depend on a switch whose value is
 * the text "true".
 *
 * @throws {@link JwtAuthError} `CREDENTIAL_FIELD_INVALID`
 */
export function readSwitch(
	data: CredentialData,
	{ name, label }: Field,
	fallback: boolean,
): boolean {
	if (!hasField(data, name)) return fallback;
	const value = data[name];
	if (typeof value === 'boolean') return value;
	throw fieldError(label, value, 'true or false', 'Switch it on or off; true without quotes.');
}

/**
 * One of a field's choices, letter by letter.
 *
 * @throws {@link JwtAuthError} `CREDENTIAL_FIELD_INVALID`
 */
export function readChoice<T extends string>(
	data: CredentialData,
	{ name, label }: Field,
	choices: readonly T[],
	fallback: T,
): T {
	if (!hasField(data, name)) return fallback;
	const choice = choices.find((known) => known === data[name]);
	if (choice !== undefined) return choice;
	throw fieldError(
		label,
		data[name],
		`one of its choices (${choices.join(', ')})`,
		'Choose one of the list; an expression has to give it letter by letter.',
	);
}

/**
 * A number of seconds, cut to whole ones, also written as text.
 *
 * @throws {@link JwtAuthError} `CREDENTIAL_FIELD_INVALID`, also beyond ten years
 */
export function readSeconds(
	data: CredentialData,
	{ name, label }: Field,
	{ fallback, minimum = -LONGEST_DURATION }: { fallback: number; minimum?: number },
): number {
	if (!hasField(data, name)) return fallback;
	const value = data[name];
	const isNumericText = typeof value === 'string' && value.trim() !== '';
	const number = isNumericText ? Number(value) : value;
	if (typeof number === 'number' && number >= minimum && number <= LONGEST_DURATION) {
		return Math.trunc(number);
	}
	const least = minimum === 0 ? ' from 0 on' : '';
	throw fieldError(label, value, `a number of seconds${least}, of ten years at most`);
}

/** Whether a value can be written as JSON: not one that contains itself, for one. */
function isWritable(value: unknown): boolean {
	try {
		return JSON.stringify(value) !== undefined;
	} catch {
		return false;
	}
}

/**
 * A JSON field as it stands, text or object; whoever uses it reads it.
 *
 * @throws {@link JwtAuthError} `CREDENTIAL_FIELD_INVALID` for an expression that found nothing, or
 *   something that JSON cannot hold
 */
export function readJsonField(data: CredentialData, { name, label }: Field): unknown {
	if (!hasField(data, name)) return '{}';
	const value = data[name];
	if (typeof value === 'string') return value;
	if (value === undefined || value === null || !isWritable(value)) {
		throw fieldError(label, value, 'a JSON object');
	}
	if (!isLostInJson(value)) return value;
	throw new JwtAuthError(
		'CREDENTIAL_FIELD_INVALID',
		`${label} has a member without a value: an expression in it found nothing.`,
	);
}
