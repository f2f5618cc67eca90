import type { Refusal } from '../run/verifyCall';

/** The part of Node.js's response that this node uses. */
export interface WebhookResponse {
	setHeader(name: string, value: string): unknown;
	removeHeader(name: string): void;
	writeHead(statusCode: number, headers: Record<string, string>): unknown;
	end(body: string): unknown;
	flushHeaders(): void;
}

/** Seconds after which it is worth calling again; fetches that failed are repeated after five. */
const RETRY_AFTER = '10';

/** Ends a response with a JSON document. Nothing of it may be kept by a cache. */
export function answerJson(
	response: WebhookResponse,
	statusCode: number,
	body: object,
	headers: Record<string, string> = {},
): void {
	response.writeHead(statusCode, {
		'Content-Type': 'application/json; charset=utf-8',
		'Cache-Control': 'no-store',
		'X-Content-Type-Options': 'nosniff',
		...headers,
	});
	response.end(JSON.stringify(body));
}

/** Points a client to where it gets a token, RFC 9728 §5.1. */
function withMetadata(challenge: string, metadataUrl: string | undefined): string {
	if (metadataUrl === undefined) return challenge;
	const separator = challenge === 'Bearer' ? ' ' : ', ';
	return `${challenge}${separator}resource_metadata="${metadataUrl}"`;
}

const NO_KEYS = 'The keys that tokens are verified with cannot be had right now.';

function bodyOf(
	{ statusCode, wwwAuthenticate, fault, reason, message }: Refusal,
	isTest: boolean,
): object {
	if (statusCode === 503) {
		// Somebody has the editor open and tries the form out: an issuer may be mistyped in it.
		return { error: 'temporarily_unavailable', message: isTest ? message : NO_KEYS };
	}
	if (wwwAuthenticate === undefined) return { error: 'access_denied', reason };
	if (!fault) return { message: 'This webhook takes calls with a token only.' };
	return { ...fault, reason };
}

/**
 * Answers a call that was refused, RFC 6750 §3: the kind of fault and nothing of what this webhook
 * wants.
 *
 * @param context `metadataUrl`: where the metadata of RFC 9728 are, if they are published; `isTest`:
 *   whether it came in at the test URL
 */
export function answerRefusal(
	response: WebhookResponse,
	refusal: Refusal,
	{ metadataUrl, isTest }: { metadataUrl: string | undefined; isTest: boolean },
): void {
	const { statusCode, wwwAuthenticate } = refusal;
	// Else a page of another origin could not read why.
	response.setHeader('Access-Control-Expose-Headers', 'WWW-Authenticate, Retry-After');
	if (refusal.reason === 'ORIGIN_NOT_ALLOWED') response.removeHeader('Access-Control-Allow-Origin');
	answerJson(response, statusCode, bodyOf(refusal, isTest), {
		...(wwwAuthenticate !== undefined && {
			'WWW-Authenticate': withMetadata(wwwAuthenticate, metadataUrl),
		}),
		...(statusCode === 503 && { 'Retry-After': RETRY_AFTER }),
	});
}
