import { hasMembers } from '../shared/json';

/** Members that say in words what went wrong, the most telling first; in small letters alone. */
const TEXTS = [
	'errordescription',
	'errormessage',
	'errorsummary',
	'message',
	'errormsg',
	'msg',
	'detail',
	'faultstring',
	'description',
	'reason',
	'errorreason',
	'summary',
	'errmsg',
	'errmessage',
	'errormessages',
	'messages',
	'developermessage',
	'usermessage',
	'errordetail',
	'errordetails',
	'errortext',
	'resultmsg',
	'resultmessage',
	'statusmessage',
	'exception',
	'failure',
	'failurereason',
	'cause',
	'err',
	'hint',
	'text',
	'title',
];

/** Members that name the kind of error. */
const NAMES = ['error', 'status', 'errorcode', 'errcode', 'resultcode', 'code', 'title', 'type'];

/** Members that hold the reason in an object or list of their own. */
const HOLDERS = [
	'error',
	'err',
	'errors',
	'fault',
	'exception',
	'errorresponse',
	'envelope',
	'response',
	'message',
	'msg',
	'reason',
	'detail',
	'details',
	'errordetails',
	'result',
	'status',
	'meta',
	'data',
	'body',
];

/** Deepest object that is looked into, and most entries of a list. */
const DEEPEST = 5;
const MOST_ENTRIES = 3;

/** A kind of error, as opposed to a sentence or an address. */
const KIND = /^[\w. -]{1,80}$/;

/** What says no more than that there is an error. */
const NO_KINDS = ['error', 'fail', 'failed', 'failure'];

type Members = ReadonlyMap<string, unknown>;

/** `error_message`, `errorMessage`, `ErrorMessage` and `ns:ErrorMessage` are one name. */
function bareName(name: string): string {
	const local = name.slice(name.lastIndexOf(':') + 1);
	return local.toLowerCase().replace(/[^a-z]/g, '');
}

function textOf(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	if (!Array.isArray(value)) return '';
	const texts = value.filter((entry) => typeof entry === 'string').slice(0, MOST_ENTRIES);
	return texts.join('; ').trim();
}

function firstText(members: Members, names: readonly string[]): string {
	return names.map((name) => textOf(members.get(name))).find((text) => text !== '') ?? '';
}

/** The kind of error; a number counts beside a text only, and not where it repeats the status. */
function kindOf(members: Members, text: string, status: number): string {
	const named = NAMES.filter((name) => {
		const value = textOf(members.get(name));
		if (NO_KINDS.includes(value.toLowerCase()) || value === String(status)) return false;
		return name === 'error' || KIND.test(value);
	});
	const name = firstText(members, named);
	const number =
		members.get('errorcode') ??
		members.get('errcode') ??
		members.get('resultcode') ??
		members.get('code');
	if (name !== '' && name !== text) return name;
	const counts = typeof number === 'number' && number !== 0 && number !== status;
	return counts && text !== '' ? String(number) : '';
}

/** A list of validation errors by the name of what is wrong: `{"jwt":["is invalid"]}`. */
function fieldReasons(value: unknown): string {
	if (!hasMembers(value) || Array.isArray(value)) return '';
	return Object.entries(value)
		.slice(0, MOST_ENTRIES)
		.map(([name, inner]) => (textOf(inner) === '' ? '' : `${name} ${textOf(inner)}`))
		.filter((text) => text !== '')
		.join('; ');
}

function heldReason(members: Members, status: number, depth: number): string {
	// The outermost element of XML may have any name.
	const names = members.size === 1 ? members.keys() : HOLDERS;
	for (const name of names) {
		const value = members.get(name);
		if (name === 'errors' && typeof value === 'string' && value.trim() !== '') return value.trim();
		if (!hasMembers(value) || (Array.isArray(value) && !HOLDERS.includes(name))) continue;
		const held = reasonIn(value, status, depth + 1);
		const reason = held === '' && name === 'errors' ? fieldReasons(value) : held;
		if (reason !== '') return reason;
	}
	return '';
}

function reasonIn(value: unknown, status: number, depth: number): string {
	if (depth > DEEPEST) return '';
	if (!hasMembers(value)) return textOf(value);
	if (Array.isArray(value)) {
		const reasons = value.slice(0, MOST_ENTRIES).map((one) => reasonIn(one, status, depth + 1));
		return reasons.filter((reason) => reason !== '').join('; ');
	}
	const members = new Map(
		Object.entries(value)
			.reverse()
			.map(([name, member]) => [bareName(name), member]),
	);
	const text = firstText(members, TEXTS);
	const kind = kindOf(members, text, status);
	const isDescribed = textOf(members.get('errordescription')) !== '';
	// An object called error knows best; a title alone is no more than a kind.
	const hasMore = hasMembers(members.get('error')) && !isDescribed;
	const isVague = text === '' || text === textOf(members.get('title'));
	const held = hasMore || isVague ? heldReason(members, status, depth) : '';
	if (hasMore && held !== '') return held;
	const sentence = held === '' ? text : held;
	if (kind === '' || sentence.includes(kind)) return sentence;
	return sentence === '' ? kind : `${kind}: ${sentence}`;
}

/**
 * Why a server refuses, in its own words, wherever they stand: OAuth's members (RFC 6749 §5.2),
 * problem details (RFC 9457), those of Google, Okta, Apigee, Vault and of many others, in objects and
 * lists, in either way of writing names.
 *
 * @param answer members of the answer, or its text
 * @param status of the answer, which is not repeated
 * @returns kind and text of the error; empty when there is no reason
 */
export function serverReason(answer: unknown, status: number): string {
	return reasonIn(answer, status, 0);
}
