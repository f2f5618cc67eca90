/** The fields a request was authenticated with: this very object. */
type Fields = Record<string, unknown>;

const sent = new WeakMap<Fields, string[]>();

/** Notes that a request was authenticated with a token. @param data the fields it was made from */
export function noteSentToken(data: Fields, token: string): void {
	sent.set(data, [...(sent.get(data) ?? []), token]);
}

/**
 * The tokens that requests authenticated with these very fields carried, to be taken out of what an
 * API says.
 */
export function sentTokens(data: Fields): readonly string[] {
	return sent.get(data) ?? [];
}
