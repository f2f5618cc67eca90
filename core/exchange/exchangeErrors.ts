import { hasMembers } from '../shared/json';
import { JwtAuthError, type JwtAuthErrorCode } from '../errors';
import { refusalHint } from './exchangeHints';

import { redact } from '../shared/redact';
import { serverReason } from '../request/serverReason';
import { tlsFailure } from '../request/tlsFailure';
import { networkCode, parseRetryAfter } from '../request/retry';

type Answer = Record<string, unknown>;

const LONGEST_TEXT = 500;

function shorten(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT)}…` : line;
}

/** What a server says, in one line, without what must not be shown. */
export function shortReason(words: string, secrets: readonly string[]): string {
	return shorten(redact(words, secrets));
}

function firstText(...values: unknown[]): string {
	return values.filter((value) => typeof value === 'string').find((text) => text.trim()) ?? '';
}

/** Whether an answer with a good status speaks of an error all the same. */
export function isServerError(answer: Answer): boolean {
	const { error } = answer;
	return hasMembers(error) || (typeof error === 'string' && error !== '');
}

function codeOf(status: number): JwtAuthErrorCode {
	if (status === 429) return 'EXCHANGE_RATE_LIMITED';
	return status >= 500 ? 'EXCHANGE_SERVER_ERROR' : 'EXCHANGE_REJECTED';
}

/**
 * The error for an answer in which the token endpoint refuses.
 *
 * @param answer its members; empty when the body was none
 * @param secrets removed from what the server says, should it repeat them
 * @param retryAfter field value of `Retry-After`
 * @param lacksClient whether Client ID, which the form has, is empty
 */
export function refusalError(
	status: number,
	answer: Answer,
	{
		secrets,
		retryAfter,
		lacksClient = false,
	}: { secrets: readonly string[]; retryAfter?: unknown; lacksClient?: boolean },
): JwtAuthError {
	const words = serverReason(answer, status);
	const { error_uri } = answer;
	const uri = firstText(error_uri, answer.documentation_url);
	const reason = shortReason(words, secrets);
	const more = uri === '' ? '' : ` See ${shorten(redact(uri, secrets))}`;
	const asked = status === 429 ? parseRetryAfter(retryAfter, new Date()) : undefined;
	const wait = asked === undefined ? '' : ` It asks to wait ${Math.ceil(asked / 1000)} seconds.`;
	const said = reason === '' ? 'without giving a reason' : `with "${reason}"`;
	const code = codeOf(status);
	return new JwtAuthError(code, `The token endpoint answered ${status} ${said}.${more}${wait}`, {
		// By what was really said: a secret may be one of the words that a hint goes by.
		hint:
			code === 'EXCHANGE_REJECTED' ? refusalHint(shorten(words), status, lacksClient) : undefined,
	});
}

const TIMEOUTS = ['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED', 'ESOCKETTIMEDOUT'];

const NETWORK_CODES: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'refuses the connection',
	ECONNRESET: 'broke the connection off',
	EPIPE: 'broke the connection off',
	ENOTFOUND: 'is not known (DNS)',
	EAI_AGAIN: 'cannot be looked up at the moment (DNS)',
};

/**
 * The error for a token request that got no answer. The original is not kept: it holds the request.
 *
 * @param host of the token endpoint
 * @param timeout seconds it was given
 */
export function networkError(error: unknown, host: string, timeout: number): JwtAuthError {
	const code = networkCode(error);
	if (TIMEOUTS.includes(code)) {
		return new JwtAuthError(
			'EXCHANGE_TIMEOUT',
			`The token endpoint ${host} did not answer within ${timeout} seconds.`,
		);
	}
	const tls = tlsFailure(error);
	if (tls) {
		const message = `The token endpoint ${host} ${tls.what}.`;
		return new JwtAuthError('EXCHANGE_UNREACHABLE', message, { hint: tls.hint });
	}
	const said = error instanceof Error ? shorten(redact(error.message)) : '';
	const what = NETWORK_CODES[code] ?? `could not be reached${said === '' ? '' : `: ${said}`}`;
	return new JwtAuthError('EXCHANGE_UNREACHABLE', `The token endpoint ${host} ${what}.`);
}
