import { JwtAuthError } from '../errors';
import { readMember } from '../shared/objectPath';
import { isServerError } from './exchangeErrors';
import type { ExchangeSettings } from './exchangeSettings';
import { headerText, isHtml, parseAnswer, type TokenResponse } from './parseAnswer';
import { LARGEST_DIFFERENCE } from './serverClock';
import { challengeReason } from '../request/challenge';
import { serverReason } from '../request/serverReason';

/** Words for times that do not fit: names of claims, parts of sentences and of codes. */
const TIME_WORDS =
	/\b(?:iat|exp|nbf)\b|expir|time ?(?:range|frame)|timestamp|in the (?:future|past)|not (?:yet valid|active|before)|too (?:early|old)|clock|\bskew|issued at|AADSTS700024/i;

/**
 * Whether an answer refuses an assertion since its times lie wrong, as its reason says.
 *
 * @param settings of the exchange, to know an answer that has a token after all
 */
export function isRefusedForTime(
	response: TokenResponse,
	{ tokenField }: Pick<ExchangeSettings, 'tokenField'>,
): boolean {
	const { status, body } = response;
	if ((status >= 300 && status < 400) || status >= 500 || isHtml(response)) return false;
	const answer = parseAnswer(response);
	if (status < 300) {
		const token = answer && tokenField !== '' ? readMember(answer, tokenField) : undefined;
		const isGood = answer === undefined || Boolean(token);
		if (isGood && !(answer && isServerError(answer))) return false;
	}
	const challenge = challengeReason(headerText(response, 'www-authenticate'));
	return TIME_WORDS.test(`${serverReason(answer ?? body, status)} ${challenge}`);
}

function clockText(difference: number): string {
	const seconds = Math.round(Math.abs(difference) / 1000);
	if (seconds === 0) {
		return 'A second try with the time of this machine was refused as well.';
	}
	const order = difference > 0 ? 'behind' : 'ahead of';
	const tried =
		Math.abs(difference) > LARGEST_DIFFERENCE
			? "that is too far to sign with the server's time. Set the clock that is wrong."
			: "a second try with the server's time did not help.";
	return `The clock of this machine is ${seconds} seconds ${order} that of the server; ${tried}`;
}

/**
 * The same error, with what was found and tried about the clock; itself where nothing was.
 *
 * @param difference milliseconds by which the clock of the server is ahead of ours
 */
export function withClock(error: unknown, difference: number | undefined): unknown {
	if (!(error instanceof JwtAuthError) || difference === undefined) return error;
	const message = `${error.message} ${clockText(difference)}`;
	return new JwtAuthError(error.code, message, { hint: error.hint });
}
