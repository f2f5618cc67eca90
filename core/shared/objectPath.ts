import { JwtAuthError } from '../errors';
import { hasMembers } from './hasMembers';

/** `["c d"]` or `['c d']`, whatever the name holds. */
const QUOTED_MEMBER = /\[\s*(?:"([^"]*)"|'([^']*)')\s*\]/y;

/** A name outside of brackets. */
const PLAIN_MEMBER = /[^.[\]]+/y;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
	pattern.lastIndex = at;
	return pattern.exec(text);
}

/** Splits `a.b[0]["c d"].e` into its members; a bracket that does not belong there is passed over. */
function parsePath(path: string): string[] {
	const members: string[] = [];
	const lastClosing = path.lastIndexOf(']');
	let at = 0;
	while (at < path.length) {
		const isBracket = path[at] === '[' && at < lastClosing;
		const match = matchAt(isBracket ? QUOTED_MEMBER : PLAIN_MEMBER, path, at);
		if (match) {
			const [all, double, single] = match;
			members.push(double ?? single ?? all);
			at += all.length;
		} else if (isBracket) {
			const closing = path.indexOf(']', at);
			members.push(path.slice(at + 1, closing).trimStart());
			at = closing + 1;
		} else at += 1;
	}
	return members;
}

function valueAt(value: unknown, members: readonly string[]): unknown {
	return members.reduce<unknown>((inner, member) => {
		return hasMembers(inner) && Object.hasOwn(inner, member) ? inner[member] : undefined;
	}, value);
}

/**
 * Reads a member by its path; own members only.
 *
 * @param path such as `paging.next` or `items[0].id`; empty for the value itself
 * @returns undefined where there is none
 */
export function getPath(value: unknown, path: string): unknown {
	return valueAt(value, parsePath(path));
}

/**
 * Takes a member out by its path, if there is one.
 *
 * @param target changed in place
 */
export function deletePath(target: unknown, path: string): void {
	const members = parsePath(path);
	const parent = valueAt(target, members.slice(0, -1));
	if (hasMembers(parent)) Reflect.deleteProperty(parent, members.at(-1) ?? '');
}

/**
 * Sets a member by its path and makes the objects and lists on the way (`a[0]` makes a list).
 *
 * @param target changed in place
 * @throws {@link JwtAuthError} `JSON_MEMBER_FORBIDDEN` for `__proto__`
 */
export function setPath(target: Record<string, unknown>, path: string, value: unknown): void {
	const members = parsePath(path);
	if (members.includes('__proto__')) {
		throw new JwtAuthError('JSON_MEMBER_FORBIDDEN', 'A field cannot be called __proto__.');
	}
	let inner = target;
	members.forEach((member, index) => {
		const following = members[index + 1];
		if (following === undefined) {
			inner[member] = value;
			return;
		}
		const present = Object.hasOwn(inner, member) ? inner[member] : undefined;
		const next = hasMembers(present) ? present : /^\d+$/.test(following) ? [] : {};
		inner[member] = next;
		inner = next as Record<string, unknown>;
	});
}
