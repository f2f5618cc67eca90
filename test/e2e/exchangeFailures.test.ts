import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { outputItems, type CredentialRef, type WorkflowRun } from '../../playground/client';
import { FAILURE_MEMORY } from '../../core/exchange/accessTokenCache';
import {
	assertionKey,
	createExchange,
	SENDER_NAMES,
	SENDERS,
	type SenderName,
} from './support/exchangeFixtures';
import { n8nSession } from './support/n8nSession';
import {
	startServer,
	startTokenService,
	type Answer,
	type TokenService,
} from './support/tokenServer';
import { signByHand } from '../core/support/tokens';
import { selfSigned } from './support/selfSigned';
import { jwtVerify, workflow } from './support/workflows';

const { client, readLog, readDatabase, hostsFolder } = n8nSession();

const CONTINUE = 'continueRegularOutput' as const;
const CONNECTED = { status: 'OK', message: expect.any(String) as string };

let service: TokenService;
const runs: WorkflowRun[] = [];
/** Everything that must not be read anywhere: keys, assertions, access tokens. */
const canaries = new Set<string>(assertionKey.split('\n').slice(1, 3));

beforeAll(async () => {
	service = await startTokenService();
});

afterAll(async () => {
	await service.stop();
});

beforeEach(() => {
	service.reset();
});

async function exchanging(data?: Record<string, unknown>): Promise<CredentialRef> {
	return await createExchange(client, `${service.endpoint.url}/token`, data);
}

async function run(
	node: SenderName,
	credential: CredentialRef,
	parameters: Record<string, unknown> = {},
	items: Array<Record<string, unknown>> = [{}],
	url = service.api.url,
): Promise<WorkflowRun & { shown: string }> {
	const step = SENDERS[node](credential, url, parameters);
	const result = await client.runWorkflow(workflow(items, step));
	runs.push(result);
	for (const { body } of service.endpoint.requests) {
		const assertion = new URLSearchParams(body).get('assertion');
		if (assertion) canaries.add(assertion);
	}
	for (const token of service.issued.keys()) canaries.add(token);
	return { ...result, shown: `${result.error?.message} ${result.error?.description}` };
}

function counts(): { api: number; exchanges: number } {
	return { api: service.api.requests.length, exchanges: service.exchanges().length };
}

/** Makes the API answer this to its next requests, as often as said. */
function apiAnswers(answer: Answer, times = Number.POSITIVE_INFINITY): void {
	const usual = service.api.answer;
	let left = times;
	service.api.answer = (request) => (left-- > 0 ? answer : usual(request));
}

describe('an API that refuses the token', () => {
	it('once: JWT HTTP Request exchanges anew, retries and succeeds', async () => {
		const credential = await exchanging();
		apiAnswers({ status: 401, body: { reason: 'revoked' } }, 1);
		const { status, runData } = await run('JWT HTTP Request', credential);
		expect(status).toBe('success');
		expect(outputItems(runData, 'JWT HTTP Request')).toHaveLength(1);
		expect(counts()).toEqual({ api: 2, exchanges: 2 });
		const [first, second] = service.api.requests.map(({ headers }) => headers.authorization);
		expect(first).not.toBe(second);
	});

	it('for good: JWT HTTP Request retries once and says what the API answered', async () => {
		const credential = await exchanging();
		apiAnswers({ status: 401, body: { reason: 'you shall not pass' } });
		const { status, error } = await run('JWT HTTP Request', credential);
		expect(status).toBe('error');
		expect(error?.message).toBe('The API answered 401 Unauthorized');
		expect(error?.description).toMatch(/you shall not pass.* · Compare the scope and audience/);
		expect(counts()).toEqual({ api: 2, exchanges: 2 });

		// Within the minute no further renewal is tried.
		await run('JWT HTTP Request', credential);
		expect(counts()).toEqual({ api: 3, exchanges: 2 });
	});

	it('for 50 items: they share the one renewal', async () => {
		const credential = await exchanging();
		await run('JWT HTTP Request', credential);
		for (const token of service.issued.keys()) service.revoked.add(token);
		const items = Array.from({ length: 50 }, (_, index) => ({ index }));
		const { status } = await run('JWT HTTP Request', credential, {}, items);
		expect(status).toBe('success');
		expect(counts().exchanges).toBe(2);
	});

	it('is not asked again by HTTP Request, whose next request has another token', async () => {
		const credential = await exchanging();
		await run('HTTP Request', credential);
		for (const token of service.issued.keys()) service.revoked.add(token);
		expect((await run('HTTP Request', credential)).status).toBe('error');
		expect(counts()).toEqual({ api: 2, exchanges: 1 });
		expect((await run('HTTP Request', credential)).status).toBe('success');
		expect(counts()).toEqual({ api: 3, exchanges: 2 });
	});
});

