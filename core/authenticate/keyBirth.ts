import { generatePrivateKey } from '../keys/generateKey';
import { settlingTime, writeKeptKey } from '../keys/keptKey';
import type { NumberedKey } from '../keys/keyTurn';
import { advancedFields } from '../settings/advancedOptions';
import type { CredentialData } from '../settings/credentialFields';
import { keptKeyField } from '../settings/keptKeyFields';
import { keyJustMadeError, readKeySource, readRsaKeySize } from '../settings/readKeySource';
import { algorithmOf, keptKeys, newestKeyNumber, readKeyTurn } from '../settings/readKeyTurn';
import { JwtAuthError } from '../errors';

/** What n8n is to store of a key that was made: the field of the key, and `keyMade`. */
export interface MadeKeyFields {
	/** Tells the form that there is a key. */
	keyMade: string;
	[keptKeyField: string]: string;
}

/**
 * Says that the key of a credential has to be made. As with tokens, n8n's helpers take a status of 401
 * for a reason to call `preAuthentication`, which makes it.
 */
export class KeyNeeded extends JwtAuthError {
	readonly response = { status: 401, statusText: 'The key pair was not made' };

	constructor() {
		super('KEY_NOT_MADE', 'n8n has not stored the key pair of this credential.');
	}
}

/** The keys that n8n has made, up to the newest it is to make; undefined where a person has the key. */
function madeKeys(data: CredentialData): NumberedKey[] | undefined {
	return readKeySource(data, algorithmOf(data)) === 'paste' ? undefined : keptKeys(data);
}

/** The key before the newest, since that has its turn only once it is ready; where there is none, the newest. */
function firstToSign(keys: NumberedKey[], data: CredentialData): NumberedKey | undefined {
	const newest = newestKeyNumber(data);
	return keys.filter(({ number }) => number < newest).at(-1) ?? keys.at(-1);
}

/** Whether n8n is to make a key for this credential and has made none. */
export function isKeyMissing(data: CredentialData): boolean {
	return madeKeys(data)?.length === 0;
}

/** Whether n8n is to make another key for this credential, beside those it has made. */
export function isNewestKeyMissing(data: CredentialData): boolean {
	const keys = madeKeys(data);
	return keys !== undefined && keys.at(-1)?.number !== newestKeyNumber(data);
}

/**
 * How long a key has to be left alone still before it signs or is handed out.
 *
 * @param now milliseconds since 1970
 * @param options `newest`: whether the newest is meant as well, which signs only later where there is another
 * @returns milliseconds; 0 for a key that may be used, and where there is none
 */
export function keySettlingTime(
	data: CredentialData,
	now: number,
	{ newest = false } = {},
): number {
	const keys = madeKeys(data) ?? [];
	const meant = newest ? keys.slice(-2) : [firstToSign(keys, data) ?? []].flat();
	return Math.max(0, ...meant.map((key) => settlingTime(key, now)));
}

/** Fields for which a request has asked for the newest key; n8n hands the same object to each call. */
const newestWanted = new WeakSet<CredentialData>();

/**
 * Asks for the newest key where n8n is to make it beside others, once: where n8n cannot store it, the
 * others go on.
 *
 * @throws {@link KeyNeeded}
 */
export function askForNewestKey(data: CredentialData): void {
	if (newestWanted.has(data) || !isNewestKeyMissing(data)) return;
	newestWanted.add(data);
	throw new KeyNeeded();
}

/**
 * Asks for the key where n8n is to make one and has not.
 *
 * @throws {@link KeyNeeded}; {@link JwtAuthError} `KEY_MALFORMED`
 */
export function assertKeyMade(data: CredentialData): void {
	if (isKeyMissing(data)) throw new KeyNeeded();
}

/**
 * Refuses to sign with a key that is not there, was made for this very request, or so recently that
 * another process may be about to store another one.
 *
 * @param timeZone of the dates in the form
 * @throws {@link KeyNeeded}; {@link JwtAuthError} `KEY_JUST_MADE`, and as {@link readKeyTurn}
 */
export function assertKeyReady(data: CredentialData, now: Date, timeZone?: string): void {
	const keys = madeKeys(data);
	if (!keys) return;
	const key = readKeyTurn(data, now, timeZone).current ?? keys.at(-1);
	if (!key) throw new KeyNeeded();
	if (!key.isStored || settlingTime(key, now.getTime()) > 0) throw keyJustMadeError();
}

/** Whether a key is to be made now: the first, or the newest for a request that is there for it. */
function isToBeMade(data: CredentialData): boolean {
	return isKeyMissing(data) || (newestWanted.has(data) && isNewestKeyMissing(data));
}

/**
 * Makes a key of a credential, where n8n is to make one and has not yet.
 *
 * @param store whether n8n can store it
 * @returns what n8n is to store; undefined where there is nothing to make
 * @throws {@link JwtAuthError} `KEY_NOT_MADE` where n8n cannot store it, `ALGORITHM_UNAVAILABLE`
 */
export async function makeMissingKey(
	data: CredentialData,
	store: boolean,
): Promise<MadeKeyFields | undefined> {
	if (!isToBeMade(data)) return undefined;
	if (!store) {
		throw new JwtAuthError('KEY_NOT_MADE', 'n8n 1.x cannot keep a key pair that it makes.', {
			hint: 'Choose Paste as Key Source, or use n8n 2.',
		});
	}
	const der = await generatePrivateKey(algorithmOf(data), readRsaKeySize(advancedFields(data)));
	const field = keptKeyField(newestKeyNumber(data));
	return { [field]: writeKeptKey(der, Date.now()), keyMade: 'made' };
}

/**
 * The fields of a credential under test. Where the key is not there yet, one that nobody keeps takes its
 * place, so that the other fields can be checked; a test hands nothing out.
 *
 * @throws {@link JwtAuthError} as {@link makeMissingKey}
 */
export async function withKeyUnderTest(data: CredentialData): Promise<CredentialData> {
	const made = await makeMissingKey(data, true);
	if (!made) return data;
	const field = keptKeyField(newestKeyNumber(data));
	return { ...data, [field]: made[field]?.slice(1) };
}
