/** The fields a request was authenticated with: this very object. */
type Fields = Record<string, unknown>;

const sent = new WeakMap<Fields, string[]>();

/** Notes that a request was authenticated with a token. @param data the fields it was made from */
export function noteSentToken(data: Fields, token: string): void {
	sent.set(data, [...(sent.get(data) ?? []), token]);
}

/** Notes the proof that a token was sent with, before the token. */
export function noteSentProof(data: Fields, proof: string): void {
	sent.set(data, [proof, ...(sent.get(data) ?? [])]);
}

/**
 * The tokens that requests authenticated with these very fields carried, to be taken out of what an
 * API says.
 */
export function sentTokens(data: Fields): readonly string[] {
	return sent.get(data) ?? [];
}
