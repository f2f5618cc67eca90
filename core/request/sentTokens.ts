import type { CredentialData } from '../settings/credentialFields';

const sent = new WeakMap<CredentialData, string[]>();

/** Notes that a request was authenticated with a token. @param data the fields it was made from */
export function noteSentToken(data: CredentialData, token: string): void {
	sent.set(data, [...(sent.get(data) ?? []), token]);
}

/**
 * The tokens that requests authenticated with these very fields carried, to be taken out of what an
 * API says.
 */
export function sentTokens(data: CredentialData): readonly string[] {
	return sent.get(data) ?? [];
}
