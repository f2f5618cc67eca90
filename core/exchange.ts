import type { AccessToken } from './accessToken';
import { hostOf } from './domains';
import { JwtAuthError } from './errors';
import { networkFailure, retryAfterSeconds } from './exchangeErrors';
import { exchangeFingerprint } from './exchangeFingerprint';
import type { ExchangeSettings } from './exchangeSettings';
import { assertTokenUrl, buildTokenRequest, type TokenRequest } from './tokenRequest';
import { readTokenResponse, type TokenResponse } from './tokenResponse';

/** Options of one request, as n8n's `helpers.httpRequest` takes them. */
export interface NetworkRequest extends Omit<TokenRequest, 'headers'> {
	headers: Record<string, string>;
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

/** Longest wait a server can ask for before the exchange is given up, in seconds. */
const LONGEST_WAIT = 10;

const RETRIED_STATUSES = [429, 500, 502, 503, 504];

const LARGEST_ANSWER = 1_048_576;

async function send(network: Network, request: TokenRequest): Promise<TokenResponse> {
	const timeout = EXCHANGE_TIMEOUT * 1000;
	const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
	const full = Object(
		await network.httpRequest({
			...request,
			headers: Object.fromEntries(headers) as Record<string, string>,
			encoding: 'arraybuffer',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// The assertion goes to the token endpoint and nowhere else.
			disableFollowRedirect: true,
			sendCredentialsOnCrossOriginRedirect: false,
			timeout,
			// The timeout alone would let an answer drip in for ever.
			abortSignal: AbortSignal.timeout(timeout),
		}),
	) as { statusCode: number; headers?: Record<string, unknown>; body?: unknown };
	const bytes = Buffer.from((full.body ?? '') as Uint8Array);
	if (bytes.length > LARGEST_ANSWER) {
		throw new JwtAuthError(
			'EXCHANGE_BAD_RESPONSE',
			"The token endpoint's answer is larger than 1 MB.",
		);
	}
	return { status: full.statusCode, headers: { ...full.headers }, body: bytes.toString('utf8') };
}

/** Milliseconds to wait before the next attempt; undefined when there is none. */
function pauseBefore(attempt: number, response: TokenResponse | undefined): number | undefined {
	const pause = PAUSES[attempt - 1];
	if (!response || pause === undefined) return pause;
	if (!RETRIED_STATUSES.includes(response.status)) return undefined;
	const wanted = retryAfterSeconds(response.headers['retry-after'], Date.now());
	if (wanted === undefined) return pause;
	return wanted > LONGEST_WAIT ? undefined : Math.max(pause, wanted * 1000);
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
	assertTokenUrl(settings);
	const fingerprint = exchangeFingerprint(settings);
	for (let attempt = 1; ; attempt++) {
		const sentAt = Date.now();
		const request = await buildTokenRequest(settings, new Date(sentAt));
		let response: TokenResponse | undefined;
		let failure: JwtAuthError | undefined;
		try {
			response = await send(network, request);
		} catch (error) {
			failure =
				error instanceof JwtAuthError
					? error
					: networkFailure(error, hostOf(settings.tokenUrl), EXCHANGE_TIMEOUT);
		}
		const final = failure !== undefined && failure.code !== 'EXCHANGE_UNREACHABLE';
		const pause = final ? undefined : pauseBefore(attempt, response);
		if (pause === undefined || (response && response.status < 400)) {
			if (failure) throw failure;
			if (response) return { ...readTokenResponse(response, settings, sentAt), fingerprint };
		}
		await network.sleep(pause ?? 0);
	}
}
