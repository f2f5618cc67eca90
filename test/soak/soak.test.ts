import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { N8nClient, type CredentialRef } from '../../playground/client';
import { startDemoApi, type DemoApi } from '../../playground/demo-api/server';
import { startN8n, type RunningN8n } from '../../playground/n8n';
import { localOwner } from '../../playground/owner';
import { packPackage } from '../../playground/packPackage';
import {
	jwtHttpRequest,
	jwtSign,
	stockHttpRequest,
	workflow,
	type Step,
} from '../e2e/support/workflows';
import { createExchange } from '../e2e/support/exchangeFixtures';
import { startTokenService, type TokenService } from '../e2e/support/tokenServer';
import { median, slopePerMinute } from './support/trend';

/** How long the load lasts; `npm run soak` says 30 minutes. */
const SECONDS = Number(process.env.SOAK_SECONDS ?? 60);

interface Sample {
	at: number;
	rss: number;
	heap: number;
	resources: Record<string, number>;
	rejections: string[];
}

const folder = mkdtempSync(path.join(tmpdir(), 'jwt-auth-soak-'));
const probeFile = path.join(folder, 'probe.jsonl');
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
let n8n: RunningN8n;
let client: N8nClient;
let api: DemoApi;
let tokens: TokenService;

beforeAll(async () => {
	api = await startDemoApi({ audience: 'demo-api', keys: [{ publicKey }] });
	tokens = await startTokenService(20);
	n8n = await startN8n({
		userFolder: path.join(folder, 'n8n'),
		tarball: await packPackage({ outputFolder: folder }),
		env: {
			NODE_OPTIONS: `--expose-gc --require=${path.join(__dirname, 'support', 'probe.js')}`,
			JWT_AUTH_SOAK_PROBE: probeFile,
		},
	});
	client = new N8nClient({ url: n8n.url });
	await client.setupOrLogin(localOwner(n8n.userFolder));
	await client.createApiKey({ label: 'soak' });
	// The probe begins now: collecting garbage every second would make the start longer.
	writeFileSync(probeFile, '');
});

afterAll(async () => {
	await n8n?.stop();
	await Promise.all([api?.stop(), tokens?.stop()]);
	rmSync(folder, { recursive: true, force: true });
});

function samples(): Sample[] {
	const lines = readFileSync(probeFile, 'utf8').split('\n').filter(Boolean);
	return lines.map((line) => JSON.parse(line) as Sample);
}

/** Workflows that are to end well whatever their items do, each with the number of its items. */
async function mixedWorkload(): Promise<Array<{ id: string; last: string; items: number }>> {
	const create = async (name: string, data: object): Promise<CredentialRef> =>
		await client.createCredential({ name, type: 'jwtSignApi', data: { ...data } });
	const privatePem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
	const rsa = await create('One RSA key', {
		algorithm: 'RS256',
		privateKey: privatePem,
		payload: '{ "sub": "={{ $json.user }}", "aud": "demo-api" }',
	});
	const perItem = await create('A key for every item', {
		algorithm: 'HS256',
		secret: '={{ $json.secret }}{{ $execution.id }}',
		payload: '{ "sub": "={{ $json.user }}" }',
	});
	const broken = await create('A key that is none', {
		algorithm: 'RS256',
		privateKey: 'nothing of the kind',
		payload: '{ "sub": "x" }',
	});
	const exchanging = await createExchange(client, `${tokens.endpoint.url}/token`);
	const items = (count: number) =>
		Array.from({ length: count }, (_, index) => ({
			user: `user-${index}`,
			secret: randomBytes(24).toString('hex'),
		}));
	const onError = 'continueRegularOutput' as const;
	const steps: Array<[number, Step]> = [
		[100, jwtSign(rsa)],
		[300, jwtSign(perItem)],
		[20, { ...jwtSign(broken), onError }],
		[30, jwtHttpRequest(rsa, `${api.url}/x`)],
		[30, stockHttpRequest(rsa, `${api.url}/x`)],
		[30, jwtHttpRequest(exchanging, tokens.api.url)],
		[30, stockHttpRequest(exchanging, tokens.api.url)],
		[10, { ...jwtHttpRequest(broken, `${api.url}/x`), onError }],
		[10, { ...jwtHttpRequest(rsa, 'http://127.0.0.1:9/x'), onError }],
		[10, { ...stockHttpRequest(rsa, 'http://127.0.0.1:9/x'), onError }],
	];
	return await Promise.all(
		steps.map(async ([count, step]) => {
			const { id } = await client.createWorkflow(workflow(items(count), step));
			return { id: String(id), last: step.name, items: count };
		}),
	);
}

