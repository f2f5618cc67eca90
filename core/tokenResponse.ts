import type { AccessToken } from './accessToken';
import { decodeToken } from './decode';
import { parseDuration } from './duration';
import { JwtAuthError } from './errors';
import { isServerError, refusal } from './exchangeErrors';
import { hintFor } from './exchangeHints';
import { exchangeSecrets } from './exchangeSecrets';
import type { ExchangeSettings } from './exchangeSettings';
import { namesOf } from './fieldNames';
import { hasMembers } from './hasMembers';
import { getPath } from './objectPath';
import { tryJson } from './responseJson';
import { namedSecrets } from './secretValues';
import { webUrl } from './webUrl';

/** An answer of the token endpoint, its body as text. */
export interface TokenResponse {
	status: number;
	/** Names in lower case. */
	headers: Record<string, unknown>;
	body: string;
}

type Answer = Record<string, unknown>;

/** Numbers from here on are a point in time; ones from 1e11 on count milliseconds. */
const TIME_FROM = 1e9;
const MILLISECONDS_FROM = 1e11;

/** Token of RFC 6750 §2.1, but any visible character is let through. */
const TOKEN_TEXT = /^[\x21-\x7e]+$/;

function headerText(response: TokenResponse, name: string): string {
	return String(response.headers[name] ?? '');
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

/** Value at a path such as `data.tokens[0].value`; a member with that very name comes first. */
export function fieldOf(answer: unknown, path: string): unknown {
	return hasMembers(answer) && Object.hasOwn(answer, path) ? answer[path] : getPath(answer, path);
}

function redirected(response: TokenResponse, tokenUrl: string): JwtAuthError {
	const target = webUrl(headerText(response, 'location'), tokenUrl)?.host ?? 'another address';
	return new JwtAuthError(
		'EXCHANGE_REDIRECTED',
		`The token endpoint redirects to ${target} (${response.status}). The assertion is not sent on.`,
	);
}

function tokenMissing(answer: Answer, field: string): JwtAuthError {
	return new JwtAuthError(
		'EXCHANGE_TOKEN_MISSING',
		`The token endpoint's answer has no token in "${field}". It has ${namesOf(answer)}.`,
	);
}

/** Tokens in an answer that refuses all the same, in case its reason holds one as well. */
function handedOut(answer: Answer | undefined): string[] {
	return namedSecrets(answer).filter((value) => /^\S{16,}$/.test(value));
}

/** The answer's members if it is a good one, else the error that says what it is. */
function readAnswer(response: TokenResponse, settings: ExchangeSettings): Answer {
	const { status } = response;
	if (status >= 300 && status < 400) throw redirected(response, settings.tokenUrl);
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

/** Milliseconds a value of the answer gives the token to live; undefined when it gives none. */
function lifetimeFrom(value: unknown, serverNow: number): number | undefined {
	const text = String(value ?? '').trim();
	const number = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
	// A token cannot be issued expired: zero is how some servers say that it does not expire.
	if (number > 0 && number < TIME_FROM) return number * 1000;
	const time = /^\d{4}-\d{2}-\d{2}/.test(text)
		? Date.parse(text)
		: number * (number < MILLISECONDS_FROM ? 1000 : 1);
	return time > serverNow ? time - serverNow : undefined;
}

/** What a token that is a JWT says of its own expiry. */
function ownExpiry(token: string): unknown {
	try {
		return decodeToken(token).payload.exp;
	} catch {
		return undefined;
	}
}

function lifetimeOf(
	answer: Answer,
	token: string,
	settings: ExchangeSettings,
	serverNow: number,
): number {
	const { expiryField, fallbackLifetime } = settings;
	return (
		lifetimeFrom(fieldOf(answer, expiryField), serverNow) ??
		// GitHub's name for it, so that the common case needs no setting.
		lifetimeFrom(expiryField === 'expires_in' ? answer.expires_at : undefined, serverNow) ??
		lifetimeFrom(ownExpiry(token), serverNow) ??
		parseDuration(fallbackLifetime, 'Fallback Lifetime') * 1000
	);
}

/**
 * Reads the answer of a token endpoint.
 *
 * The expiry is taken, in this order, from Expiry Field (seconds as number or text, or a point in time
 * as ISO 8601, seconds or milliseconds since 1970), from `expires_at`, from the token's own `exp`, and
 * from Fallback Lifetime. A point in time is measured by the server's own clock (`Date` header).
 *
 * @param sentAt when the request was sent, milliseconds since 1970; the life counts from here
 * @throws {@link JwtAuthError} `EXCHANGE_REJECTED`, `EXCHANGE_RATE_LIMITED`, `EXCHANGE_SERVER_ERROR`,
 *   `EXCHANGE_REDIRECTED`, `EXCHANGE_EMPTY`, `EXCHANGE_HTML`, `EXCHANGE_BAD_RESPONSE`,
 *   `EXCHANGE_TOKEN_MISSING`, `EXCHANGE_TOKEN_TYPE`, `DURATION_INVALID`
 */
export function readTokenResponse(
	response: TokenResponse,
	settings: ExchangeSettings,
	sentAt: number,
): Omit<AccessToken, 'fingerprint'> {
	const answer = readAnswer(response, settings);
	const token = fieldOf(answer, settings.tokenField);
	if (typeof token !== 'string' || !TOKEN_TEXT.test(token)) {
		throw tokenMissing(answer, settings.tokenField);
	}
	const tokenType = typeof answer.token_type === 'string' ? answer.token_type.trim() : '';
	if (/^dpop$/i.test(tokenType)) {
		throw new JwtAuthError('EXCHANGE_TOKEN_TYPE', 'The service issued a DPoP token.', {
			hint: hintFor('dpop'),
		});
	}
	const date = Date.parse(headerText(response, 'date'));
	const serverNow = Number.isNaN(date) ? sentAt : date;
	const baseUrl = settings.baseUrlField === '' ? '' : fieldOf(answer, settings.baseUrlField);
	return {
		token,
		tokenType,
		obtainedAt: sentAt,
		expiresAt: sentAt + lifetimeOf(answer, token, settings, serverNow),
		baseUrl: typeof baseUrl === 'string' ? baseUrl : '',
	};
}
