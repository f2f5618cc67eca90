import type { AccessToken } from './accessToken';
import { hostOf } from './domains';
import { JwtAuthError } from './errors';
import { networkFailure } from './exchangeErrors';
import { exchangeFingerprint } from './exchangeFingerprint';
import { exchangeSecrets, tokensIn } from './exchangeSecrets';
import type { ExchangeSettings } from './exchangeSettings';
import { redactError } from './redact';
import { parseRetryAfter } from './retry';
import { buildTokenRequest, type TokenRequest } from './tokenRequest';
import { readTokenResponse, type TokenResponse } from './tokenResponse';

/** Options of one request, as n8n's `helpers.httpRequest` takes them. */
export interface NetworkRequest extends TokenRequest {
	encoding: 'arraybuffer';
	returnFullResponse: true;
	ignoreHttpStatusErrors: true;
	disableFollowRedirect: true;
	sendCredentialsOnCrossOriginRedirect: false;
	/** Milliseconds. */
	timeout: number;
	abortSignal: AbortSignal;
}

/** What an exchange needs of the world. */
export interface Network {
	/** Sends a request; resolves to `{ statusCode, headers, body }`, the body as bytes. */
	httpRequest(options: NetworkRequest): Promise<unknown>;
	/** Waits some milliseconds. */
	sleep(milliseconds: number): Promise<unknown>;
}

/** Seconds a token endpoint is given to answer. */
export const EXCHANGE_TIMEOUT = 15;

/** Milliseconds waited before the second and the third attempt. */
const PAUSES = [500, 1500];

/** Longest wait a server can ask for before the exchange is given up, in milliseconds. */
const LONGEST_WAIT = 10_000;

const RETRIED_STATUSES = [429, 500, 502, 503, 504];

const LARGEST_ANSWER = 1_048_576;

/** Sends a request; why that did not succeed is returned as well. */
export async function attempt(
	network: Network,
	request: TokenRequest,
): Promise<TokenResponse | JwtAuthError> {
	const timeout = EXCHANGE_TIMEOUT * 1000;
	let answer: { statusCode: number; headers?: Record<string, unknown>; body?: Uint8Array };
	try {
		answer = (await network.httpRequest({
			...request,
			encoding: 'arraybuffer',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// The assertion goes to the token endpoint and nowhere else.
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
			timeout,
			// The timeout alone would let an answer drip in for ever.
			abortSignal: AbortSignal.timeout(timeout),
		})) as typeof answer;
	} catch (error) {
		return networkFailure(error, hostOf(request.url), EXCHANGE_TIMEOUT);
	}
	const body = Buffer.from(answer.body ?? '');
	if (body.length > LARGEST_ANSWER) {
		return new JwtAuthError(
			'EXCHANGE_BAD_RESPONSE',
			"The token endpoint's answer is larger than 1 MB.",
		);
	}
	return { status: answer.statusCode, headers: answer.headers ?? {}, body: body.toString('utf8') };
}

/** Milliseconds to wait before the next attempt; undefined when there is none. */
function pauseAfter(attempts: number, outcome: TokenResponse | JwtAuthError): number | undefined {
	const pause = PAUSES[attempts - 1];
	if (outcome instanceof JwtAuthError) {
		return outcome.code === 'EXCHANGE_UNREACHABLE' ? pause : undefined;
	}
	if (pause === undefined || !RETRIED_STATUSES.includes(outcome.status)) return undefined;
	const wanted = parseRetryAfter(outcome.headers['retry-after'], new Date()) ?? 0;
	return wanted > LONGEST_WAIT ? undefined : Math.max(pause, wanted);
}

/** What an outcome holds; its error tells nothing of what was sent. */
function read(
	outcome: TokenResponse | JwtAuthError,
	request: TokenRequest,
	settings: ExchangeSettings,
	sentAt: number,
): ReturnType<typeof readTokenResponse> {
	try {
		if (outcome instanceof JwtAuthError) throw outcome;
		return readTokenResponse(outcome, settings, sentAt);
	} catch (error) {
		throw redactError(error, [...exchangeSecrets(settings), ...tokensIn(request)]);
	}
}

/**
 * Trades a freshly signed assertion for an access token.
 *
 * A token endpoint that cannot be reached or answers 429, 500, 502, 503 or 504 is asked up to three
 * times, each time with a new assertion, after half a second and one and a half, or as long as
 * `Retry-After` asks (at most 10 s). A timeout is not tried again. Redirects are not followed.
 *
 * @throws {@link JwtAuthError} `EXCHANGE_UNREACHABLE`, `EXCHANGE_TIMEOUT`, and those of
 *   {@link buildTokenRequest} and {@link readTokenResponse}
 */
export async function exchange(settings: ExchangeSettings, network: Network): Promise<AccessToken> {
	const fingerprint = exchangeFingerprint(settings);
	for (let attempts = 1; ; attempts++) {
		const sentAt = Date.now();
		const request = await buildTokenRequest(settings, new Date(sentAt));
		const outcome = await attempt(network, request);
		const pause = pauseAfter(attempts, outcome);
		if (pause !== undefined) await network.sleep(pause);
		else return { ...read(outcome, request, settings, sentAt), fingerprint };
	}
}
