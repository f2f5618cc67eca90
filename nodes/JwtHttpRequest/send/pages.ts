import { JwtAuthError } from '../../../core/errors';
import {
	isLastPage,
	LoopGuard,
	pageChanges,
	type Page,
	type PageChanges,
} from '../../../core/http/pagination';
import { mayCarryToken } from '../../../core/http/redirects';
import { finalise, withPage, type RequestParts } from '../../../core/http/requestParts';
import type { Pagination } from '../read/paginationOptions';
import { readContent } from './readContent';
import { sendForAnswer } from './sendUntilAnswered';
import { pause } from './pace';
import type { Answer, Sender } from './sendTypes';

function assertSameReach(sender: Sender, from: string, { url }: PageChanges): void {
	if (url === undefined || mayCarryToken(from, url, sender.credential.sending.domains)) return;
	throw new JwtAuthError(
		'DOMAIN_NOT_ALLOWED',
		`The next page is at ${new URL(url).origin}, another origin than ${new URL(from).origin}.`,
		{
			hint: 'If you trust it, choose Specific Domains in the credential and enter both hosts in Allowed Domains, with a comma between.',
		},
	);
}

function pageOf(sender: Sender, answer: Answer): Page {
	const { statusCode, headers, hop } = answer;
	const body = answer.kind === 'file' ? undefined : readContent(sender.context, answer, true);
	return { statusCode, headers, body, url: hop.url };
}

/** Ends a pagination that could go on: as the person wanted it, or not. */
function assertLimited({ isLimited, maxPages }: Pagination): void {
	if (isLimited) return;
	throw new JwtAuthError(
		'PAGINATION_LIMIT',
		`The API has more than ${maxPages} pages, and no more are asked for unless you say how many.`,
	);
}

/**
 * Fetches the pages of one item, each with a token of its own.
 *
 * @param deliver gets each page as it arrives, in order
 * @throws {@link JwtAuthError} `PAGINATION_LOOP`, `PAGINATION_LIMIT`, `PAGINATION_INVALID`, `DOMAIN_NOT_ALLOWED` and the
 *   codes of {@link sendForAnswer}
 */
export async function sendPages(
	sender: Sender,
	parts: RequestParts,
	pagination: Pagination,
	deliver: (answer: Answer) => void,
): Promise<void> {
	const { rule, completion, maxPages, interval } = pagination;
	const guard = new LoopGuard();
	const paging: Sender = {
		...sender,
		expectedStatuses:
			completion.when === 'receiveSpecificStatusCodes' ? completion.statusCodes : [],
	};
	let changes = pageChanges(rule, 0, undefined);
	for (let index = 0; changes; index++) {
		if (index >= maxPages) return assertLimited(pagination);
		if (index > 0) await pause(sender.context, interval);
		const hop = finalise(withPage(parts, changes));
		const answer = await sendForAnswer(paging, hop);
		const page = pageOf(sender, answer);
		const { neverError } = sender.options.response;
		if (page.statusCode < 300 || neverError) deliver(answer);
		if (isLastPage(completion, page)) return;
		changes = pageChanges(rule, index + 1, page);
		if (answer.kind !== 'file') guard.check(answer.body, hop.url, changes?.url);
		if (changes) assertSameReach(sender, hop.url, changes);
	}
}
