import { JwtAuthError } from '../errors';

/** A private key that was made here, as n8n keeps it in a hidden field of the credential. */
export interface KeptKey {
	/** PKCS#8 DER in standard Base64. */
	key: string;
	/** Milliseconds since 1970 by the clock of the process that made it. */
	madeAt: number;
	/**
	 * Whether it was read from what n8n has stored. If not, the request at hand has made it, and another
	 * process may have stored another one since: it must never sign.
	 */
	isStored: boolean;
}

const FORMAT = /^(=?)n8n-key-1\.(\d{1,15})\.([\w-]+)$/;

/**
 * The text of a key for n8n to store. It begins with "=", as expressions do: n8n writes what
 * `preAuthentication` returns over what is stored unless that begins with "=", so that whoever comes
 * second does not replace the key; and it takes the "=" away when it reads the field.
 *
 * @param der PKCS#8
 * @param madeAt milliseconds since 1970
 */
export function writeKeptKey(der: Buffer, madeAt: number): string {
	return `=n8n-key-1.${madeAt}.${der.toString('base64url')}`;
}

/**
 * Reads what {@link writeKeptKey} wrote.
 *
 * @param text as n8n hands it over; what n8n's form puts in place of an empty text counts as empty
 * @returns undefined where no key has been made
 * @throws {@link JwtAuthError} `KEY_MALFORMED` for anything else, so that no new key takes its place
 */
export function readKeptKey(text: unknown): KeptKey | undefined {
	if (text === undefined || text === null || text === '') return undefined;
	if (typeof text === 'string' && /^=?__n8n_\w+_VALUE_/.test(text)) return undefined;
	const [, mark, madeAt, encoded] = FORMAT.exec(String(text)) ?? [];
	if (mark === undefined || encoded === undefined) {
		throw new JwtAuthError('KEY_MALFORMED', 'The key that n8n made and kept is damaged.', {
			hint: 'Restore the credential from a backup, or create a new credential for a new key.',
		});
	}
	return {
		key: Buffer.from(encoded, 'base64url').toString('base64'),
		madeAt: Number(madeAt),
		isStored: mark === '',
	};
}

/**
 * Milliseconds for which a stored key is not used yet. Of two processes that make a key at the same
 * moment both may find that none is stored, and the later one overwrites the earlier; n8n takes
 * milliseconds from looking to storing. After this time no more is on its way.
 */
export const SETTLING_TIME = 10_000;

/**
 * How long a stored key has to be left alone still.
 *
 * @param now milliseconds since 1970; the clocks of n8n's processes may differ by less than
 *   {@link SETTLING_TIME}, and one that is further off decides nothing
 * @returns milliseconds, 0 for a key that may sign
 */
export function settlingTime({ madeAt }: KeptKey, now: number): number {
	return Math.abs(now - madeAt) < SETTLING_TIME ? madeAt + SETTLING_TIME - now : 0;
}
