import { settlingTime, type KeptKey } from './keptKey';

/** One of the keys that n8n has made for a credential, in their order from 1 on. */
export interface NumberedKey extends KeptKey {
	number: number;
}

/** What a credential says of its keys. */
export interface KeyRotation {
	/** Number of the key that is the newest. */
	newest: number;
	/** Milliseconds since 1970 from which on the newest signs; undefined for not yet. */
	from: number | undefined;
	/** Milliseconds for which the key before it is published after that. */
	keepFor: number;
}

/** The keys of a credential at a moment. */
export interface KeyTurn {
	/** The one that signs; undefined where none has been made. */
	current: NumberedKey | undefined;
	/** The newest, while it waits for its turn. */
	next: NumberedKey | undefined;
	/** The one before the newest, which signs no more but is published still. */
	previous: NumberedKey | undefined;
}

const MINUTE = 60_000;

/**
 * Whether the newest key signs. A date from before it was made, to the minute as date pickers have it, was
 * meant for another key: nobody can know this one yet.
 */
function hasTurn(key: NumberedKey, { from }: KeyRotation, now: number): boolean {
	if (from === undefined || from > now || from < key.madeAt - (key.madeAt % MINUTE)) return false;
	return key.isStored && settlingTime(key, now) === 0;
}

/**
 * Which key signs, and which are published beside it. The one before the newest signs until the newest
 * has its turn; without one before it the newest is the only one.
 *
 * @param keys those that have been made
 * @param now milliseconds since 1970
 */
export function keyTurn(keys: readonly NumberedKey[], rotation: KeyRotation, now: number): KeyTurn {
	const newest = keys.find(({ number }) => number === rotation.newest);
	const [before] = keys
		.filter(({ number }) => number < rotation.newest)
		.sort((one, other) => other.number - one.number);
	if (!newest || !before) {
		return { current: newest ?? before, next: undefined, previous: undefined };
	}
	if (!hasTurn(newest, rotation, now)) {
		return { current: before, next: newest, previous: undefined };
	}
	const isPublished = now < (rotation.from ?? 0) + rotation.keepFor;
	return { current: newest, next: undefined, previous: isPublished ? before : undefined };
}
