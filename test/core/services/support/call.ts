import type { KeyObject } from 'node:crypto';
import {
	authenticateForService,
	preAuthenticateForService,
} from '../../../../core/authenticate/serviceApi';
import type { NetworkRequest } from '../../../../core/request/network';
import type { AuthenticableRequest } from '../../../../core/request/placement';
import type { Service } from '../../../../core/services/service';
import { verifySignature } from '../../../../playground/demo-api/verifyJws';
import { granted, network, type Reply } from '../../support/exchangeCases';

/** When every call of a service takes place, seconds since 1970. */
export const NOW = 1_800_000_000;

/** Stops the clock at {@link NOW}, and nothing else. */
export function stopClock(): void {
	beforeAll(() => {
		jest.useFakeTimers({
			now: NOW * 1000,
			doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout'],
		});
	});
	afterAll(() => {
		jest.useRealTimers();
	});
}

/** A JWT whose signature holds. */
export interface Signed {
	header: Record<string, unknown>;
	payload: Record<string, unknown>;
}

/** What a service saw of one request. */
export interface Call {
	/** The JWT: the one that was traded, where there was an exchange. */
	jwt: Signed;
	/** The request for an access token, its body taken apart. */
	exchange?: NetworkRequest & { parameters: Record<string, unknown> };
	/** The request itself, with the token in it. */
	request: AuthenticableRequest & { headers: Record<string, string> };
}

type Key = { publicKey: KeyObject } | { secret: Buffer | string };

function parametersOf({ body }: NetworkRequest): Record<string, unknown> {
	const text = typeof body === 'string' ? body : '';
	if (text.startsWith('{')) return JSON.parse(text) as Record<string, unknown>;
	return Object.fromEntries(new URLSearchParams(text));
}

function jwtIn(texts: unknown[]): string {
	const [jwt] = texts.flatMap((text) => /eyJ[\w-]*\.[\w-]+\.[\w-]+/.exec(String(text)) ?? []);
	if (jwt === undefined) throw new Error('There is no JWT in what was sent.');
	return jwt;
}

/**
 * Calls a service as n8n does: authenticate, and where that asks for a token, preAuthentication first.
 *
 * @param data what the person filled in
 * @param key that the service knows
 * @param options the request, and what the token endpoint answers
 */
export async function callService(
	service: Service,
	data: Record<string, unknown>,
	key: Key,
	{
		url,
		method,
		body,
		reply = granted(),
	}: { url: string; method?: string; body?: unknown; reply?: Reply },
): Promise<Call> {
	const endpoint = network(reply);
	const filled = { accessToken: '', tokenState: '', ...data };
	const options = { url, ...(method && { method }), ...(body !== undefined && { body }) };
	const authenticate = async () =>
		await authenticateForService(service, filled, options, endpoint.sleep);
	let request: AuthenticableRequest;
	try {
		await preAuthenticateForService(service, filled, endpoint);
		request = await authenticate();
	} catch (error) {
		if (Object(error).response?.status !== 401) throw error;
		Object.assign(filled, await preAuthenticateForService(service, filled, endpoint));
		request = await authenticate();
	}
	const [exchange] = endpoint.requests;
	const parameters = exchange && parametersOf(exchange);
	// The headers may hold a proof, which is a JWT too.
	const sent = exchange ? [parameters, exchange.headers] : [request.headers];
	const texts = sent.flatMap((part) => Object.values(Object(part) as object).map(deepText));
	const verified = verifySignature(jwtIn(texts), [key]);
	return {
		jwt: { header: verified.header, payload: verified.payload },
		...(exchange && { exchange: { ...exchange, parameters: parameters ?? {} } }),
		request: request as Call['request'],
	};
}

const deepText = (value: unknown): string =>
	typeof value === 'string' ? value : JSON.stringify(value);
