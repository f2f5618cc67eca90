import { assertNoUser } from '../shared/url';
import type { AuthenticableRequest } from '../request/placement';
import type { CredentialData } from '../settings/credentialFields';
import { storedFields, type AccessToken, type StoredToken } from '../exchange/storedToken';
import { daysUntilExpiry } from './credentialExpiry';
import { JwtAuthError } from '../errors';
import { exchangeFingerprint } from '../exchange/fingerprint';
import { assertApiAllowed, isTokenEndpoint, withAccessToken } from '../exchange/apiRequest';
import { awaitToken, fetchToken, findToken, obtainToken, suspectToken } from '../exchange/session';
import { readExchangeInTurn, readStored } from '../settings/readExchange';
import type { Network } from '../request/network';
import { describeRequest } from '../request/outgoingRequest';
import { tlsIdentity } from '../keys/clientCertificate';
import { withTlsIdentity } from '../request/tlsIdentity';
import { asksForNonce, serverNonces } from '../request/serverNonces';
import { noteSentProof, noteSentToken } from '../request/sentTokens';
import { withApiProof } from '../exchange/provenRequest';
import { readTestUrl } from '../exchange/testUrl';
import { assertKeyReady, makeMissingKey, type MadeKeyFields } from './keyBirth';
import { answerKeyRequest } from './keyRequest';
import { assertTokenUrl } from '../exchange/tokenRequest';

/**
 * What has happened to one request so far. n8n hands the same credentials object to every call it
 * makes for a request, and nothing else connects these calls.
 */
type Step =
	/** `authenticate` has refused: nothing was sent, and nothing is to be fetched. */
	| { name: 'refused' }
	/** `authenticate` has asked n8n for a token. */
	| { name: 'asked'; legacy: boolean; isTest: boolean }
	/** A token was fetched for this request; `tested`: and the Test URL read with it. */
	| { name: 'fetched'; token: AccessToken; tested: boolean }
	/** The request was sent with a token. */
	| { name: 'sent'; legacy: boolean; fingerprint: string; token: string; proven: boolean };

/**
 * Member of the options of Test Connection's request, by which it is told from others: it exchanges even
 * if there is a token, and reads the Test URL. It is taken off before the request is sent.
 */
export const TEST_MARK = 'isConnectionTest';

const steps = new WeakMap<CredentialData, Step>();

/**
 * Says that a token has to be fetched before the request can be sent. `authenticate` cannot do that
 * itself; n8n's helpers take a status of 401 for an expired token, call `preAuthentication`, and then
 * `authenticate` again.
 */
export class TokenNeeded extends JwtAuthError {
	readonly response = { status: 401, statusText: 'The access token was not renewed' };

	constructor() {
		super('EXCHANGE_NOT_RENEWED', 'The access token was not renewed before the request.');
	}
}

/**
 * Authenticates a request with the access token a `jwtExchangeApi` credential's assertion is traded
 * for: the one in this process, the one n8n has stored, or one that is being fetched.
 *
 * @param data the credential's fields, expressions resolved for the item
 * @param given the request, left as it is; a relative `url` is completed by Base URL Field
 * @param sleep waits some milliseconds
 * @param timeZone of the dates in the form, see {@link daysUntilExpiry}
 * @returns a copy that carries the token
 * @throws {@link TokenNeeded} when there is none yet, {@link KeyNeeded} when there is no key to get one
 *   with; {@link JwtAuthError} `KEY_JUST_MADE`, `DOMAIN_NOT_ALLOWED`, `CREDENTIAL_EXPIRED`, `URL_INVALID`, `TOKEN_URL_INSECURE`, `EXCHANGE_*`, and the codes of placement
 */
export async function authenticateWithAccessToken<T extends AuthenticableRequest>(
	data: CredentialData,
	given: T,
	sleep: Network['sleep'],
	timeZone?: string,
): Promise<T> {
	const answer = answerKeyRequest(data, given);
	if (answer) return answer;
	const { [TEST_MARK]: isTest, ...rest } = given as T & { [TEST_MARK]?: boolean };
	const request = rest as unknown as T;
	const before = steps.get(data);
	steps.set(data, { name: 'refused' });
	assertKeyReady(data, new Date(), timeZone);
	const settings = readExchangeInTurn(data, new Date(), timeZone);
	assertTokenUrl(settings);
	const isExchange = isTokenEndpoint(request, settings.tokenUrl);
	if (!isExchange) assertApiAllowed(request, settings);
	else assertNoUser(describeRequest(request).url, 'The URL');
	daysUntilExpiry(settings.signing.credentialExpiresAt, new Date(), timeZone);

	const legacy = request.uri !== undefined;
	const isUntested = isTest === true && settings.testUrl !== '';
	const fetched = before?.name === 'fetched' && (before.tested || !isUntested);
	let token = fetched ? before.token : undefined;
	if (!token && !isTest) token = await awaitToken(settings, sleep);
	if (!token) {
		steps.set(data, { name: 'asked', legacy, isTest: isTest === true });
		throw new TokenNeeded();
	}
	noteSentToken(data, token.token);
	// The token endpoint never gets an access token, but may want the certificate for any connection.
	const now = new Date();
	const { clientCertificate } = settings.signing;
	const { request: authenticated, proof } = isExchange
		? { request: withTlsIdentity(request, tlsIdentity(clientCertificate, now)), proof: undefined }
		: await withApiProof(withAccessToken(request, token, settings), token, now);
	const { fingerprint } = token;
	const proven = proof !== undefined;
	if (proven) noteSentProof(data, proof);
	steps.set(data, { name: 'sent', legacy, fingerprint, token: token.token, proven });
	return authenticated;
}

