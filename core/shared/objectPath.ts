import { hasMembers } from './json';
import { JwtAuthError } from '../errors';

/** Member of a path that is the entry of a list. */
const INDEX = /^\d+$/;

/** Deepest nesting that a path may make, as deep as JSON is read. */
const MAXIMUM_DEPTH = 64;

/** Longest list that a path may make. */
const MAXIMUM_LENGTH = 10_000;

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
			members.push(path.slice(at + 1, closing).trim());
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
 * Reads a member as a person names it in a form: a member of that very name comes first, as names such
 * as `https://example.com/role` hold dots themselves; else the name is a path, see {@link getPath}.
 *
 * @param name such as `role`, `realm_access.roles` or `["https://example.com/claims"].role`
 * @returns undefined where there is none of its own
 */
export function readMember(value: unknown, name: string): unknown {
	return hasMembers(value) && Object.hasOwn(value, name) ? value[name] : getPath(value, name);
}

/**
 * What a member that {@link readMember} reads is called: the whole name where it is one of its own, else
 * the last one of the path.
 */
export function memberName(value: unknown, name: string): string {
	const isOwn = hasMembers(value) && Object.hasOwn(value, name);
	return isOwn ? name : (parsePath(name).at(-1) ?? name);
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

function assertSettable(members: readonly string[]): void {
	if (members.includes('__proto__')) {
		throw new JwtAuthError('JSON_MEMBER_FORBIDDEN', 'A field cannot be called __proto__.');
	}
	if (members.length > MAXIMUM_DEPTH) {
		throw new JwtAuthError(
			'JSON_TOO_LARGE',
			`The name of a field leads more than ${MAXIMUM_DEPTH} levels down.`,
		);
	}
}

/** Refuses what would change a list other than by one of its entries. */
function assertEntry(member: string): void {
	if (!INDEX.test(member)) {
		throw new JwtAuthError(
			'JSON_MEMBER_FORBIDDEN',
			'The name of a field leads into a list, whose entries have numbers only.',
		);
	}
	if (Number(member) >= MAXIMUM_LENGTH) {
		throw new JwtAuthError(
			'JSON_TOO_LARGE',
			`The name of a field makes a list of more than ${MAXIMUM_LENGTH} entries.`,
		);
	}
}

/**
 * Sets a member by its path and makes the objects and lists on the way (`a[0]` makes a list).
 *
 * @param target changed in place
 * @throws {@link JwtAuthError} `JSON_MEMBER_FORBIDDEN` for `__proto__` and for members of lists that
 *   are no entries; `JSON_TOO_LARGE` for more than 64 levels or 10,000 entries
 */
export function setPath(target: Record<string, unknown>, path: string, value: unknown): void {
	const members = parsePath(path);
	assertSettable(members);
	let inner = target;
	members.forEach((member, index) => {
		if (Array.isArray(inner)) assertEntry(member);
		const following = members[index + 1];
		if (following === undefined) {
			inner[member] = value;
			return;
		}
		const present = Object.hasOwn(inner, member) ? inner[member] : undefined;
		const made = INDEX.test(following) ? [] : {};
		const next = hasMembers(present) ? present : made;
		inner[member] = next;
		inner = next as Record<string, unknown>;
	});
}
