import { readAnswerFields } from './answerFields';
import { namedSecrets } from '../shared/secretMembers';
import { hasMembers } from '../shared/json';
import type { ExchangeSettings } from './exchangeSettings';
import type { AccessToken } from './storedToken';
import { JwtAuthError } from '../errors';
import { isServerError, refusalError, shortReason } from './exchangeErrors';
import { hintFor } from './exchangeHints';
import type { SaidExpiry } from './expiryValue';
import {
	headerText,
	redirectTarget,
	isHtml,
	parseAnswer,
	titleOfHtml,
	wholeAnswer,
	type Answer,
	type TokenResponse,
} from './parseAnswer';
import { challengeReason } from '../request/challenge';
import { anySentence } from '../request/anySentence';
import { serverReason } from '../request/serverReason';
import { exchangeSecrets } from './exchangeSecrets';

import { fieldNamesText } from '../shared/fieldNames';

import { readMember } from '../shared/objectPath';

import { tokenLifetime } from './tokenLifetime';
import { readTokenType, readTokenValue } from './tokenValue';

export type { TokenResponse } from './parseAnswer';

/** Where the expiry stands in most answers. */
const COMMON_EXPIRY_FIELDS = ['expires_in', 'expires_in_ms', 'expires_at'];

/** Time of the server that answered, milliseconds since 1970; undefined when it does not say. */
export function serverTime(headers: TokenResponse['headers']): number | undefined {
	const date = Date.parse(String(headers.date ?? ''));
	return Number.isNaN(date) ? undefined : date;
}

function redirectError(response: TokenResponse, tokenUrl: string): JwtAuthError {
	const target = redirectTarget(response, tokenUrl)?.host ?? 'another address';
	return new JwtAuthError(
		'EXCHANGE_REDIRECTED',
		`The token endpoint redirects to ${target} (${response.status}). The assertion is not sent on.`,
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

/** What an answer that has no members says, if it refuses. */
function otherReason(response: TokenResponse): Answer {
	const text = isHtml(response) ? titleOfHtml(response.body) : response.body;
	const challenge = challengeReason(headerText(response, 'www-authenticate'));
	return { message: text.trim() === '' ? challenge : text };
}

/** An answer that refuses and says nothing under a usual name, with what may be the reason. */
function withOtherReason(answer: Answer, response: TokenResponse): Answer {
	const challenge = challengeReason(headerText(response, 'www-authenticate'));
	return { ...answer, message: challenge === '' ? anySentence(answer) : challenge };
}

/** The answer's members, or what is the token itself; throws what is wrong with an answer that is neither. */
function readAnswer(response: TokenResponse, settings: ExchangeSettings): unknown {
	const { status } = response;
	if (status >= 300 && status < 400) throw redirectError(response, settings.tokenUrl);
	const html = isHtml(response);
	const answer = html ? undefined : parseAnswer(response);
	if (status >= 400 || (answer && isServerError(answer))) {
		const isSilent = serverReason(answer ?? {}, status) === '';
		throw refusalError(
			status,
			answer && isSilent ? withOtherReason(answer, response) : (answer ?? otherReason(response)),
			{
				secrets: [...exchangeSecrets(settings), ...handedOut(answer)],
				retryAfter: response.headers['retry-after'],
				lacksClient: settings.clientId === '' && settings.grant !== 'custom',
			},
		);
	}
	if (response.body.trim() === '') {
		throw new JwtAuthError('EXCHANGE_EMPTY', `The token endpoint's answer (${status}) is empty.`);
	}
	if (html) {
		throw new JwtAuthError('EXCHANGE_HTML', 'The token endpoint answered with a web page (HTML).');
	}
	if (settings.tokenField === '') return wholeAnswer(response);
	if (!answer) {
		throw new JwtAuthError(
			'EXCHANGE_BAD_RESPONSE',
			"The token endpoint's answer is neither a JSON object nor XML nor form-encoded.",
		);
	}
	return answer;
}

/** The error for an answer in which no token stands; what it says may be the reason. */
function tokenMissingError(
	answer: Answer,
	status: number,
	settings: ExchangeSettings,
): JwtAuthError {
	const { tokenField } = settings;
	const secrets = [...exchangeSecrets(settings), ...handedOut(answer)];
	const words = serverReason(answer, status);
	const said = words === '' ? '' : `, but says "${shortReason(words, secrets)}"`;
	const where =
		tokenField === '' ? ' alone, as an empty Token Field wants it' : ` in "${tokenField}"`;
	return new JwtAuthError(
		'EXCHANGE_TOKEN_MISSING',
		`The token endpoint's answer has no token${where}${said}. It has ${fieldNamesText(answer)}.`,
		{ hint: words === '' ? undefined : hintFor(words) },
	);
}

/** What the answer says of the end of its token, at the place that is asked for. */
function saidExpiries(answer: Answer, { expiryField }: ExchangeSettings): SaidExpiry[] {
	// Matrix and GitHub call it otherwise: the common cases need no setting.
	const fields = expiryField === 'expires_in' ? COMMON_EXPIRY_FIELDS : [expiryField];
	return fields
		.filter((field) => field !== '')
		.map((field) => ({ field, value: readMember(answer, field) }));
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
	const { tokenField, baseUrlField, answerFields } = settings;
	const whole = readAnswer(response, settings);
	const answer = hasMembers(whole) ? whole : {};
	const value = tokenField === '' ? whole : (readMember(answer, tokenField) ?? '');
	if (value === '' || (tokenField === '' && hasMembers(value))) {
		throw tokenMissingError(answer, response.status, settings);
	}
	const token = readTokenValue(value, tokenField);
	const issuedTokenType = readMember(answer, 'issued_token_type');
	const serverNow = serverTime(response.headers) ?? sentAt;
	const lifetime = tokenLifetime(saidExpiries(answer, settings), token, settings, serverNow);
	const baseUrl = baseUrlField === '' ? '' : readMember(answer, baseUrlField);
	const kept = readAnswerFields(answer, answerFields);
	return {
		token,
		tokenType: readTokenType(answer.token_type, settings),
		issuedTokenType: typeof issuedTokenType === 'string' ? issuedTokenType : '',
		obtainedAt: sentAt,
		expiresAt: sentAt + lifetime,
		baseUrl: typeof baseUrl === 'string' ? baseUrl : '',
		...(kept && { answer: kept }),
	};
}
