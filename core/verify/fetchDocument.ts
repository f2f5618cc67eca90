import { isObject, tryJson } from '../shared/json';
import { Cancelled } from '../shared/cancelled';
import { JwtAuthError, type JwtAuthErrorCode } from '../errors';
import { tlsFailure } from '../request/tlsFailure';
import { redact } from '../shared/redact';
import { webUrl } from '../shared/url';
import { foundInstead } from './foundInstead';

/** What came back from an address. */
export interface FetchedDocument {
	status: number;
	/** Body as text; undefined when it is larger than asked for. */
	body: string | undefined;
	/** Field value of `Location`, RFC 9110 §10.2.2. */
	location?: string;
}

/**
 * Fetches an address with GET, follows no redirect and judges no status; throws for no answer, and
 * {@link Cancelled}.
 *
 * @param limit most bytes of the body that are read
 */
export type FetchDocument = (url: string, limit: number) => Promise<FetchedDocument>;

/** Codes of what keeps a document from being had. */
export interface DocumentCodes {
	/** For no answer and for a status that says so. */
	unreachable: JwtAuthErrorCode;
	/** For an answer that is something else. */
	invalid: JwtAuthErrorCode;
}

/** A JSON object; none for a status of 400 to 499 other than 429. */
export interface JsonDocument {
	status: number;
	members?: Record<string, unknown>;
}

/** A text; none for a status of 400 to 499 other than 429. */
export interface TextDocument {
	status: number;
	text?: string;
}

/** Most bytes of a document that are read. */
const MAXIMUM_SIZE = 1_048_576;

const NO_REDIRECT_HINT =
	'Choose JWKS URL as the Key Source and enter the address of the keys (jwks_uri) that the issuer documents; redirects are not followed.';

const MAY_PASS_HINT = 'That may pass: run the workflow again in a while.';

/** Where a redirect leads that does no more than add or drop the slash at the end of the path. */
function slashRedirect(url: URL, { location }: FetchedDocument): string | undefined {
	const target = location === undefined ? undefined : webUrl(location, url.href);
	if (!target || target.username !== '' || target.password !== '') return undefined;
	const bare = ({ pathname }: URL): string => pathname.replace(/\/$/, '');
	const isSame =
		target.origin === url.origin && target.search === url.search && bare(target) === bare(url);
	return isSame && target.pathname !== url.pathname ? target.href : undefined;
}

async function ask(
	fetch: FetchDocument,
	url: URL,
	code: JwtAuthErrorCode,
): Promise<FetchedDocument> {
	try {
		return await fetch(url.href, MAXIMUM_SIZE);
	} catch (error) {
		if (error instanceof Cancelled) throw error;
		const tls = tlsFailure(error);
		if (tls) throw new JwtAuthError(code, `${url.host} ${tls.what}.`, { hint: tls.hint });
		const reason = error instanceof Error ? redact(error.message).slice(0, 200) : '';
		throw new JwtAuthError(code, `${url.host} cannot be reached (${reason}).`);
	}
}

const isRedirect = ({ status }: FetchedDocument): boolean => status >= 300 && status < 400;

/**
 * Fetches a text; a byte order mark before it is passed over. Of redirects a single one is followed
 * that only adds or drops a slash on the same origin, as Django's APPEND_SLASH does.
 *
 * @throws {@link JwtAuthError} with the code for what is unreachable; {@link Cancelled}
 */
export async function fetchText(
	fetch: FetchDocument,
	address: string,
	code: JwtAuthErrorCode,
): Promise<TextDocument> {
	const url = new URL(address);
	const documentError = (what: string, hint?: string): JwtAuthError =>
		new JwtAuthError(code, `${url.host} ${what}.`, { hint });
	let answer = await ask(fetch, url, code);
	const moved = isRedirect(answer) ? slashRedirect(url, answer) : undefined;
	if (moved !== undefined) answer = await ask(fetch, new URL(moved), code);
	const { status, body } = answer;
	if (isRedirect(answer)) {
		throw documentError(`redirects to another address (${status})`, NO_REDIRECT_HINT);
	}
	if (status === 429 || status >= 500) throw documentError(`answered ${status}`, MAY_PASS_HINT);
	if (status >= 400) return { status };
	if (status !== 200) throw documentError(`answered ${status}`);
	if (body === undefined) throw documentError('answered with more than 1 MB');
	return { status, text: body.replace(/^\uFEFF/, '') };
}

/**
 * Fetches a JSON object, as {@link fetchText} fetches a text.
 *
 * @throws {@link JwtAuthError} with one of the codes; {@link Cancelled}
 */
export async function fetchJsonObject(
	fetch: FetchDocument,
	address: string,
	codes: DocumentCodes,
): Promise<JsonDocument> {
	const { status, text } = await fetchText(fetch, address, codes.unreachable);
	if (text === undefined) return { status };
	const members = tryJson(text);
	if (isObject(members)) return { status, members };
	const { what, hint } = foundInstead(text);
	const { host } = new URL(address);
	throw new JwtAuthError(codes.invalid, `${host} answered with ${what}, not with a JSON object.`, {
		hint,
	});
}
