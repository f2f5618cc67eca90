import type { JwtAuthError } from '../errors';
import type { CredentialData } from '../settings/credentialFields';

const refusals = new WeakMap<CredentialData, JwtAuthError>();

/**
 * Notes what became of authenticating a request, for a sender that shows message and hint apart: of an
 * error that comes back through n8n's helpers only one text is left.
 *
 * @param data the very object that n8n handed over for the request
 * @param refusal why it was refused; undefined once it was authenticated
 */
export function noteRefusal(data: CredentialData, refusal: JwtAuthError | undefined): void {
	if (refusal) refusals.set(data, refusal);
	else refusals.delete(data);
}

/** Why the request with these very fields was refused before it was sent; undefined if it was not. */
export function notedProblem(data: CredentialData): JwtAuthError | undefined {
	return refusals.get(data);
}
