import { LONGEST_WAIT } from '../shared/duration';
import type { JwtAuthErrorCode } from '../errors';
import {
	boundsText,
	durationError,
	HINTS,
	isPlainObject,
	kindOfValue,
	toNumber,
	unfitError,
	type NumberBounds,
} from './fieldKinds';
import { parseJsonObject, writeJson, hasMembers } from '../shared/json';

/** Stands for a field that is not there: one that is not shown, or an option that was not added. */
export const NOT_THERE = Symbol('not there');

/** Fields that belong together: of a node, a credential, a collection, or one row of a list. */
export interface Form {
	/**
	 * @param name the field's internal name
	 * @param label what the person calls it; given back in messages
	 */
	field(name: string, label: string): FieldValue;
}

/**
 * What an expression may have put into a field of a form: anything. There is one method for each
 * kind of field. It gives the value its right type or throws; nothing that is there but odd counts
 * as the default, since that could be the wider choice.
 *
 * @throws {@link JwtAuthError} all methods: `FIELD_INVALID`, unless they name others
 */
export class FieldValue {
	constructor(
		readonly label: string,
		private readonly value: unknown,
	) {}

	/** Whether the field is shown, or was added. */
	get isThere(): boolean {
		return this.value !== NOT_THERE;
	}

	/** Whether the field holds nothing yet, as forms make it. */
	get isEmptyText(): boolean {
		return this.value === '';
	}

	/** Whether an expression delivered an object or a list. */
	get isObject(): boolean {
		return hasMembers(this.value);
	}

	/** Refuses the value. @param wanted what it has to be, after "has to be" */
	refuse(wanted: string, found = kindOfValue(this.value), hint?: string): never {
		throw unfitError(this.label, found, wanted, hint);
	}

	/** A text; numbers are written out. @param fallback default: has to be there */
	text(fallback?: string): string {
		if (!this.isThere && fallback !== undefined) return fallback;
		if (typeof this.value === 'string') return this.value;
		if (toNumber(this.value) !== undefined) return String(this.value);
		return this.refuse('a text', undefined, HINTS.text);
	}

	/** A text whose absence is told elsewhere: nothing at all is an empty text. */
	textOrNothing(): string {
		return this.value === undefined || this.value === null ? '' : this.text('');
	}

	/** The name of something, neither blank nor one that JavaScript gives a meaning of its own. */
	name(fallback?: string): string {
		if (!this.isThere && fallback !== undefined) return fallback;
		const isName = typeof this.value === 'string' || toNumber(this.value) !== undefined;
		const name = isName ? String(this.value) : '';
		if (name.trim() === '') this.refuse('a name');
		if (name === '__proto__') this.refuse('another name', '__proto__');
		return name;
	}

	/** A text that is sent as it is; objects, lists and booleans are written as JSON. */
	content(fallback?: string): string {
		if (typeof this.value === 'boolean') return String(this.value);
		if (!hasMembers(this.value)) return this.text(fallback);
		return writeJson(this.value, this.label) ?? this.refuse('a text');
	}

	/** Texts: a list of them, or one text with commas between; blank ones are left out. */
	list(): string[] {
		const parts = Array.isArray(this.value)
			? this.value.map((part) => new FieldValue(this.label, part).text())
			: this.text('').split(',');
		return parts.map((part) => part.trim()).filter((part) => part !== '');
	}

	/** True or false, also as text. */
	boolean(fallback: boolean): boolean {
		if (this.value === 'true') return true;
		return this.value === 'false' ? false : this.switch(fallback);
	}

	/** True or false, never as text: n8n drops the fields that depend on a switch which is a text. */
	switch(fallback: boolean): boolean {
		if (!this.isThere) return fallback;
		if (typeof this.value === 'boolean') return this.value;
		return this.refuse('true or false', undefined, HINTS.switch);
	}

	/** A number, also as text. */
	number(bounds: NumberBounds, what = 'a number'): number {
		const { fallback, least = -Infinity, most = Infinity } = bounds;
		if (!this.isThere) return fallback;
		const number = toNumber(this.value);
		if (number !== undefined && number >= least && number <= most) return number;
		return this.refuse(boundsText(what, least, most), number?.toString());
	}

	/** A whole number, also as text. */
	wholeNumber(bounds: NumberBounds): number {
		const what = 'a whole number';
		const { MIN_SAFE_INTEGER: least, MAX_SAFE_INTEGER: most } = Number;
		const number = this.number({ least, most, ...bounds }, what);
		return Number.isInteger(number) ? number : this.refuse(what, String(number));
	}

	/**
	 * A time to wait.
	 *
	 * @param bounds in the unit of the field
	 * @param unit milliseconds in one unit of the field
	 * @returns whole milliseconds, fractions rounded up, at most {@link LONGEST_WAIT}
	 * @throws {@link JwtAuthError} `DURATION_INVALID`
	 */
	milliseconds({ fallback, least = 0 }: NumberBounds, unit = 1): number {
		const amount = this.isThere ? toNumber(this.value) : fallback;
		const milliseconds = Math.ceil((amount ?? -1) * unit);
		const isEnough = amount !== undefined && amount >= least;
		if (isEnough && milliseconds <= LONGEST_WAIT) return milliseconds;
		const found = amount?.toString() ?? kindOfValue(this.value);
		throw durationError(this.label, found, least, unit);
	}

	/** One of the values that the field offers. */
	choice<T extends string>(choices: readonly T[], fallback: T): T {
		if (!this.isThere) return fallback;
		const found = choices.find((choice) => choice === this.value);
		return found ?? this.refuse(`one of ${choices.join(', ')}`, undefined, HINTS.choice);
	}

	/** A value that JSON can hold, as a copy; undefined for undefined. `JSON_MALFORMED` for others. */
	json(): unknown {
		if (!this.isThere || this.value === undefined) return undefined;
		if (typeof this.value === 'string') return this.value;
		const text = writeJson(this.value, this.label) ?? this.refuse('a value that JSON can hold');
		return JSON.parse(text) as unknown;
	}

	/**
	 * A JSON object, as text or as it is; none where the field is not there or blank.
	 *
	 * @throws {@link JwtAuthError} also the codes of {@link parseJsonObject}
	 */
	jsonObject(notObject: JwtAuthErrorCode): Record<string, unknown> {
		if (!this.isThere) return {};
		if (this.value === undefined || this.value === null) return this.refuse('a JSON object');
		return parseJsonObject(this.value, { field: this.label, notObject });
	}

	/** The members of a collection; none where it is not there. */
	members(): Record<string, unknown> {
		if (!this.isThere) return {};
		return isPlainObject(this.value) ? this.value : this.refuse('a group of fields');
	}

	/** The fields of a collection; none of them is there where the collection is not. */
	section(): Form {
		return formOf(this.members());
	}

	/** The rows of a list; none where it is not there. */
	rows(): Form[] {
		if (!this.isThere) return [];
		if (!Array.isArray(this.value)) return this.refuse('a list of rows');
		return this.value.map((row: unknown, index) => {
			if (isPlainObject(row)) return formOf(row, ` in row ${index + 1} of ${this.label}`);
			return this.refuse('a list of rows', 'a list of something else');
		});
	}
}

/** The fields of a collection or a row. @param place added to their labels */
export function formOf(values: Record<string, unknown>, place = ''): Form {
	return {
		field: (name, label) =>
			new FieldValue(label + place, Object.hasOwn(values, name) ? values[name] : NOT_THERE),
	};
}
