import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { outputItems, type CredentialRef } from '../../playground/client';
import { n8nSession } from './support/n8nSession';
import { jwtHttpRequest, workflow } from './support/workflows';

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

const { client } = n8nSession();
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const arrivals: Array<{
	path: string;
	method: string;
	token: string;
	jti: string;
	sub: unknown;
	n: string | null;
}> = [];
/** Requests that wait for an answer, which they get once as many are there as can be. */
let held: Array<() => void> = [];
let heldAtOnce: number[] = [];
let wantedAtOnce = 1;
let stillToCome = 0;
let aborted = 0;
let url = '';
let credential: CredentialRef;

const json = (response: ServerResponse, body: unknown, headers = {}, status = 200) => {
	response.writeHead(status, { 'content-type': 'application/json', ...headers });
	response.end(JSON.stringify(body));
};

/** Leaves one too many the time to show up; however late it is, those before it have come. */
function releaseSoon(): void {
	setTimeout(() => {
		heldAtOnce.push(held.length);
		stillToCome -= held.length;
		for (const answer of held.splice(0)) answer();
	}, 100);
}

const HANDLERS: Record<string, Handler> = {
	'/ok': (_request, response) => json(response, { ok: true }),
	'/hang': () => {},
	'/reset': (request) => request.socket.resetAndDestroy(),
	'/truncated': (_request, response) => {
		response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
		response.write('{"a":', () => response.destroy());
	},
	'/stalled': (_request, response) => {
		response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
		response.write('{"a":');
	},
	'/stalled-file': (_request, response) => {
		response.writeHead(200, { 'content-type': 'image/png', 'content-length': '1000' });
		response.write('x');
	},
	'/truncated-file': (_request, response) => {
		response.writeHead(200, { 'content-type': 'image/png', 'content-length': '1000' });
		response.write('x', () => response.destroy());
	},
	'/invalid-json': (_request, response) => {
		response.writeHead(200, { 'content-type': 'application/json' }).end('<html>');
	},
	'/two-gigabytes': (_request, response) => {
		response.writeHead(200, { 'content-type': 'text/plain', 'content-length': String(2 ** 31) });
		response.write('x');
	},
	'/wrong-charset': (_request, response) => {
		response.writeHead(200, { 'content-type': 'text/plain; charset=klingon' }).end('x');
	},
	'/circle': (_request, response, { searchParams }) => {
		const next = (Number(searchParams.get('n') ?? 0) + 1) % 100;
		response.writeHead(302, { location: `/circle?n=${next}` }).end();
	},
	'/held': (_request, response, { searchParams }) => {
		held.push(() => json(response, { n: Number(searchParams.get('n')) }));
		if (held.length === Math.min(wantedAtOnce, stillToCome)) releaseSoon();
	},
	'/uneven': (_request, response, { searchParams }) => {
		const n = Number(searchParams.get('n'));
		setTimeout(() => json(response, { n }), n % 5);
	},
	'/flaky': (_request, response, { searchParams }) => {
		const tries = arrivals.filter(({ path }) => path === '/flaky').length;
		const status = tries >= Number(searchParams.get('after')) ? 200 : 503;
		json(response, { tries }, { 'retry-after': '0' }, status);
	},
	'/next': (_request, response, { searchParams }) => {
		const page = Number(searchParams.get('page') ?? 1);
		json(response, { items: [page], next: page < 4 ? `/next?page=${page + 1}` : null });
	},
	'/link': (_request, response, { searchParams }) => {
		const page = Number(searchParams.get('page') ?? 1);
		json(response, [{ page }], page < 3 ? { link: `</link?page=${page + 1}>; rel="next"` } : {});
	},
	'/cursor': (_request, response, { searchParams }) => {
		const at = Number(searchParams.get('cursor') ?? 0);
		json(response, { at, has_more: at < 2, meta: { cursor: String(at + 1) } });
	},
	'/same': (_request, response) => json(response, [{ always: 'the same' }]),
	'/elsewhere': (_request, response) => {
		json(response, { next: `http://localhost:${new URL(url).port}/ok` });
	},
};

const server = createServer((request, response) => {
	const address = new URL(request.url ?? '/', 'http://127.0.0.1');
	const token = String(request.headers.authorization).replace('Bearer ', '');
	const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
	const { jti, sub } = JSON.parse(payload === '' ? '{}' : payload) as { jti: string; sub: unknown };
	const { pathname: path, searchParams } = address;
	const n = searchParams.get('n');
	arrivals.push({ path, method: request.method ?? '', token, jti, sub, n });
	response.once('close', () => {
		if (!response.writableFinished) aborted += 1;
	});
	HANDLERS[address.pathname]?.(request, response, address);
});

beforeAll(async () => {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	credential = await client.createCredential({
		name: `Stress ${randomUUID()}`,
		type: 'jwtSignApi',
		data: {
			algorithm: 'ES256',
			privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
			payload: `{ "iss": "test", "sub": "={{ $json.user ?? 'nobody' }}" }`,
			useAdvanced: true,
			addJti: true,
		},
	});
});

afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
	arrivals.length = 0;
	aborted = 0;
});

const step = (path: string, options: Record<string, unknown> = {}, parameters = {}) =>
	jwtHttpRequest(credential, path.startsWith('=') ? `=${url}${path.slice(1)}` : url + path, {
		options,
		...parameters,
	});

const run = async (items: Array<Record<string, unknown>>, ...steps: ReturnType<typeof step>[]) =>
	await client.runWorkflow(workflow(items, ...steps));

describe('a server that misbehaves', () => {
	it.each([
		['hangs', '/hang', '[RESPONSE_TIMEOUT]'],
		['resets the connection', '/reset', 'closed unexpectedly'],
		['breaks off its answer', '/truncated', '[RESPONSE_INCOMPLETE]'],
		['stops in its answer', '/stalled', '[RESPONSE_TIMEOUT]'],
		['stops in a file', '/stalled-file', '[RESPONSE_TIMEOUT]'],
		['breaks off a file', '/truncated-file', '[RESPONSE_INCOMPLETE]'],
		['calls something else JSON', '/invalid-json', '[JSON_MALFORMED]'],
		['announces two gigabytes', '/two-gigabytes', '[RESPONSE_TOO_LARGE]'],
		['names a charset that does not exist', '/wrong-charset', '[RESPONSE_CHARSET_UNKNOWN]'],
		['redirects in a circle', '/circle', '[REDIRECT_LIMIT]'],
	])('that %s harms no other item', async (_what, path, code) => {
		const patient = { path: '/ok', timeout: 300_000 };
		const timeout = code === '[RESPONSE_TIMEOUT]' ? 4000 : patient.timeout;
		const items = [patient, { path, timeout }, patient];
		const { runData } = await run(items, {
			...step('={{ $json.path }}', { timeout: '={{ $json.timeout }}' }),
			onError: 'continueRegularOutput',
		});
		const output = outputItems(runData, 'JWT HTTP Request').map((item) => item.json);
		expect(output).toEqual([{ ok: true }, { error: expect.stringContaining(code) }, { ok: true }]);
		if (path === '/circle') expect(arrivals.filter((hop) => hop.path === path)).toHaveLength(22);
	});
});

describe('many items', () => {
	it('are sent ten at a time unless said otherwise, and come out in order', async () => {
		const items = Array.from({ length: 40 }, (_, n) => ({ n }));
		for (const [options, most] of [
			[{}, 10],
			[{ concurrency: 3 }, 3],
		] as const) {
			[held, heldAtOnce, wantedAtOnce, stillToCome] = [[], [], most, items.length];
			const { runData } = await run(items, step('=/held?n={{ $json.n }}', options));
			expect(outputItems(runData, 'JWT HTTP Request').map(({ json: { n } }) => n)).toEqual(
				items.map(({ n }) => n),
			);
			const rounds = Math.ceil(items.length / most);
			const last = items.length - (rounds - 1) * most;
			expect(heldAtOnce).toEqual([...Array<number>(rounds - 1).fill(most), last]);
		}
	});

	it('ten thousand of them come out in order, each sent once with the token of its own', async () => {
		const items = Array.from({ length: 10_000 }, (_, n) => ({ n, user: `user-${n}` }));
		const { status, runData } = await client.runWorkflow(
			workflow(items, step('=/uneven?n={{ $json.n }}')),
		);
		expect(status).toBe('success');
		expect(outputItems(runData, 'JWT HTTP Request').map(({ json: { n } }) => n)).toEqual(
			items.map(({ n }) => n),
		);
		const sent = arrivals.map(({ n, sub }) => [Number(n), sub] as const);
		expect(sent.sort(([a], [b]) => a - b)).toEqual(items.map(({ n, user }) => [n, user]));
		expect(new Set(arrivals.map(({ jti }) => jti)).size).toBe(items.length);
	});

	it('are no longer sent, and those under way are aborted, once the execution is cancelled', async () => {
		const items = Array.from({ length: 50 }, (_, n) => ({ n }));
		const { id } = await client.createWorkflow(workflow(items, step('/hang')));
		const { executionId } = (await client.rest('POST', `/workflows/${id}/run`, {
			triggerToStartFrom: { name: 'Manual Trigger' },
		})) as { executionId: string };
		while (arrivals.length < 10) await sleep(50);
		await client.rest('POST', `/executions/${executionId}/stop`, {});
		while (aborted < 10) await sleep(50);
		// One more would have been sent by the time n8n has run another workflow from start to end.
		expect((await run([{}], step('/ok'))).status).toBe('success');
		const paths = arrivals.map(({ path }) => path).sort();
		expect(paths).toEqual([...Array<string>(10).fill('/hang'), '/ok']);
	});
});

