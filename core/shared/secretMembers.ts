import { hasMembers, tryJson } from './json';

/** Names whose values are secret, however short they are. */
const SECRET_NAME =
	/assertion|auth|cookie|credential|key|otp|passphrase|passw|pin$|private|pwd|secret|session|signature|token/i;

/**
 * Headers, and parameters of OAuth and AWS, that cannot hold a secret by their meaning, and help in an
 * error.
 */
const PUBLIC_NAMES = new Set([
	'accept',
	'accept-language',
	'action',
	'audience',
	'client_id',
	'resource',
	'rolearn',
	'rolesessionname',
	'scope',
	'user-agent',
]);

/** Private members of a JWK, RFC 7518 §6. */
const PRIVATE_JWK_MEMBERS = ['d', 'dp', 'dq', 'k', 'p', 'priv', 'q', 'qi', 'r', 't'];

/** Shortest value that counts where its name does not say that it is secret. */
const SHORTEST_UNNAMED = 6;

/** Shortest text in the file of a key that may be a key itself. */
const SHORTEST_KEY = 32;

/** Most names kept of the way to a value, lest deep ones cost time without end. */
const MOST_NAMES = 15;

/** A value somewhere in an object or list. */
interface Leaf {
	value: string;
	/** Names on the way to it, without positions in lists. */
	names: string[];
}

/** Every text and number in a value, at any depth. */
export function leavesOf(given: unknown): Leaf[] {
	const leaves: Leaf[] = [];
	const open: Array<{ value: unknown; names: string[] }> = [{ value: given, names: [] }];
	for (let next = open.pop(); next; next = open.pop()) {
		const { value, names } = next;
		if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') {
			leaves.push({ value: String(value), names });
		} else if (hasMembers(value)) {
			const isList = Array.isArray(value);
			for (const [name, member] of Object.entries(value)) {
				open.push({ value: member, names: isList ? names : [...names.slice(-MOST_NAMES), name] });
			}
		}
	}
	return leaves;
}

/** Whether a name says that its value is public; a `token_type` is none of the secrets either. */
function isPublicName(name: string): boolean {
	const lowerCase = name.toLowerCase();
	return PUBLIC_NAMES.has(lowerCase) || /[_-]type$/.test(lowerCase);
}

function isNamedSecret({ names }: Leaf): boolean {
	return names.some((name) => SECRET_NAME.test(name) && !isPublicName(name));
}

function isPublic({ names }: Leaf): boolean {
	return names.length === 1 && isPublicName(names[0] ?? '');
}

/** An object, also one written as JSON; undefined for anything else. */
function objectOf(given: unknown): Record<string, unknown> | undefined {
	const value = hasMembers(given) ? given : tryJson(String(given ?? ''));
	return hasMembers(value) ? value : undefined;
}

/** Whether a text is an expression that nobody computed, which a hint may name. */
function isExpression(text: string): boolean {
	return /^\s*\{\{/.test(text) && text.trimEnd().endsWith('}}');
}

/** A value of a header, and what a server may quote of it: its words, a user and password. */
function partsOf(value: string): string[] {
	if (isExpression(value)) return [];
	const words = value.split(/\s/).filter((word) => word.length >= SHORTEST_UNNAMED);
	const basic = /^basic\s+([\w+/=-]+)$/i.exec(value.trim())?.[1];
	if (basic === undefined) return [value, ...words];
	const pair = Buffer.from(basic, 'base64').toString('utf8');
	return [value, basic, pair, pair.slice(pair.indexOf(':') + 1)];
}

export function memberValues(given: unknown): string[] {
	const object = objectOf(given);
	if (!object) return typeof given === 'string' ? [given] : [];
	return leavesOf(object)
		.filter((leaf) => !isPublic(leaf))
		.filter((leaf) => leaf.value.length >= SHORTEST_UNNAMED || isNamedSecret(leaf))
		.flatMap(({ value }) => partsOf(value));
}

/** Values of an object, at any depth, whose names say that they are secret. */
export function namedSecrets(given: unknown): string[] {
	return leavesOf(objectOf(given))
		.filter(isNamedSecret)
		.flatMap(({ value }) => partsOf(value));
}

export function keyValues(given: unknown): string[] {
	const file = objectOf(given);
	if (!file) return leavesOf(given).map(({ value }) => value);
	const isKey = (leaf: Leaf): boolean => {
		const isPrivateMember = PRIVATE_JWK_MEMBERS.includes(leaf.names.at(-1) ?? '');
		const isLong = leaf.value.length >= SHORTEST_KEY && !/:\/\/|@/.test(leaf.value);
		return isPrivateMember || isLong || isNamedSecret(leaf);
	};
	return leavesOf(file)
		.filter(isKey)
		.map(({ value }) => value);
}

/** The private members of a JWK; its public ones are no secrets. */
export function privateMembers(jwk: unknown): string[] {
	return leavesOf(jwk)
		.filter(({ names }) => PRIVATE_JWK_MEMBERS.includes(names.at(-1) ?? ''))
		.map(({ value }) => value);
}

/** Secret values in the query of an address. */
export function querySecrets(address: unknown): string[] {
	const query =
		String(address ?? '')
			.split('#', 1)[0]
			?.split('?')
			.slice(1)
			.join('?') ?? '';
	return namedSecrets(Object.fromEntries(new URLSearchParams(query)));
}

/** Each value once, without blank ones and expressions as they stand in a form. */
export function distinctSecrets(values: readonly string[]): string[] {
	return [...new Set(values)].filter((value) => value.trim() !== '' && !isExpression(value));
}
