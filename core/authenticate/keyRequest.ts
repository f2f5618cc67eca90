import type { AuthenticableRequest } from '../request/placement';
import type { CredentialData } from '../settings/credentialFields';
import { askForNewestKey, assertKeyMade } from './keyBirth';

/** Member of the options of a request that is there for the key alone; see {@link keyRequest}. */
const KEY_MARK = 'isForKeyAlone';

/**
 * Address of a request that n8n's HTTP client answers by itself, RFC 2397. The host is there for n8n's
 * SSRF protection, which looks every host up and refuses what it does not find; nothing connects to it.
 */
const ANSWERED_HERE = 'data://1.1.1.1/,%7B%7D';

/**
 * The options of a request that has n8n make the key of a credential, and does nothing else: n8n runs
 * `preAuthentication`, and stores what it makes, for requests only. It makes the newest key as well,
 * which no other request does: a request that is to reach somebody never waits for a key it can do without.
 */
export function keyRequest(): { url: string; method: 'GET' } {
	const marked = { url: ANSWERED_HERE, method: 'GET' as const, [KEY_MARK]: true };
	return marked;
}

/**
 * What `authenticate` answers to {@link keyRequest}: a request without token, which goes nowhere.
 *
 * @returns undefined for any other request
 * @throws {@link KeyNeeded} where the key is not there yet
 */
export function answerKeyRequest<T extends AuthenticableRequest>(
	data: CredentialData,
	request: T,
): T | undefined {
	if ((request as { [KEY_MARK]?: unknown })[KEY_MARK] !== true) return undefined;
	assertKeyMade(data);
	askForNewestKey(data);
	const { [KEY_MARK]: mark, ...rest } = request as T & { [KEY_MARK]?: unknown };
	void mark;
	return { ...rest, url: ANSWERED_HERE } as unknown as T;
}