/**
 * n8n's `preAuthentication` of a `jwtExchangeApi` credential: fetches a token where `authenticate` asked
 * for one, and where the API refused the one it got. Where n8n is to make the key and has not yet, it
 * makes that and nothing else.
 *
 * The legacy helper (stock HTTP Request node) calls this after any failure of a request and sends it
 * again if it gets fields back. A request must not be sent twice because of us: the token is only
 * suspected then, and replaced for the next request.
 *
 * @param options `store`: false for an n8n that would store all other fields as well, with this item's
 *   values in place of their expressions (1.x); tokens then stay in this process. `timeZone`: of dates
 * @returns the fields n8n is to store, or nothing: whoever waited for another's fetch has nothing to
 *   store, and finds the token in this process
 * @throws {@link JwtAuthError} as `exchange`
 */
export async function preAuthenticate(
	data: CredentialData,
	network: Network,
	{ store = true, timeZone }: { store?: boolean; timeZone?: string } = {},
): Promise<StoredToken | (StoredToken & MadeKeyFields) | Record<string, never>> {
	const made = await makeMissingKey(data, store);
	// Another key beside the one in use does not end its access token; with the first there is none.
	if (made) return { ...readStored(data), ...made };
	const step = steps.get(data);
	if (!step && !store) {
		// The field stays empty, so that this is called before every request and can fetch right away.
		const settings = readExchangeInTurn(data, new Date(), timeZone);
		steps.set(data, { name: 'refused' });
		const token = await obtainToken(settings, network);
		steps.set(data, { name: 'fetched', token, tested: false });
		return {};
	}
	// n8n calls this first for an empty field, when it is not known yet where the request goes.
	if (step?.name !== 'asked' && step?.name !== 'sent') return {};
	const settings = readExchangeInTurn(data, new Date(), timeZone);
	if (step.name === 'sent') {
		suspectToken(step.fingerprint, step.token);
		if (step.legacy || findToken(settings, step.fingerprint)) return {};
	}
	steps.set(data, { name: 'refused' });
	const isTest = step.name === 'asked' && step.isTest;
	const { value: token, own } = await fetchToken(settings, network, { anyway: isTest });
	if (isTest && settings.testUrl !== '') await readTestUrl(token, settings, network);
	steps.set(data, { name: 'fetched', token, tested: isTest });
	// The legacy helper goes on only if it gets fields.
	return store && (own || step.legacy) ? storedFields(token) : {};
}

/**
 * Keeps the nonce that an API gave for DPoP proofs, RFC 9449 §8.2 and §9, for a sender that sees its
 * answers.
 *
 * @param data the very object the request was authenticated with
 * @returns whether the request was refused for its nonce alone, so that sending it once more, with a
 *   copy of the object, may help
 */
export function noteApiNonce(
	data: CredentialData,
	url: string,
	{ statusCode, headers }: { statusCode: number; headers: Record<string, unknown> },
): boolean {
	const step = steps.get(data);
	if (step?.name !== 'sent' || !step.proven) return false;
	return serverNonces.note(url, headers) && asksForNonce(statusCode, headers);
}

/**
 * Tells that the API refused a request with 401, for a sender that judges statuses itself.
 *
 * @param data the very object the request was authenticated with
 * @param timeZone of the dates in the form
 * @returns whether sending it once more, with a copy of the object, gets another token: false when
 *   the refused one replaced another less than a minute ago
 */
export function refusedByApi(data: CredentialData, timeZone?: string): boolean {
	const step = steps.get(data);
	if (step?.name !== 'sent') return false;
	suspectToken(step.fingerprint, step.token);
	const settings = readExchangeInTurn(data, new Date(), timeZone);
	return findToken(settings, exchangeFingerprint(settings))?.token !== step.token;
}
