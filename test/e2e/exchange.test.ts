import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
	N8nClient,
	outputItems,
	type CredentialRef,
	type WorkflowRun,
} from '../../playground/client';
import { startN8n, type RunningN8n } from '../../playground/n8n';
import { localOwner } from '../../playground/owner';
import { createExchange, SENDER_NAMES, SENDERS, type SenderName } from './support/exchangeFixtures';
import { n8nSession } from './support/n8nSession';
import { claimsOf, startTokenService, type TokenService } from './support/tokenServer';
import { getAccessToken, workflow, type Step } from './support/workflows';

const { client, tarball } = n8nSession();

/** Each way in which a service takes the JWT. */
const GRANTS: Record<string, Record<string, unknown>> = {
	'JWT Bearer': {},
	'Client Credentials with JWT': { grant: 'clientCredentials', clientId: 'me' },
	'Token Exchange': { grant: 'tokenExchange', audience: 'https://api.example.com' },
	'Custom Exchange': { grant: 'custom' },
};

/** The places a person can put the JWT in, or have a second one beside it. */
const PLACES: Record<string, Record<string, unknown>> = {
	'a client assertion beside it': { clientId: 'me', useAdvanced: true, clientAssertion: true },
	'the JWT as client_secret': {
		grant: 'clientCredentials',
		clientId: 'me',
		useAdvanced: true,
		bodyParameters: '{"client_secret":"{assertion}"}',
	},
	'a placeholder in body and header': {
		grant: 'custom',
		bodyParameters: '{"deep":{"jwt":["{assertion}"]}}',
		useAdvanced: true,
		exchangeHeaders: '{"X-Copy":"JWT {assertion}"}',
	},
	'a placeholder in the query': {
		grant: 'tokenExchange',
		bodyParameters: '{"subject_token":null}',
		tokenUrl: '{endpoint}?jwt={assertion}',
	},
};

const MANY = Array.from({ length: 1000 }, () => ({}));

let service: TokenService;

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

async function run(items: Array<Record<string, unknown>>, step: Step): Promise<WorkflowRun> {
	return await client.runWorkflow(workflow(items, step));
}

describe('one exchange for many items', () => {
	describe.each(Object.entries(GRANTS))('%s', (_grant, data) => {
		it.each(SENDER_NAMES)('%s sends 1,000 items with a single exchange', async (node) => {
			const credential = await exchanging(data);
			const options = node === 'HTTP Request' ? {} : { options: { concurrency: 20 } };
			const step = SENDERS[node](credential, service.api.url, options);
			const { error, runData } = await run(MANY, step);
			expect(error?.message).toBeUndefined();
			expect(outputItems(runData, node)).toHaveLength(1000);
			expect(service.api.requests).toHaveLength(1000);
			expect(service.exchanges()).toHaveLength(1);
		});
	});

	it.each(Object.entries({ ...GRANTS, ...PLACES }))(
		'Get Access Token gives 1,000 items the token of a single one: %s',
		async (_way, data) => {
			const endpoint = `${service.endpoint.url}/token`;
			const tokenUrl = String(data.tokenUrl ?? endpoint).replace('{endpoint}', endpoint);
			const credential = await exchanging({ ...data, tokenUrl });
			const { error, runData } = await run(MANY, getAccessToken(credential));
			expect(error?.message).toBeUndefined();
			const tokens = outputItems(runData, 'JWT Sign').map(({ json }) => json.accessToken);
			expect(tokens).toEqual(Array(1000).fill([...service.issued.keys()].at(-1)));
			expect(service.exchanges()).toHaveLength(1);
		},
	);

	it.each(SENDER_NAMES)('%s keeps 5 subjects of 200 items apart with 5 exchanges', async (node) => {
		const credential = await exchanging({
			payload: '{ "iss": "n8n", "sub": "={{ $json.user }}" }',
		});
		const prefix = randomUUID();
		const items = Array.from({ length: 200 }, (_, index) => ({ user: `${prefix}-${index % 5}` }));
		const url = `=${service.api.url}/of/{{ $json.user }}`;
		const { status, runData } = await run(items, SENDERS[node](credential, url));
		expect(status).toBe('success');
		expect(outputItems(runData, node).map(({ json }) => json.subject)).toEqual(
			items.map(({ user }) => user),
		);
		const ofItsOwn = service.api.requests.filter(({ path: asked, headers }) => {
			const token = String(headers.authorization).replace('Bearer ', '');
			return asked === `/of/${String(service.issued.get(token)?.subject)}`;
		});
		expect(ofItsOwn).toHaveLength(200);
		expect(service.exchanges()).toHaveLength(5);
	});

	it('is enough for later runs, in both nodes', async () => {
		const credential = await exchanging();
		for (const node of [...SENDER_NAMES, ...SENDER_NAMES]) {
			await run([{}], SENDERS[node](credential, service.api.url));
		}
		expect(service.api.requests).toHaveLength(4);
		expect(service.exchanges()).toHaveLength(1);
	});

	it('is enough for Get Access Token and the requests of the same run', async () => {
		const credential = await exchanging();
		const items = Array.from({ length: 50 }, (_, index) => ({ index }));
		const { runData } = await client.runWorkflow(
			workflow(
				items,
				getAccessToken(credential),
				SENDERS['JWT HTTP Request'](credential, service.api.url),
				SENDERS['HTTP Request'](credential, service.api.url),
			),
		);
		const output = outputItems(runData, 'JWT Sign');
		expect(output).toHaveLength(50);
		expect(output[7]).toMatchObject({
			json: { index: 7, accessToken: expect.stringMatching(/^at-/), tokenType: 'Bearer' },
			pairedItem: { item: 7 },
		});
		const left = Date.parse(String(output[7]?.json.expiresAt)) - Date.now();
		expect(left).toBeGreaterThan(3_500_000);
		const used = service.api.requests.map(({ headers }) => headers.authorization);
		expect(new Set(used)).toEqual(new Set([`Bearer ${output[7]?.json.accessToken}`]));
		expect(service.exchanges()).toHaveLength(1);

		// What n8n has stored from a request is used as well.
		const again = await client.runWorkflow(workflow([{}], getAccessToken(credential)));
		expect(again.status).toBe('success');
		expect(service.exchanges()).toHaveLength(1);
	});

	it('is enough for a second n8n process on the same database', async () => {
		// Not the suite's n8n: a second process takes what runs in the first for crashed, and says so.
		const folder = mkdtempSync(path.join(tmpdir(), 'jwt-auth-two-'));
		const userFolder = path.join(folder, 'n8n');
		const processes: RunningN8n[] = [];
		async function start(name: string): Promise<N8nClient> {
			const logFile = path.join(folder, `${name}.log`);
			const isFirst = processes.length === 0;
			const n8n = await startN8n({ userFolder, logFile, tarball: isFirst ? tarball : undefined });
			processes.push(n8n);
			const own = new N8nClient({ url: n8n.url });
			await own.setupOrLogin(localOwner(userFolder));
			return own;
		}
		try {
			const first = await start('first');
			await first.createApiKey({ label: 'e2e' });
			const credential = await createExchange(first, `${service.endpoint.url}/token`);
			const send = async (through: N8nClient, node: SenderName) => {
				const step = SENDERS[node](credential, service.api.url);
				expect((await through.runWorkflow(workflow([{}], step))).status).toBe('success');
			};
			await send(first, 'HTTP Request');
			const second = await start('second');
			for (const node of SENDER_NAMES) await send(second, node);
		} finally {
			for (const n8n of processes) await n8n.stop();
			rmSync(folder, { recursive: true, force: true });
		}
		expect(service.api.requests).toHaveLength(3);
		expect(service.exchanges()).toHaveLength(1);
	});
});

