import { NodeApiError, type IExecuteFunctions, type JsonObject } from 'n8n-workflow';
import { JwtAuthError } from '../../../core/errors';
import { redact } from '../../../core/redact';
import { isConnectionError } from '../../../core/retry';
import type { Deadline } from './deadline';
import type { SentResponse } from './sentResponse';

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

const ADVICE: Record<number, string> = {
	401: "Compare claims, Key ID and Expires In with what the API asks for, and check this machine's clock.",
	429: "Space the requests out with Batching or Retry under 'Options'.",
};

/** The `WWW-Authenticate` header, unless its `error_description` (RFC 6750 §3) is in the body already. */
function challengeBeside(body: string, headers: SentResponse['headers']): string {
	const challenge = String(headers['www-authenticate'] ?? '');
	const description = /error_description="([^"]+)"/.exec(challenge)?.[1];
	// JSON writes quotes in another way.
	const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');
	return description && letters(body).includes(letters(description)) ? '' : challenge;
}

/**
 * The error for a status other than 2xx.
 *
 * @param body beginning of the answer
 * @param secrets what must not be shown even when the API quotes it; see `secretValues`
 */
export function statusError(
	context: IExecuteFunctions,
	itemIndex: number,
	{ statusCode, statusMessage, headers }: Omit<SentResponse, 'body' | 'deadline'>,
	body: Buffer,
	secrets: readonly string[],
): NodeApiError {
	// Redacted before it is cut: half a secret would not be found.
	const reason = redact(body.toString('utf8').trim(), secrets).slice(0, 500);
	return new NodeApiError(
		context.getNode(),
		{ statusCode, message: statusMessage },
		{
			message: `The API answered ${statusCode} ${statusMessage}`.trim(),
			description: redact(
				[reason, challengeBeside(reason, headers), ADVICE[statusCode]].filter(Boolean).join(' · '),
				secrets,
			),
			httpCode: String(statusCode),
			itemIndex,
		},
	);
}
