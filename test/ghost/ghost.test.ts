import { execFileSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import path from 'node:path';
import { authenticateForService } from '../../core/authenticate/serviceApi';
import { ghostAdmin } from '../../core/services/ghostAdmin';
import { serverFolder, startServer, type Server } from '../servers/support/server';
import { installGhost } from './installGhost';

const { folder, remove } = serverFolder('ghost');
let ghost: Server;
let url: string;
let adminApiKey: string;

async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
	const { port } = probe.address() as AddressInfo;
	await new Promise((resolve) => probe.close(resolve));
	return port;
}

/** Prints the key of an integration that Ghost has from the start, as its page shows one. */
const PRINT_KEY = `
const database = new (require('sqlite3').Database)(process.argv[1]);
const query = "SELECT id || ':' || secret AS key FROM api_keys WHERE type = 'admin' AND integration_id = (SELECT id FROM integrations WHERE slug = 'zapier')";
database.get(query, (error, row) => console.log(error ? error.message : row.key));
`;

beforeAll(async () => {
	const installed = await installGhost();
	const port = await freePort();
	url = `http://127.0.0.1:${port}`;
	const content = path.join(folder, 'content');
	cpSync(path.join(installed, 'content'), content, { recursive: true });
	const filename = path.join(folder, 'ghost.db');
	const settings = {
		url,
		server: { host: '127.0.0.1', port },
		database: { client: 'sqlite3', connection: { filename }, useNullAsDefault: true },
		mail: { transport: 'Direct' },
		logging: { transports: ['stdout'], level: 'error' },
		paths: { contentPath: content },
		privacy: { useUpdateCheck: false, useGravatar: false, useRpcPing: false },
	};
	writeFileSync(path.join(installed, 'config.development.json'), JSON.stringify(settings));
	// It wants to be started where it is.
	const start = 'process.chdir(process.argv[1]); require(process.argv[1])';
	ghost = await startServer(process.execPath, ['-e', start, installed], {
		url: `${url}/ghost/api/admin/site/`,
		folder,
		env: { NODE_ENV: 'development' },
	});
	// It listens long before it is up, and answers 503 until then.
	while ((await fetch(`${url}/ghost/api/admin/site/`)).status === 503) {
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
	const options = { cwd: installed, encoding: 'utf8' } as const;
	adminApiKey = execFileSync(process.execPath, ['-e', PRINT_KEY, filename], options).trim();
});

afterAll(async () => {
	await ghost?.stop();
	remove();
});

/** Sends a request as the credential for Ghost authenticates it. */
async function send(key: string, address = '/ghost/api/admin/posts/?limit=1', body?: unknown) {
	const request = {
		url: url + address,
		method: body === undefined ? 'GET' : 'POST',
		headers: body === undefined ? {} : { 'content-type': 'application/json' },
		...(body !== undefined && { body: JSON.stringify(body) }),
	};
	const sleep = async () => await Promise.resolve();
	const data = { url, adminApiKey: key };
	const signed = await authenticateForService(ghostAdmin, data, request, sleep);
	const response = await fetch(signed.url, {
		method: request.method,
		headers: signed.headers as Record<string, string>,
		body: request.body ?? null,
	});
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

it('is taken by Ghost, for reading and for writing', async () => {
	expect(await send(adminApiKey)).toMatchObject({
		status: 200,
		body: { posts: [expect.anything()] },
	});
	const post = { posts: [{ title: 'Written with a JWT' }] };
	expect(await send(adminApiKey, '/ghost/api/admin/posts/', post)).toMatchObject({
		status: 201,
		body: { posts: [{ title: 'Written with a JWT' }] },
	});
});

it('is refused with another secret, and with an ID that Ghost does not know', async () => {
	const [id = '', secret = ''] = adminApiKey.split(':');
	const wrong = [`${id}:${'00'.repeat(32)}`, `${'0'.repeat(24)}:${secret}`];
	const answers = [await send(wrong[0] ?? ''), await send(wrong[1] ?? '')];
	expect(answers.map(({ status }) => status)).toEqual([401, 401]);
});
