import { NodeApiError, type IExecuteFunctions, type JsonObject } from 'n8n-workflow';
import { readChallenge, saysToo } from '../../../core/request/challenge';
import { answerReason } from '../../../core/request/answerReason';
import { tlsFailure } from '../../../core/request/tlsFailure';
import { shownText } from '../../../core/shared/shownText';
import { hostOf } from '../../../core/shared/url';
import { claimsOverview, type ClaimsOverview } from '../../../core/verify/claimsOverview';
import type { Deadline } from '../../../core/request/deadline';
import { JwtAuthError } from '../../../core/errors';
import type { Hop } from '../../../core/http/redirects';
import { isConnectionError } from '../../../core/request/retry';
import type { CredentialData } from '../../../core/settings/credentialFields';
import type { ItemCredential } from '../read/credential';
import type { FollowedResponse, Sender } from './sendTypes';

function isTimeout(error: unknown, deadline: Deadline): boolean {
	const text = error instanceof Error ? `${error.message} ${String(error.cause)}` : '';
	return deadline.isOver() || /timeout of \d+ms exceeded/.test(text);
}

/** The error for a request that got no answer. @param url where it was sent */
export function connectionError(
	context: IExecuteFunctions,
	error: unknown,
	deadline: Deadline,
	url: string,
): Error {
	if (isTimeout(error, deadline)) {
		return new JwtAuthError('RESPONSE_TIMEOUT', 'The API did not answer in time.');
	}
	const tls = tlsFailure(error, true);
	if (tls) {
		const message = `${hostOf(url)} ${tls.what}`;
		const texts = { message, description: tls.hint };
		return new NodeApiError(context.getNode(), { message }, texts);
	}
	if (error instanceof NodeApiError) return error;
	return new NodeApiError(context.getNode(), (error ?? {}) as JsonObject);
}

/** The error for an answer that began and did not end. */
export function brokenBodyError(error: unknown, deadline: Deadline): Error {
	if (error instanceof JwtAuthError) return error;
	return isTimeout(error, deadline)
		? new JwtAuthError('RESPONSE_TIMEOUT', 'The answer of the API did not end in time.')
		: new JwtAuthError('RESPONSE_INCOMPLETE', 'The answer of the API broke off.');
}

/** What was thrown, as an error. */
export function toError(thrown: unknown): Error {
	return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Whether the connection failed, so that another try may do better. */
export function isConnectionFailure(error: unknown): boolean {
	if (error instanceof JwtAuthError) {
		return error.code === 'RESPONSE_TIMEOUT' || error.code === 'RESPONSE_INCOMPLETE';
	}
	return isConnectionError(error);
}

/** What to do about a 401, by the type of the credential. */
const ADVICE_401: Record<string, string> = {
	jwtExchangeApi: 'Compare the scope and audience of the credential with what the API asks for.',
	jwtTokenApi: 'Get a new token from its issuer.',
};

/** What to compare where a token was signed in vain: first the key, which is wrong more often than a claim. */
function signingAdvice({ algorithm }: CredentialData): string {
	const isSecret = String(algorithm).startsWith('HS');
	const key = isSecret
		? 'The API may know another secret: compare Secret in the credential with it first'
		: 'The API may know another key: check first that the public key of Private Key is registered there, under this Key ID';
	return `${key}, then the claims with what it asks for, and this machine's clock.`;
}

function adviceFor(
	statusCode: number,
	{ authenticated }: Hop,
	{ type, data }: ItemCredential,
): string {
	if (statusCode === 429) return "Space the requests out with Batching or Retry under 'Options'.";
	if (statusCode !== 401) return '';
	if (!authenticated) {
		return 'The API redirected to another address, which gets no token. Enter that address as URL, or choose Specific Domains in the credential and enter both hosts in Allowed Domains, with a comma between.';
	}
	return type === 'jwtSignApi' ? signingAdvice(data) : (ADVICE_401[type] ?? '');
}

/** How long the clock of the API may differ before it is worth a word, in seconds. */
const CLOCK_DIFFERENCE = 30;

function clockAdvice(date: unknown): string {
	const seconds = Math.round((Date.parse(String(date)) - Date.now()) / 1000);
	// NaN where the API does not say what time it is.
	if (!(Math.abs(seconds) > CLOCK_DIFFERENCE)) return '';
	const direction = seconds > 0 ? 'behind' : 'ahead of';
	return `This machine's clock is ${Math.abs(seconds)} seconds ${direction} that of the API.`;
}

/** The claims of the token that was sent: names and times, never the token. */
function sentClaims(overview: ClaimsOverview | undefined, kind: string): string {
	return overview?.text ? `The ${kind} that was sent has the claims ${overview.text}.` : '';
}

/** That the API wants another audience than the token has; empty where it does not. */
function audienceAdvice(
	overview: ClaimsOverview | undefined,
	kind: string,
	wanted: string,
): string {
	const { audiences = [] } = overview ?? {};
	if (wanted === '' || audiences.includes(wanted)) return '';
	const found = audiences.length === 0 ? 'has none' : 'has another one';
	const compared = overview ? `; the ${kind} ${found}` : '';
	return `The API wants ${shownText(wanted)} as audience (aud)${compared}.`;
}

/**
 * What to compare and to do where the API refuses the token itself, 401 or 403: what is known to be
 * wrong, then what mostly is, then what was sent.
 */
function tokenAdvice(
	{ credential, secrets }: Sender,
	{ headers, hop, statusCode }: Pick<FollowedResponse, 'headers' | 'hop' | 'statusCode'>,
	audience: string,
): string[] {
	const advice = adviceFor(statusCode, hop, credential);
	if (!hop.authenticated) return [advice];
	const kind = credential.type === 'jwtExchangeApi' ? 'access token' : 'token';
	const token = secrets.latestToken;
	const overview = token === undefined ? undefined : claimsOverview(token);
	return [
		audienceAdvice(overview, kind, audience),
		clockAdvice(headers.date),
		advice,
		sentClaims(overview, kind),
	];
}

/**
 * The error for a status other than 2xx. Its description is for people; the answer itself, as far as it
 * was read, stands in the details.
 *
 * @param body beginning of the answer
 */
export function statusError(
	sender: Sender,
	response: Omit<FollowedResponse, 'body' | 'deadline'>,
	body: Buffer,
): NodeApiError {
	const { context, itemIndex, credential, secrets } = sender;
	const { statusCode, headers, hop } = response;
	// Redacted before it is cut: what is left of a secret might not be found.
	const show = (text: string): string => secrets.redact(text).slice(0, 500);
	const text = body.toString('utf8').trim();
	const reason = show(answerReason(text, statusCode));
	const phrase = secrets.redact(response.statusMessage);
	const challenge = readChallenge(String(headers['www-authenticate'] ?? ''));
	const description = show(challenge.description);
	const isRefusal = statusCode === 401 || statusCode === 403;
	return new NodeApiError(
		context.getNode(),
		{ statusCode, message: `${statusCode} ${phrase} ${show(text)}`.trim() },
		{
			message: `The API answered ${statusCode} ${phrase}`.trim(),
			description: [
				// The headline has the phrase.
				saysToo(phrase, reason) ? '' : reason,
				saysToo(reason, description) ? '' : description,
				show(challenge.rest),
				...(isRefusal
					? tokenAdvice(sender, response, show(challenge.audience))
					: [adviceFor(statusCode, hop, credential)]),
			]
				.filter(Boolean)
				.join(' · '),
			httpCode: String(statusCode),
			itemIndex,
		},
	);
}
