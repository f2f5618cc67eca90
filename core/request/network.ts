import { arriving, readWithin, type AnswerStream } from './answerBody';
import { Cancelled } from '../shared/cancelled';
import { openConnection, startDeadline, type Connection } from './deadline';

/** What every request of ours asks of n8n's HTTP helpers, wherever it goes. */
export interface SendingRules {
	encoding: 'stream';
	returnFullResponse: true;
	ignoreHttpStatusErrors: true;
	disableFollowRedirect: true;
	sendCredentialsOnCrossOriginRedirect: false;
	/** Milliseconds. */
	timeout: number;
	abortSignal: AbortSignal;
}

/** A small request of the package's own, such as one for an access token or for keys. */
export interface SmallRequest {
	method: 'GET' | 'PATCH' | 'POST' | 'PUT';
	url: string;
	headers: Record<string, string>;
	body?: string;
	/** Options of the connection: a client certificate, PEM. */
	agentOptions?: { cert: string; key: string };
}

/** Options of such a request, as n8n's `helpers.httpRequest` takes them. */
export type NetworkRequest = SmallRequest & SendingRules;

/** What a request of our own needs of the world. */
export interface Network {
	/** Sends a request; resolves to `{ statusCode, headers, body }`, the body as a stream. */
	httpRequest(options: NetworkRequest): Promise<unknown>;
	/** Waits some milliseconds. */
	sleep(milliseconds: number): Promise<unknown>;
	/** Aborts when the execution is cancelled; absent where n8n does not tell. */
	readonly cancelled?: AbortSignal;
}

/** The answer to a {@link SmallRequest}. */
export interface SmallAnswer {
	status: number;
	/** Names in lower case. */
	headers: Record<string, unknown>;
	/** Undefined when it is larger than allowed. */
	body: Buffer | undefined;
}

/** The whole answer was not there in time. */
export class TimeIsUp extends Error {
	readonly code = 'ETIMEDOUT';
}

/** The rules for one request: its answer is read and judged here, and nothing follows a redirect. */
export function sendingRules(timeout: number, { signal }: Connection): SendingRules {
	return {
		// The body is counted while it arrives: n8n itself would read all of it, unpacked, into memory.
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// What is sent goes to the address that was entered and nowhere else.
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
		timeout,
		abortSignal: signal,
	};
}

/**
 * Sends a small request and reads its answer, all within a time and a size. The connection is closed
 * when either is over, and when the execution is cancelled.
 *
 * @param limits `seconds` for the whole answer, `bytes` of its unpacked body
 * @returns any status; the body undefined when it is too large
 * @throws {@link TimeIsUp}, {@link Cancelled}, and what `network` throws for no answer
 */
export async function fetchSmall(
	network: Network,
	request: SmallRequest,
	limits: { seconds: number; bytes: number },
): Promise<SmallAnswer> {
	const timeout = limits.seconds * 1000;
	const deadline = startDeadline(timeout, network.cancelled);
	if (deadline.isCancelled()) throw new Cancelled();
	const connection = openConnection(deadline);
	try {
		const options = { ...request, ...sendingRules(timeout, connection) };
		const answer = (await network.httpRequest(options)) as {
			statusCode: number;
			headers?: Record<string, unknown>;
			body: AnswerStream;
		};
		const chunks: Uint8Array[] = [];
		const isWhole = await readWithin(arriving(answer.body, connection), chunks, limits.bytes);
		return {
			status: answer.statusCode,
			headers: answer.headers ?? {},
			body: isWhole ? Buffer.concat(chunks) : undefined,
		};
	} catch (error) {
		if (deadline.isCancelled()) throw new Cancelled();
		if (deadline.isOver()) throw new TimeIsUp(`no whole answer within ${limits.seconds} seconds`);
		throw error;
	}
}
