/** How many keys n8n can make for one credential, one after the other. */
export const KEPT_KEYS = 10;

/**
 * The hidden field in which n8n keeps a private key that it made. Each key has a field of its own, so
 * that making one never writes over another.
 *
 * @param number from 1 to {@link KEPT_KEYS}
 */
export function keptKeyField(number: number): string {
	return number === 1 ? 'generatedPrivateKey' : `generatedPrivateKey${number}`;
}

/** Numbers of the keys a credential can have. */
export const KEY_NUMBERS: readonly number[] = Array.from(
	{ length: KEPT_KEYS },
	(_none, index) => index + 1,
);
