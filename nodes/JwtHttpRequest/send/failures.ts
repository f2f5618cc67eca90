import { NodeApiError, type IExecuteFunctions, type JsonObject } from 'n8n-workflow';
import { challengeBeside } from '../../../core/http/challenge';
import type { Deadline } from '../../../core/request/deadline';
import { JwtAuthError } from '../../../core/errors';
import type { Hop } from '../../../core/http/redirects';
import { isConnectionError } from '../../../core/request/retry';
import type { FollowedResponse, Sender } from './sendTypes';

function timedOut(error: unknown, deadline: Deadline): boolean {
	const text = error instanceof Error ? `${error.message} ${String(error.cause)}` : '';
	return deadline.isOver() || /timeout of \d+ms exceeded/.test(text);
}

/** The error for a request that got no answer. */
export function connectionFailure(
	context: IExecuteFunctions,
	error: unknown,
	deadline: Deadline,
): Error {
	if (timedOut(error, deadline)) {
		return new JwtAuthError('RESPONSE_TIMEOUT', 'The API did not answer in time.');
	}
	if (error instanceof NodeApiError) return error;
	return new NodeApiError(context.getNode(), (error ?? {}) as JsonObject);
}

/** The error for an answer that began and did not end. */
export function brokenBody(error: unknown, deadline: Deadline): Error {
	if (error instanceof JwtAuthError) return error;
	return timedOut(error, deadline)
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
	jwtSignApi:
		"Compare claims, Key ID and Expires In with what the API asks for, and check this machine's clock.",
	jwtExchangeApi: 'Compare the scope and audience of the credential with what the API asks for.',
	jwtTokenApi: 'Get a new token from its issuer.',
};

function adviceFor(statusCode: number, { authenticated }: Hop, credentialType: string): string {
	if (statusCode === 429) return "Space the requests out with Batching or Retry under 'Options'.";
	if (statusCode !== 401) return '';
	return authenticated
		? (ADVICE_401[credentialType] ?? '')
		: 'The API redirected to another address, which gets no token. Enter that address as URL, or list its host under Specific Domains.';
}

/**
 * The error for a status other than 2xx.
 *
 * @param body beginning of the answer
 */
export function statusError(
	{ context, itemIndex, credential, secrets }: Sender,
	{ statusCode, statusMessage, headers, hop }: Omit<FollowedResponse, 'body' | 'deadline'>,
	body: Buffer,
): NodeApiError {
	// Redacted before it is cut: what is left of a secret might not be found.
	const reason = secrets.redact(body.toString('utf8').trim()).slice(0, 500);
	const phrase = secrets.redact(statusMessage);
	const challenge = secrets.redact(String(headers['www-authenticate'] ?? ''));
	const advice = adviceFor(statusCode, hop, credential.type);
	return new NodeApiError(
		context.getNode(),
		{ statusCode, message: phrase },
		{
			message: `The API answered ${statusCode} ${phrase}`.trim(),
			description: [reason, challengeBeside(challenge, reason), advice].filter(Boolean).join(' · '),
			httpCode: String(statusCode),
			itemIndex,
		},
	);
}