describe('an API that fails for another reason', () => {
	it.each(SENDER_NAMES)('%s sends nothing twice and exchanges nothing', async (node) => {
		const credential = await exchanging();
		await run(node, credential);
		service.reset();
		for (const status of [404, 500]) {
			for (const method of ['GET', 'POST']) {
				const before = counts();
				apiAnswers({ status, body: { reason: 'no' } }, 1);
				const body = method === 'GET' ? {} : { sendBody: true };
				const result = await run(node, credential, { method, ...body });
				expect(result.status).toBe('error');
				const after = counts();
				expect({ node, status, method, sent: after.api - before.api }).toMatchObject({ sent: 1 });
			}
		}
		// The stock node's failures make the token suspect: the next request replaces it, once.
		expect(counts()).toEqual({ api: 4, exchanges: node === 'HTTP Request' ? 1 : 0 });
	});
});

describe('a token endpoint that fails', () => {
	const answers = (answer: Answer) => () => {
		service.endpoint.answer = () => answer;
	};

	it.each<[string, () => void, RegExp, string, number]>([
		[
			'refuses the grant',
			answers({
				status: 400,
				body: {
					error: 'invalid_grant',
					error_description: "user hasn't approved this consumer",
					error_uri: 'https://example.com/why',
				},
			}),
			/invalid_grant: user hasn't approved this consumer.*example\.com\/why.*pre-authorized/s,
			'EXCHANGE_REJECTED',
			1,
		],
		[
			'answers with a web page',
			answers({ headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html><p>Sign in' }),
			/web page/,
			'EXCHANGE_HTML',
			1,
		],
		['answers with nothing', answers({ body: '' }), /is empty/, 'EXCHANGE_EMPTY', 1],
		[
			'answers without a token',
			answers({ body: { id_token: 'x.y.z' } }),
			/"access_token".*id_token/,
			'EXCHANGE_TOKEN_MISSING',
			1,
		],
		[
			'asks to wait',
			answers({ status: 429, headers: { 'retry-after': '120' } }),
			/120 seconds/,
			'EXCHANGE_RATE_LIMITED',
			1,
		],
		['is broken', answers({ status: 503 }), /503/, 'EXCHANGE_SERVER_ERROR', 3],
	])('%s: a clear error, and no request to the API', async (_what, prepare, words, code, asked) => {
		prepare();
		for (const node of SENDER_NAMES) {
			const before = counts();
			const { status, shown, rawText } = await run(node, await exchanging());
			expect(status).toBe('error');
			expect(shown).toMatch(words);
			expect(rawText).toContain(`[${code}]`);
			expect(counts().exchanges - before.exchanges).toBe(asked);
		}
		expect(service.api.requests).toEqual([]);
	});

	it('fails twice and then works: the request succeeds, with a fresh assertion each time', async () => {
		for (const node of SENDER_NAMES) {
			service.reset();
			const usual = service.endpoint.answer;
			let count = 0;
			service.endpoint.answer = (request) => (++count < 3 ? { status: 503 } : usual(request));
			expect((await run(node, await exchanging())).status).toBe('success');
			const assertions = service.exchanges().map(({ body }) => body);
			expect(new Set(assertions).size).toBe(3);
			expect(service.api.requests).toHaveLength(1);
		}
	});

	it('redirects to another host: the assertion stays where it is', async () => {
		const other = await startServer(() => ({ body: { access_token: 'stolen' } }));
		try {
			for (const status of [302, 307]) {
				service.endpoint.answer = () => ({ status, headers: { location: `${other.url}/x` } });
				for (const node of SENDER_NAMES) {
					const { shown, rawText } = await run(node, await exchanging());
					expect(shown).toContain(new URL(other.url).host);
					expect(rawText).toContain('[EXCHANGE_REDIRECTED]');
				}
			}
			expect(other.requests).toEqual([]);
			expect(service.api.requests).toEqual([]);
		} finally {
			await other.stop();
		}
	});

	it('does not answer, or is not there: an error within bounded time', async () => {
		const closed = createServer().listen(0, '127.0.0.1');
		await new Promise((resolve) => closed.once('listening', resolve));
		const { port } = closed.address() as AddressInfo;
		await new Promise((resolve) => closed.close(resolve));
		const down = await createExchange(client, `http://127.0.0.1:${port}/token`);
		service.endpoint.answer = () => undefined;

		const results = await Promise.all(
			SENDER_NAMES.flatMap((node) => [
				run(node, down).then(({ rawText }) => ['EXCHANGE_UNREACHABLE', rawText]),
				exchanging()
					.then(async (slow) => await run(node, slow))
					.then(({ rawText }) => ['EXCHANGE_TIMEOUT', rawText]),
			]),
		);
		for (const [code, rawText] of results) expect(rawText).toContain(`[${code}]`);
		expect(counts()).toEqual({ api: 0, exchanges: 2 });
	});

	it('is not asked by every one of 300 failing items: a refusal is remembered', async () => {
		const items = Array.from({ length: 300 }, (_, index) => ({ index }));
		for (const node of SENDER_NAMES) {
			const credential = await exchanging();
			service.reset();
			service.endpoint.answer = () => ({ status: 400, body: { error: 'invalid_client' } });
			const step = { ...SENDERS[node](credential, service.api.url), onError: CONTINUE };
			const startedAt = Date.now();
			const { runData } = await client.runWorkflow(workflow(items, step));
			expect(outputItems(runData, node)).toHaveLength(300);
			const most = 1 + Math.floor((Date.now() - startedAt) / FAILURE_MEMORY);
			expect(service.exchanges().length).toBeLessThanOrEqual(most);
		}
	});
});

describe('a domain that is not allowed', () => {
	const local = (url: string) => url.replace('127.0.0.1', 'localhost');

	it.each(SENDER_NAMES)('%s asks neither the token endpoint nor the API', async (node) => {
		const tokenUrl = `${local(service.endpoint.url)}/token`;
		for (const [allowedDomains, host] of [
			['127.0.0.1', 'localhost'],
			['localhost', '127.0.0.1'],
		] as const) {
			const credential = await exchanging({
				tokenUrl,
				allowedHttpRequestDomains: 'domains',
				allowedDomains,
			});
			const { status, shown } = await run(node, credential);
			expect(status).toBe('error');
			expect(shown).toContain(host);
		}
		expect(counts()).toEqual({ api: 0, exchanges: 0 });
	});

	it.each(SENDER_NAMES)('%s goes ahead once both hosts are listed', async (node) => {
		const credential = await exchanging({
			tokenUrl: `${local(service.endpoint.url)}/token`,
			allowedHttpRequestDomains: 'domains',
			allowedDomains: 'localhost, 127.0.0.1',
		});
		expect((await run(node, credential)).status).toBe('success');
		expect(counts()).toEqual({ api: 1, exchanges: 1 });
	});
});

describe('Test Connection', () => {
	it('exchanges every time, and sends the token to the Test URL only', async () => {
		const credential = await exchanging();
		for (const expected of [1, 2]) {
			expect(await client.testCredential(credential)).toEqual(CONNECTED);
			expect(counts()).toEqual({ api: 0, exchanges: expected });
		}
		for (const { headers } of service.endpoint.requests)
			expect(headers.authorization).toBe(undefined);

		const withUrl = await exchanging({ useAdvanced: true, testUrl: `${service.api.url}/me` });
		expect(await client.testCredential(withUrl)).toEqual(CONNECTED);
		expect(service.api.requests).toMatchObject([
			{ path: '/me', headers: { authorization: expect.stringMatching(/^Bearer at-/) } },
		]);
	});

	it("is red with the server's reason and our hint", async () => {
		service.endpoint.answer = ({ method }) =>
			method === 'POST'
				? { status: 401, body: { error: 'invalid_client', error_description: 'unknown kid' } }
				: { status: 405 };
		const { status, message } = await client.testCredential(await exchanging());
		expect(status).toBe('Error');
		expect(message).toMatch(/invalid_client: unknown kid.*Key ID.*\[EXCHANGE_REJECTED\]/s);
		expect(service.exchanges()).toHaveLength(1);
	});

	it.each<[string, Record<string, unknown>, string]>([
		['no Token URL', { tokenUrl: '' }, '[EXCHANGE_SETTINGS_INVALID]'],
		['http to another machine', { tokenUrl: 'http://auth.example.com/' }, '[TOKEN_URL_INSECURE]'],
		['a wrong key', { algorithm: 'RS256' }, '[KEY_WRONG_TYPE]'],
	])('is red for %s', async (_what, data, code) => {
		const { status, message } = await client.testCredential(await exchanging(data));
		expect({ status, message }).toEqual({
			status: 'Error',
			message: expect.stringContaining(code),
		});
	});
});

describe.each(['keycloak', '10.98.7.6'])("http://%s, in a network of one's own", (host) => {
	const tokenUrl = `http://${host}/token`;
	const file = path.join(hostsFolder, host);

	beforeAll(() => {
		mkdirSync(hostsFolder, { recursive: true });
		writeFileSync(file, new URL(service.endpoint.url).port);
	});

	afterAll(() => {
		rmSync(file);
	});

	it('is asked for a token where the switch allows that, which the execution then says', async () => {
		const allowed = { useAdvanced: ['exchange'], allowPlainHttp: true };
		const credential = await createExchange(client, tokenUrl, allowed);
		expect(await client.testCredential(credential)).toEqual(CONNECTED);
		const { status, runData } = await run('JWT HTTP Request', credential);
		expect(status).toBe('success');
		expect(counts()).toEqual({ api: 1, exchanges: 1 });
		expect(JSON.stringify(runData['JWT HTTP Request']?.[0]?.hints)).toContain(
			`The token endpoint ${host} is asked without encryption`,
		);
	});

	it('is not asked otherwise; the error says where the switch is', async () => {
		const refused = await client.testCredential(await createExchange(client, tokenUrl));
		expect(refused.message).toMatch(
			/Allow Plain HTTP in Own Network \(in the credential: Advanced Options > Exchange Details\).*\[TOKEN_URL_INSECURE\]/,
		);
		expect(service.endpoint.requests).toEqual([]);
	});
});

it('a certificate that n8n does not know: exchange, both nodes and JWT Verify name the way out', async () => {
	const server = https.createServer(selfSigned());
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	const exchange = await client.testCredential(await createExchange(client, url));
	expect(exchange.message).toMatch(/NODE_EXTRA_CA_CERTS.*Ignore SSL Issues does not reach/);
	const sent = await run('JWT HTTP Request', await exchanging(), {}, [{}], url);
	expect(sent.shown).toMatch(/signed itself.*NODE_EXTRA_CA_CERTS.*Ignore SSL Issues under Options/);
	const jwt = signByHand({ alg: 'ES256', kid: 'k' }, { aud: 'x' }, assertionKey, 'ES256');
	const keys = { keySource: 'jwksUrl', jwksUrl: url, audience: ['x'] };
	const verified = await client.runWorkflow(workflow([{ jwt }], jwtVerify(keys)));
	expect(String(verified.error?.description)).toContain('NODE_EXTRA_CA_CERTS');
	server.close();
});

describe('no key, assertion or access token comes out again', () => {
	it('neither in an execution, nor in the log, nor in clear in the database', () => {
		expect(runs.length).toBeGreaterThan(30);
		expect(canaries.size).toBeGreaterThan(20);
		const texts = [
			...runs.map(({ rawText }) => rawText),
			readLog(),
			readDatabase().toString('latin1'),
		];
		for (const canary of canaries) {
			expect(texts.filter((text) => text.includes(canary))).toEqual([]);
		}
	});
});