describe('retries', () => {
	const retry = (changes = {}) => ({
		retry: { retry: { maxTries: 3, waitBetweenTries: 10, ...changes } },
	});

	it('send a new token every time until the API answers', async () => {
		const { runData } = await run([{}], step('/flaky?after=3', retry()));
		expect(outputItems(runData, 'JWT HTTP Request')[0]?.json).toEqual({ tries: 3 });
		expect(new Set(arrivals.map(({ jti }) => jti)).size).toBe(3);
	});

	it('end with the error of the last try', async () => {
		const { error } = await run([{}], step('/flaky?after=9', retry()));
		expect(error?.message).toBe('The API answered 503 Service Unavailable');
		expect(arrivals).toHaveLength(3);
	});

	it('are not made unless asked for, nor for POST unless asked for', async () => {
		await run([{}], step('/flaky?after=2'));
		await run([{}], step('/flaky?after=9', retry(), { method: 'POST' }));
		expect(arrivals).toHaveLength(2);
		arrivals.length = 0;
		await run(
			[{}],
			step('/flaky?after=2', retry({ retryNonIdempotent: true }), { method: 'POST' }),
		);
		expect(arrivals).toHaveLength(2);
	});

	it('follow a failed connection too', async () => {
		const { error } = await run([{}], step('/reset', retry()));
		expect(error?.message).toMatch(/closed unexpectedly/);
		expect(arrivals).toHaveLength(3);
	});
});

describe('pages', () => {
	const pagination = (values: Record<string, unknown>) => ({
		pagination: { pagination: values },
	});
	const nextUrl = { paginationMode: 'responseContainsNextURL' };
	const updating = (...parameters: unknown[]) => ({
		paginationMode: 'updateAParameterInEachRequest',
		parameters: { parameters },
	});
	const fetched = async (path: string, values: Record<string, unknown>, users = [{}]) => {
		const { runData, error } = await run(users, step(path, pagination(values)));
		return { items: outputItems(runData, 'JWT HTTP Request').map((item) => item.json), error };
	};

	it('by the next URL in a field, each with the token of its own item', async () => {
		const { items } = await fetched(
			'/next',
			{
				...nextUrl,
				nextUrlField: 'next',
				paginationCompleteWhen: 'fieldHasValue',
				completeField: 'next',
			},
			[{ user: 'alice' }, { user: 'bob' }],
		);
		expect(items.map((item) => item.items)).toEqual([[1], [2], [3], [4], [1], [2], [3], [4]]);
		const subjects = arrivals.map(({ token }) => {
			const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
			return (JSON.parse(payload) as { sub: string }).sub;
		});
		expect(subjects.filter((subject) => subject === 'alice')).toHaveLength(4);
		expect(subjects.filter((subject) => subject === 'bob')).toHaveLength(4);
		expect(new Set(arrivals.map(({ jti }) => jti)).size).toBe(8);
	});

	it('by the Link header', async () => {
		const { items } = await fetched('/link', { ...nextUrl, nextUrlSource: 'linkHeader' });
		expect(items).toEqual([{ page: 1 }, { page: 2 }, { page: 3 }]);
	});

	it('by a cursor, until a field says so', async () => {
		const { items } = await fetched('/cursor', {
			...updating({ name: 'cursor', valueFrom: 'cursor', cursorField: 'meta.cursor' }),
			paginationCompleteWhen: 'fieldHasValue',
			completeField: 'has_more',
			completeValue: 'false',
		});
		expect(items.map(({ at }) => at)).toEqual([0, 1, 2]);
	});

	it('up to a maximum', async () => {
		const { items } = await fetched('/link', {
			...updating({ name: 'page' }),
			limitPagesFetched: true,
			maxRequests: 2,
		});
		expect(items).toEqual([{ page: 1 }, { page: 2 }]);
	});

	it('that are always the same end with an error', async () => {
		const { error } = await fetched('/same', updating({ name: 'page' }));
		expect(JSON.stringify(error)).toContain('PAGINATION_LOOP');
		expect(arrivals).toHaveLength(3);
	});

	it('on another origin get no token: the next URL is refused', async () => {
		const { error } = await fetched('/elsewhere', { ...nextUrl, nextUrlField: 'next' });
		expect(JSON.stringify(error)).toContain('DOMAIN_NOT_ALLOWED');
		expect(arrivals.map(({ path }) => path)).toEqual(['/elsewhere']);
	});
});

it('tells the person beside the output what is unsafe', async () => {
	const risky = await client.createCredential({
		name: 'Risky',
		type: 'jwtSignApi',
		data: {
			algorithm: 'ES256',
			privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
			payload: '{ "sub": "x" }',
			useAdvanced: true,
			placement: 'query',
			queryParameter: 'jwt',
			credentialExpiresAt: new Date(Date.now() + 5.5 * 86_400_000).toISOString(),
		},
	});
	const { runData } = await run([{}, {}], jwtHttpRequest(risky, `${url}/ok`));
	const hints = (runData['JWT HTTP Request']?.[0]?.hints ?? []) as Array<{ message: string }>;
	expect(hints.map(({ message }) => message)).toEqual([
		expect.stringContaining('query of an http URL'),
		expect.stringContaining('may send its token to any host'),
		expect.stringContaining('expires in 5 days'),
	]);
});