describe('endurance', () => {
	it('a thousand keys and tokens leave no key beyond the limit, no timer and no socket', () => {
		const output = execFileSync(
			process.execPath,
			[path.join(__dirname, 'support', 'manyKeys.js')],
			{ encoding: 'utf8' },
		);
		const { keys, largest, resources } = JSON.parse(output);
		expect({ keys, resources }).toEqual({ keys: 1000, resources: [] });
		expect(largest).toBeLessThanOrEqual(100);
		expect(largest).toBeGreaterThan(10);
	});

	it(
		`n8n stays as it is under mixed load (${SECONDS} s)`,
		async () => {
			const workload = await mixedWorkload();
			const runOnce = async () => {
				let items = 0;
				for (const { id, last, items: expected } of workload) {
					const { status, runData, executionId } = await client.runSavedWorkflow(id);
					expect({ id, status }).toEqual({ id, status: 'success' });
					expect(runData[last]?.[0]?.data?.main?.[0]).toHaveLength(expected);
					await client.deleteExecution(executionId);
					items += expected;
				}
				api.clear();
				tokens.api.requests.length = 0;
				return items;
			};
			// What is loaded and compiled at first use is no leak.
			await runOnce();
			const idle = samples().at(-1);
			const begun = Date.now();
			let items = 0;
			while (Date.now() - begun < SECONDS * 1000) items += await runOnce();
			const loaded = samples().filter(({ at }) => at > begun);

			// Connections that are kept alive are closed by both sides within seconds.
			const sockets = () => samples().at(-1)?.resources.TCPSocketWrap ?? 0;
			const before = idle?.resources ?? {};
			for (const deadline = Date.now() + 300_000; Date.now() < deadline; await sleep(1000)) {
				if (sockets() <= (before.TCPSocketWrap ?? 0) + 1) break;
			}
			const after = samples().at(-1);

			const late = loaded.slice(Math.floor(loaded.length / 2));
			const slope = (read: (sample: Sample) => number) =>
				slopePerMinute(late.map((sample) => [sample.at, read(sample) / 1e6]));
			const third = Math.floor(loaded.length / 3);
			const heapOf = (part: Sample[]) => median(part.map(({ heap }) => heap)) / 1e6;
			const heap = {
				second: heapOf(loaded.slice(third, 2 * third)),
				last: heapOf(loaded.slice(-third)),
			};
			console.log(
				[
					`${items} items in ${((Date.now() - begun) / 1000).toFixed(0)} s`,
					`RSS ${median(late.map(({ rss }) => rss / 1e6)).toFixed(0)} MB, ${slope(({ rss }) => rss).toFixed(2)} MB/min`,
					`heap in use ${heap.second.toFixed(1)} MB, later ${heap.last.toFixed(1)} MB, ${slope((sample) => sample.heap).toFixed(2)} MB/min`,
					`before ${JSON.stringify(before)}, after ${JSON.stringify(after?.resources)}`,
				].join('\n'),
			);
			expect(after?.rejections).toEqual([]);
			expect(after?.resources.TCPSocketWrap ?? 0).toBeLessThanOrEqual(
				(before.TCPSocketWrap ?? 0) + 1,
			);
			expect(heap.last / heap.second).toBeLessThan(1.1);
			if (SECONDS >= 600) expect(slope(({ rss }) => rss)).toBeLessThan(2);
		},
		(SECONDS + 3600) * 1000,
	);
});
