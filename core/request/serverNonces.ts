import { RecentlyUsed } from '../shared/lruMap';
import { webUrl } from '../shared/url';

/** Characters of a nonce, RFC 9449 §8.1; longer ones and others are none. */
const NONCE = /^[\x21\x23-\x5b\x5d-\x7e]{1,1024}$/;

/** The nonces that servers asked for in DPoP proofs, RFC 9449 §8 and §9: for each origin the latest. */
export class ServerNonces {
	readonly #nonces: RecentlyUsed<string>;

	/** @param limit most origins kept at once */
	constructor(limit = 1000) {
		this.#nonces = new RecentlyUsed(limit);
	}

	/**
	 * Keeps the nonce of an answer.
	 *
	 * @param url of the request that was answered
	 * @param headers of the answer, names in lower case
	 * @returns whether it has one
	 */
	note(url: string, headers: Record<string, unknown>): boolean {
		const origin = webUrl(url)?.origin;
		const nonce = headers['dpop-nonce'];
		if (origin === undefined || typeof nonce !== 'string' || !NONCE.test(nonce)) return false;
		this.#nonces.set(origin, nonce);
		return true;
	}

	/** The nonce to use in a request to this address; undefined where none is known. */
	nonceFor(url: URL): string | undefined {
		return this.#nonces.peek(url.origin);
	}
}

/** Shared by everything in this process; one that is empty costs one more request. */
export const serverNonces = new ServerNonces();

/** Whether a refusal asks for another nonce, by its challenge or by the `error` of its body. */
export function asksForNonce(
	status: number,
	headers: Record<string, unknown>,
	error?: unknown,
): boolean {
	if (status !== 400 && status !== 401) return false;
	const challenge = String(headers['www-authenticate'] ?? '');
	return error === 'use_dpop_nonce' || challenge.includes('use_dpop_nonce');
}
