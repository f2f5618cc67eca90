import { hasMembers } from '../shared/json';

/** Bounds of a number, both included, and what counts where the field is not there. */
export interface NumberBounds {
	fallback: number;
	least?: number;
	most?: number;
}

/** Names a value without quoting it, since it may have been meant for another field. */
export function describe(value: unknown): string {
	if (value === undefined || value === null || value === '') return 'empty';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'string') return 'another text';
	if (typeof value === 'boolean') return String(value);
	if (typeof value === 'number') return Number.isFinite(value) ? 'a number' : String(value);
	return typeof value === 'bigint' ? 'a number' : 'an object';
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
