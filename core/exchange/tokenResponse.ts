import { namedSecrets } from '../shared/secretMembers';
import { hasMembers, tryJson } from '../shared/json';
import type { ExchangeSettings } from './exchangeSettings';
import type { AccessToken } from './accessToken';
import { JwtAuthError } from '../errors';
import { isServerError, refusal } from './exchangeErrors';
import { exchangeSecrets } from './exchangeSecrets';

import { fieldNamesText } from '../shared/fieldNames';

import { readMember } from '../shared/objectPath';

import { tokenLifetime } from './tokenLifetime';
import { readTokenType, readTokenValue } from './tokenValue';
import { webUrl } from '../shared/url';

/** An answer of the token endpoint, its body as text. */
export interface TokenResponse {
	status: number;
	/** Names in lower case. */
	headers: Record<string, unknown>;
	body: string;
}

type Answer = Record<string, unknown>;

function headerText(response: TokenResponse, name: string): string {
	return String(response.headers[name] ?? '');
}

/** Time of the server that answered, milliseconds since 1970; undefined when it does not say. */
export function serverTime(headers: TokenResponse['headers']): number | undefined {
	const date = Date.parse(String(headers.date ?? ''));
	return Number.isNaN(date) ? undefined : date;
}

/** The members of an answer, JSON or form-encoded; undefined for anything else. */
function parseAnswer(response: TokenResponse): Answer | undefined {
	const body = response.body.trim();
	const json = tryJson(body);
	// A list has members too: "0.token" is a path.
	if (json !== undefined) return hasMembers(json) ? json : undefined;
	const isForm = headerText(response, 'content-type').includes('x-www-form-urlencoded');
	if (!isForm && !/^[\w.-]+=[^\s<]*$/.test(body)) return undefined;
	return Object.fromEntries(new URLSearchParams(body));
}

function isHtml(response: TokenResponse): boolean {
	const html = /\bhtml\b/i.test(headerText(response, 'content-type'));
	return html || /^\s*<(?:!doctype|html|head|body)\b/i.test(response.body);
}

function redirectError(response: TokenResponse, tokenUrl: string): JwtAuthError {
	const target = webUrl(headerText(response, 'location'), tokenUrl)?.host ?? 'another address';
	return new JwtAuthError(
		'EXCHANGE_REDIRECTED',
		`The token endpoint redirects to ${target} (${response.status}). The assertion is not sent on.`,
	);
}

function tokenMissingError(answer: Answer, field: string): JwtAuthError {
	return new JwtAuthError(
		'EXCHANGE_TOKEN_MISSING',
		`The token endpoint's answer has no token in "${field}". It has ${fieldNamesText(answer)}.`,
	);
}

/** Most tokens that are looked for in the reason of a refusal, and the most characters of each. */
const MOST_TOKENS = 20;
const LONGEST_TOKEN = 4096;

/**
 * Tokens in an answer that refuses all the same, in case its reason holds one as well. As the server
 * chooses how many there are, some have to do: looking for 1 MB of them takes seconds.
 */
export function handedOut(answer: Answer | undefined): string[] {
	return [...new Set(namedSecrets(answer))]
		.filter((value) => /^\S{16,}$/.test(value))
		.slice(0, MOST_TOKENS)
		.map((value) => value.slice(0, LONGEST_TOKEN));
}

/** The answer's members; throws what is wrong with one that holds none. */
function readAnswer(response: TokenResponse, settings: ExchangeSettings): Answer {
	const { status } = response;
	if (status >= 300 && status < 400) throw redirectError(response, settings.tokenUrl);
	const html = isHtml(response);
	const answer = html ? undefined : parseAnswer(response);
	if (status >= 400 || (answer && isServerError(answer))) {
		throw refusal(
			status,
			answer ?? (html ? {} : { message: response.body }),
			[...exchangeSecrets(settings), ...handedOut(answer)],
			response.headers['retry-after'],
		);
	}
	if (response.body.trim() === '') {
		throw new JwtAuthError('EXCHANGE_EMPTY', `The token endpoint's answer (${status}) is empty.`);
	}
	if (html) {
		throw new JwtAuthError('EXCHANGE_HTML', 'The token endpoint answered with a web page (HTML).');
	}
	if (!answer) {
		throw new JwtAuthError(
			'EXCHANGE_BAD_RESPONSE',
			"The token endpoint's answer is neither a JSON object nor form-encoded.",
		);
	}
	return answer;
}

/**
 * Reads the answer of a token endpoint.
 *
 * How long the token lives is read by {@link tokenLifetime}; a point in time is measured by the server's
 * own clock (`Date` header).
 *
 * @param sentAt when the request was sent, milliseconds since 1970; the life counts from here
 * @throws {@link JwtAuthError} `EXCHANGE_REJECTED`, `EXCHANGE_RATE_LIMITED`, `EXCHANGE_SERVER_ERROR`,
 *   `EXCHANGE_REDIRECTED`, `EXCHANGE_EMPTY`, `EXCHANGE_HTML`, `EXCHANGE_BAD_RESPONSE`,
 *   `EXCHANGE_TOKEN_MISSING`, `EXCHANGE_TOKEN_INVALID`, `EXCHANGE_TOKEN_TYPE`, `DURATION_INVALID`
 */
export function readTokenResponse(
	response: TokenResponse,
	settings: ExchangeSettings,
	sentAt: number,
): Omit<AccessToken, 'fingerprint'> {
	const answer = readAnswer(response, settings);
	const value = readMember(answer, settings.tokenField) ?? '';
	if (value === '') throw tokenMissingError(answer, settings.tokenField);
	const token = readTokenValue(value, settings.tokenField);
	const tokenType = readTokenType(answer.token_type, settings.grant);
	const { expiryField, fallbackLifetime } = settings;
	// GitHub calls it expires_at: the common case needs no setting.
	const expiryFields = expiryField === 'expires_in' ? [expiryField, 'expires_at'] : [expiryField];
	const said = expiryFields.map((field) => readMember(answer, field));
	const serverNow = serverTime(response.headers) ?? sentAt;
	const baseUrl = settings.baseUrlField === '' ? '' : readMember(answer, settings.baseUrlField);
	return {
		token,
		tokenType,
		issuedTokenType: typeof answer.issued_token_type === 'string' ? answer.issued_token_type : '',
		obtainedAt: sentAt,
		expiresAt: sentAt + tokenLifetime(said, token, fallbackLifetime, serverNow),
		baseUrl: typeof baseUrl === 'string' ? baseUrl : '',
	};
}