describe('renewal', () => {
	it('keeps 30 seconds of requests going on tokens of 10 seconds', async () => {
		const short = await startTokenService(10);
		try {
			const tokenUrl = `${short.endpoint.url}/token`;
			const pace = {
				// One request in 0.3 s each: our node waits for its answers, the stock node for its batches.
				'JWT HTTP Request': { options: { concurrency: 1 } },
				'HTTP Request': { options: { batching: { batch: { batchSize: 5, batchInterval: 1500 } } } },
			};
			const check = short.api.answer;
			short.api.answer = async (request) => {
				const answer = await check(request);
				if (request.path === '/slow') await new Promise((resolve) => setTimeout(resolve, 300));
				return answer;
			};
			const items = Array.from({ length: 100 }, (_, index) => ({ index }));
			const subjects = await Promise.all(
				SENDER_NAMES.map(async (node) => {
					const subject = randomUUID();
					const credential = await createExchange(client, tokenUrl, {
						payload: JSON.stringify({ sub: subject }),
					});
					const url = `${short.api.url}${node === 'HTTP Request' ? '/' : '/slow'}`;
					const { status } = await run(items, SENDERS[node](credential, url, pace[node]));
					expect({ node, status }).toEqual({ node, status: 'success' });
					return subject;
				}),
			);
			expect(short.api.requests).toHaveLength(200);
			for (const subject of subjects) {
				// When each assertion was signed, not when it arrived: a busy machine delays that unevenly.
				const signedAt = short
					.exchanges()
					.map(({ body }) => claimsOf(new URLSearchParams(body).get('assertion') ?? ''))
					.filter(({ sub }) => sub === subject)
					.map(({ iat }) => Number(iat));
				expect(signedAt.length).toBeGreaterThanOrEqual(3);
				// Not before three quarters of the life of the one before, in whole seconds.
				const pauses = signedAt.slice(1).map((at, index) => at - (signedAt[index] ?? 0));
				for (const pause of pauses) expect(pause).toBeGreaterThanOrEqual(7);
			}
		} finally {
			await short.stop();
		}
	});

	it('follows a change of the credential at once', async () => {
		const credential = await exchanging();
		const step = SENDERS['HTTP Request'](credential, service.api.url);
		await run([{}], step);
		const { data } = await client.getCredential(credential.id);
		expect(data.accessToken).toMatch(/^__n8n_BLANK_VALUE/);
		await client.rest('PATCH', `/credentials/${credential.id}`, {
			name: credential.name,
			type: credential.type,
			data: { ...data, scope: 'read' },
		});
		await run([{}], step);
		expect(service.exchanges().map(({ body }) => new URLSearchParams(body).get('scope'))).toEqual([
			null,
			'read',
		]);
		const used = service.api.requests.map(({ headers }) => headers.authorization);
		expect(new Set(used).size).toBe(2);
	});
});
