import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { Cancelled } from '../../../core/shared/cancelled';
import {
	fetchSmall,
	TimeIsUp,
	type Network,
	type NetworkRequest,
} from '../../../core/request/network';
import { holdDeadlines } from '../../support/heldDeadlines';

/**
 * A network over node:http, which does what n8n's helper does with the options used here.
 *
 * @param watch gets each answer before its body is read
 */
function realNetwork(
	cancelled?: AbortSignal,
	watch: (answer: IncomingMessage) => void = () => {},
): Network {
	return {
		cancelled,
		sleep: async () => await Promise.resolve(),
		httpRequest: async ({ method, url, headers, abortSignal }: NetworkRequest) =>
			await new Promise((resolve, reject) => {
				const request = send(url, { method, headers }, (response) => {
					watch(response);
					resolve({ statusCode: response.statusCode, headers: response.headers, body: response });
				});
				request.on('error', reject).end();
				abortSignal.addEventListener('abort', () => request.destroy());
			}),
	};
}

const LIMITS = { seconds: 600, bytes: 1000 };

describe('a small request', () => {
	let server: Server;
	let url: string;

	beforeEach(async () => {
		server = createServer((request, response) => {
			if (request.url === '/whole') response.end('whole');
			else if (request.url === '/large') response.end(Buffer.alloc(1001));
			else response.write(' ');
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});

	afterEach(async () => {
		jest.restoreAllMocks();
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});

	const fetch = async (path: string, network = realNetwork()) =>
		await fetchSmall(network, { method: 'GET', url: url + path, headers: {} }, LIMITS);

	/** Settles when the next connection to the server is closed. */
	const closing = async (): Promise<void> => {
		const [socket] = (await once(server, 'connection')) as [NodeJS.EventEmitter];
		await new Promise((resolve) => socket.once('close', resolve));
	};

	it('gets the answer', async () => {
		const { status, body } = await fetch('/whole');
		expect([status, String(body)]).toEqual([200, 'whole']);
	});

	it('gets no body that is too large', async () => {
		const closed = closing();
		expect(await fetch('/large')).toMatchObject({ status: 200, body: undefined });
		await closed;
	});

	it('is given up in time, and its connection closed, though bytes arrive', async () => {
		const deadlines = holdDeadlines();
		const closed = closing();
		const network = realNetwork(undefined, (answer) => {
			answer.once('readable', () => setImmediate(deadlines.end));
		});
		const error: unknown = await fetch('/drip', network).catch((reason: unknown) => reason);
		expect(deadlines.times).toEqual([600_000]);
		expect(error).toBeInstanceOf(TimeIsUp);
		// As n8n and its HTTP client call it, so that it counts as a failed connection.
		expect(error).toMatchObject({
			code: 'ETIMEDOUT',
			message: 'no whole answer within 600 seconds',
		});
		await closed;
	});

	it('fails as its connection does while there is time', async () => {
		const broken = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
		const httpRequest = async () => await Promise.reject(broken);
		const request = { method: 'GET', url, headers: {} } as const;
		await expect(fetchSmall({ ...realNetwork(), httpRequest }, request, LIMITS)).rejects.toBe(
			broken,
		);
	});

	it('is given up when the execution is cancelled, and its connection closed', async () => {
		const execution = new AbortController();
		const closed = closing();
		const arrived = once(server, 'request');
		const outcome = fetch('/drip', realNetwork(execution.signal));
		await arrived;
		execution.abort();
		await expect(outcome).rejects.toThrow(Cancelled);
		await closed;
	});

	it('is not sent when the execution was cancelled before', async () => {
		let asked = 0;
		server.on('request', () => (asked += 1));
		await expect(fetch('/whole', realNetwork(AbortSignal.abort()))).rejects.toThrow(Cancelled);
		expect(asked).toBe(0);
	});
});

it('asks n8n for a stream, for any status, and for no redirect', async () => {
	let options: NetworkRequest | undefined;
	const network: Network = {
		sleep: async () => await Promise.resolve(),
		httpRequest: async (given) => {
			options = given;
			return await Promise.resolve({ statusCode: 204, body: Readable.from([]) });
		},
	};
	const request = {
		method: 'POST',
		url: 'https://x.test',
		headers: { a: 'b' },
		body: 'c',
	} as const;
	const answer = await fetchSmall(network, request, { seconds: 15, bytes: 1 });
	expect(answer).toEqual({ status: 204, headers: {}, body: Buffer.alloc(0) });
	expect(options).toEqual({
		...request,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
		timeout: 15_000,
		abortSignal: expect.any(AbortSignal),
	});
});
