import { type Algorithm, findAlgorithm } from '../keys/algorithms';
import { generatePrivateKey } from '../keys/generateKey';
import { settlingTime, writeKeptKey, type KeptKey } from '../keys/keptKey';
import { advancedFields } from '../settings/advancedOptions';
import { readText, type CredentialData } from '../settings/credentialFields';
import {
	KEPT_KEY_FIELD,
	keptKey,
	keyJustMadeError,
	readKeySource,
	readRsaKeySize,
} from '../settings/readKeySource';
import { JwtAuthError } from '../errors';

/** What n8n is to store of a key that was made. */
export interface MadeKeyFields {
	generatedPrivateKey: string;
	/** Tells the form that there is a key. */
	keyMade: string;
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

function algorithmOf(data: CredentialData): Algorithm {
	return findAlgorithm(readText(data, { name: 'algorithm', label: 'Algorithm' }, 'RS256'));
}

/** A key that n8n makes, or is to make; `pasted` where the person has one. */
type KeyState = 'pasted' | 'missing' | KeptKey;

function keyState(data: CredentialData): KeyState {
	if (readKeySource(data, algorithmOf(data)) === 'paste') return 'pasted';
	return keptKey(data) ?? 'missing';
}

/** Whether n8n is to make a key for this credential and has not done so. */
export function isKeyMissing(data: CredentialData): boolean {
	return keyState(data) === 'missing';
}

/**
 * How long the key has to be left alone still before it signs or is handed out.
 *
 * @param now milliseconds since 1970
 * @returns milliseconds; 0 for a key that may be used, and where there is none
 */
export function keySettlingTime(data: CredentialData, now: number): number {
	const state = keyState(data);
	return typeof state === 'string' ? 0 : settlingTime(state, now);
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
 * @throws {@link KeyNeeded}; {@link JwtAuthError} `KEY_JUST_MADE`, `KEY_MALFORMED`
 */
export function assertKeyReady(data: CredentialData, now: Date): void {
	const state = keyState(data);
	if (state === 'pasted') return;
	if (state === 'missing') throw new KeyNeeded();
	if (!state.isStored || settlingTime(state, now.getTime()) > 0) throw keyJustMadeError();
}

/**
 * Makes the key of a credential, where n8n is to make one and has not yet.
 *
 * @param store whether n8n can store it
 * @returns what n8n is to store; undefined where there is nothing to make
 * @throws {@link JwtAuthError} `KEY_NOT_MADE` where n8n cannot store it, `ALGORITHM_UNAVAILABLE`
 */
export async function makeMissingKey(
	data: CredentialData,
	store: boolean,
): Promise<MadeKeyFields | undefined> {
	if (!isKeyMissing(data)) return undefined;
	if (!store) {
		throw new JwtAuthError('KEY_NOT_MADE', 'n8n 1.x cannot keep a key pair that it makes.', {
			hint: 'Choose Paste as Key Source, or use n8n 2.',
		});
	}
	const der = await generatePrivateKey(algorithmOf(data), readRsaKeySize(advancedFields(data)));
	return { generatedPrivateKey: writeKeptKey(der, Date.now()), keyMade: 'made' };
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
	return { ...data, [KEPT_KEY_FIELD]: made.generatedPrivateKey.slice(1) };
}
