import { JwtAuthError } from '../errors';
import { LONGEST_DURATION } from '../shared/duration';
import { isLostInJson } from '../shared/json';
import { fieldError } from './fieldKinds';
import { formOf, type FieldValue } from './fieldValue';

export { fieldError };

/** The content of a credential as n8n hands it over: field names to values. */
export type CredentialData = Record<string, unknown>;

/** A field of a credential's form. */
export interface Field {
	/** Internal name. */
	name: string;
	/** What the person reads in front of it. */
	label: string;
}

/**
 * Whether a field has a value, of whatever kind. One that is missing gets the form's default. One that
 * is there without a value is an expression that found nothing: n8n hands that over as undefined.
 */
export function hasField(data: CredentialData, name: string): boolean {
	return Object.hasOwn(data, name);
}

function fieldOf(data: CredentialData, { name, label }: Field): FieldValue {
	return formOf(data).field(name, label);
}

/**
 * A field's text; numbers are written out.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function readText(data: CredentialData, field: Field, fallback = ''): string {
	return fieldOf(data, field).text(fallback);
}

/**
 * A field's text without blanks around it; nothing but blanks is as good as a missing field.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function readTrimmed(data: CredentialData, field: Field, fallback = ''): string {
	const read = readText(data, field, fallback).trim();
	return read === '' ? fallback : read;
}

/**
 * A switch, never as text.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function readSwitch(data: CredentialData, field: Field, fallback: boolean): boolean {
	return fieldOf(data, field).switch(fallback);
}

/**
 * One of a field's choices, letter by letter.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function readChoice<T extends string>(
	data: CredentialData,
	field: Field,
	choices: readonly T[],
	fallback: T,
): T {
	return fieldOf(data, field).choice(choices, fallback);
}

/**
 * A number of seconds, cut to whole ones, also written as text.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`, also beyond ten years
 */
export function readSeconds(
	data: CredentialData,
	field: Field,
	{ fallback, minimum = -LONGEST_DURATION }: { fallback: number; minimum?: number },
): number {
	const bounds = { fallback, least: minimum, most: LONGEST_DURATION };
	return Math.trunc(fieldOf(data, field).number(bounds, 'a number of seconds'));
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
 * @throws {@link JwtAuthError} `FIELD_INVALID` for an expression that found nothing, or something that
 *   JSON cannot hold
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
		'FIELD_INVALID',
		`${label} has a member without a value: an expression in it found nothing.`,
	);
}
