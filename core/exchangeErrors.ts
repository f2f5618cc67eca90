import { JwtAuthError, type JwtAuthErrorCode } from './errors';
import { hintFor } from './exchangeHints';
import { redact } from './redact';

/** What a server says of an error, in the words of RFC 6749 §5.2 or its own. */
interface ServerError {
	error: string;
	description: string;
	uri: string;
}

const LONGEST_TEXT = 500;

function shorten(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT)}…` : line;
}

function firstText(...values: unknown[]): string {
	const found = values.find((value) => typeof value === 'string' && value.trim() !== '');
	return typeof found === 'string' ? found : '';
}

/** OAuth's members first, then Google's, GitHub's and Okta's own. */
function readServerError(answer: Record<string, unknown>): ServerError {
	const nested = Object(answer.error) as Record<string, unknown>;
	return {
		error: firstText(answer.error, nested.status, nested.code, answer.errorCode, answer.code),
		description: firstText(
			answer.error_description,
			nested.message,
			answer.errorSummary,
			answer.message,
			answer.detail,
		),
		uri: firstText(answer.error_uri, answer.documentation_url),
	};
}

/** Whether an answer with a good status speaks of an error all the same. */
export function isServerError(answer: Record<string, unknown>): boolean {
	const { error } = answer;
	return (typeof error === 'string' && error !== '') || (typeof error === 'object' && !!error);
}

/** Seconds until a request may be sent again, RFC 9110 §10.2.3: a number, or a date seen from now. */
export function retryAfterSeconds(header: unknown, now: number): number | undefined {
	const text = String(header ?? '').trim();
	if (/^\d{1,9}$/.test(text)) return Number(text);
	const date = text === '' ? Number.NaN : Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
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
 * @param retryAfter seconds the server asks to wait
 */
export function refusal(
	status: number,
	answer: Record<string, unknown>,
	secrets: readonly string[],
	retryAfter?: number,
): JwtAuthError {
	const { error, description, uri } = readServerError(answer);
	const reason = shorten(redact([error, description].filter(Boolean).join(': '), secrets));
	const more = uri === '' ? '' : ` See ${shorten(redact(uri, secrets))}`;
	const wait = retryAfter === undefined ? '' : ` It asks to wait ${retryAfter} seconds.`;
	const said = reason === '' ? 'without giving a reason' : `with "${reason}"`;
	return new JwtAuthError(
		codeOf(status),
		`The token endpoint answered ${status} ${said}.${more}${wait}`,
		{ hint: status === 429 || status >= 500 ? undefined : hintFor(reason) },
	);
}

const TIMEOUTS = ['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED', 'ESOCKETTIMEDOUT'];

const NETWORK_CODES: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'refuses the connection',
	ECONNRESET: 'broke the connection off',
	EPIPE: 'broke the connection off',
	ENOTFOUND: 'is not known (DNS)',
	EAI_AGAIN: 'cannot be looked up at the moment (DNS)',
};

/** The code a network error carries, by itself or in what caused it. */
export function networkCode(error: unknown): string {
	const { code, cause } = Object(error) as { code?: unknown; cause?: unknown };
	if (typeof code === 'string') return code;
	const inner = (Object(cause) as { code?: unknown }).code;
	return typeof inner === 'string' ? inner : '';
}

/**
 * The error for a token request that got no answer. The original is not kept: it holds the request.
 *
 * @param host of the token endpoint
 * @param timeout seconds it was given
 */
export function networkFailure(error: unknown, host: string, timeout: number): JwtAuthError {
	const code = networkCode(error);
	if (TIMEOUTS.includes(code)) {
		return new JwtAuthError(
			'EXCHANGE_TIMEOUT',
			`The token endpoint ${host} did not answer within ${timeout} seconds.`,
		);
	}
	const known = NETWORK_CODES[code];
	if (known)
		return new JwtAuthError('EXCHANGE_UNREACHABLE', `The token endpoint ${host} ${known}.`);
	const said = error instanceof Error ? shorten(redact(error.message)) : '';
	return new JwtAuthError(
		'EXCHANGE_UNREACHABLE',
		`The token endpoint ${host} could not be reached${said === '' ? '' : `: ${said}`}.`,
	);
}
