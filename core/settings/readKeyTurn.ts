import { findAlgorithm, type Algorithm } from '../keys/algorithms';
import { readKeptKey } from '../keys/keptKey';
import { keyTurn, type KeyRotation, type KeyTurn, type NumberedKey } from '../keys/keyTurn';
import type { KeyBeside } from '../keys/publicJwks';
import { toInstant } from '../shared/dateTime';
import { parseDuration } from '../shared/duration';
import {
	fieldError,
	hasField,
	readChoice,
	readText,
	type CredentialData,
} from './credentialFields';
import { KEY_NUMBERS, keptKeyField } from './keptKeyFields';
import { readInstant } from './readExpiry';
import { KEPT_KEY_FIELD, readKeySource } from './readKeySource';

const NEWEST_KEY = { name: 'newestKey', label: 'Newest Key' };
const SIGN_FROM = { name: 'newestKeyFrom', label: 'Sign With the Newest Key From' };
const NEWEST_KEY_ID = { name: 'newestKeyId', label: 'Key ID of the Newest Key' };
const KEEP_PUBLISHING = { name: 'publishOldKeyFor', label: 'Keep Publishing the Old Key For' };

/** The algorithm that the form names. */
export function algorithmOf(data: CredentialData): Algorithm {
	return findAlgorithm(readText(data, { name: 'algorithm', label: 'Algorithm' }, 'RS256'));
}

/**
 * Number of the newest key.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function newestKeyNumber(data: CredentialData): number {
	return Number(readChoice(data, NEWEST_KEY, KEY_NUMBERS.map(String), '1'));
}

function readSignFrom(data: CredentialData, timeZone: string | undefined): number | undefined {
	const { name, label } = SIGN_FROM;
	if (!hasField(data, name)) return undefined;
	const value = data[name];
	if (typeof value === 'string' && value.trim() === '') return undefined;
	const instant = toInstant(readInstant(value), timeZone);
	if (!Number.isNaN(new Date(instant).getTime())) return instant;
	throw fieldError(label, value, 'a date and time', 'Pick a date, or leave the field empty.');
}

function readRotation(data: CredentialData, timeZone: string | undefined): KeyRotation {
	const keepFor = readText(data, KEEP_PUBLISHING, '7d');
	// Whatever is wrong is told before the key that it is about signs.
	readText(data, NEWEST_KEY_ID);
	return {
		newest: newestKeyNumber(data),
		from: readSignFrom(data, timeZone),
		keepFor: parseDuration(keepFor, KEEP_PUBLISHING.label) * 1000,
	};
}

/**
 * The keys that n8n has made for a credential, up to the newest one it is to have.
 *
 * @throws {@link JwtAuthError} `KEY_MALFORMED`, `FIELD_INVALID`
 */
export function keptKeys(data: CredentialData): NumberedKey[] {
	const newest = newestKeyNumber(data);
	return KEY_NUMBERS.filter((number) => number <= newest).flatMap((number) => {
		const kept = readKeptKey(data[keptKeyField(number)]);
		return kept ? [{ ...kept, number }] : [];
	});
}

/** Whether n8n makes the keys of a credential and it is to have more than the first. */
function hasRotation(data: CredentialData): boolean {
	return readKeySource(data, algorithmOf(data)) === 'generate' && newestKeyNumber(data) > 1;
}

/** What a credential's fields say once its rotation was looked at. */
function withoutRotation(data: CredentialData, key: NumberedKey | undefined): CredentialData {
	const isNewest = key?.number === newestKeyNumber(data);
	const newestKeyId = readText(data, NEWEST_KEY_ID);
	return {
		...data,
		[NEWEST_KEY.name]: '1',
		[KEPT_KEY_FIELD]: key && data[keptKeyField(key.number)],
		// Verifiers see several keys now, so tokens have to say which one it is.
		keyIdFromKey: true,
		...(isNewest && { keyId: newestKeyId }),
	};
}

/**
 * The keys of a credential at a moment; a pasted key, or the only one, is none of them.
 *
 * @param timeZone IANA name of the zone of a date without offset; default: UTC
 * @throws {@link JwtAuthError} `FIELD_INVALID`, `DURATION_INVALID`, `KEY_MALFORMED`
 */
export function readKeyTurn(data: CredentialData, now: Date, timeZone?: string): KeyTurn {
	if (!hasRotation(data)) return { current: undefined, next: undefined, previous: undefined };
	return keyTurn(keptKeys(data), readRotation(data, timeZone), now.getTime());
}

/**
 * When the newest key signs, as the form says.
 *
 * @returns milliseconds since 1970; undefined for not yet
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function newestKeyFrom(data: CredentialData, timeZone?: string): number | undefined {
	return hasRotation(data) ? readSignFrom(data, timeZone) : undefined;
}

/**
 * The fields of a credential with the key that signs now in the place of the first, and its Key ID. All
 * others read the fields as if there were one key.
 *
 * @returns a copy where the credential has more than one key, else the fields themselves
 * @throws {@link JwtAuthError} as {@link readKeyTurn}
 */
export function withKeyInTurn(data: CredentialData, now: Date, timeZone?: string): CredentialData {
	if (!hasRotation(data)) return data;
	return withoutRotation(data, readKeyTurn(data, now, timeZone).current);
}

/** As {@link withKeyInTurn}, with the newest key that has been made. */
export function withNewestKey(data: CredentialData): CredentialData {
	return hasRotation(data) ? withoutRotation(data, keptKeys(data).at(-1)) : data;
}

/**
 * The keys of a credential that are published beside the one that signs: the next one, and for a while
 * the last one.
 *
 * @throws {@link JwtAuthError} as {@link readKeyTurn}
 */
export function keysBesideTurn(data: CredentialData, now: Date, timeZone?: string): KeyBeside[] {
	const beside = (key: NumberedKey | undefined, place: string): KeyBeside[] => {
		if (!key?.isStored) return [];
		return [
			{
				key: { algorithm: algorithmOf(data).name, key: key.key },
				keyId: readText(withoutRotation(data, key), { name: 'keyId', label: place }).trim(),
				place,
			},
		];
	};
	const { next, previous } = readKeyTurn(data, now, timeZone);
	return [...beside(next, NEWEST_KEY_ID.label), ...beside(previous, 'Key ID')];
}
