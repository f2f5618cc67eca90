import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { N8nClient } from '../../../playground/client';
import { startN8n, type RunningN8n } from '../../../playground/n8n';
import { localOwner } from '../../../playground/owner';
import { packPackage } from '../../../playground/packPackage';
import { CredentialWatch } from './credentialWatch';
import { startGate } from './databaseGate';
import { startPostgres, startRedis, type Postgres } from './servers';
import { decryptCredential } from './storedCredential';

/** How many executions one worker runs at once: n8n's default. */
export const WORKER_CONCURRENCY = 10;

/** Runs executions, and reaches PostgreSQL through a gate of its own. */
export interface Worker extends RunningN8n {
	/** What the watch calls it. */
	name: string;
}

/** The decrypted fields of the credentials, by ID. */
export type StoredCredentials = Map<string, Record<string, unknown>>;

/** n8n in queue mode as people run it: main, workers, a process that takes webhooks. */
export interface Cluster {
	/** Logged in at main. */
	client: N8nClient;
	postgres: Postgres;
	webhookUrl: string;
	/** Those that are alive. */
	workers: Worker[];
	/** Starts one more worker. */
	startWorker(): Promise<void>;
	/** Ends a worker as a machine does that fails: with SIGKILL. */
	killWorker(worker: Worker): Promise<void>;
	/** Sees what the workers do with credentials, and stops them there. */
	watch: CredentialWatch;
	/** What n8n has stored at the moment. */
	storedCredentials(): StoredCredentials;
	/** IDs of the executions a worker has begun and not ended, as its log says. */
	executionsOn(worker: Worker): { started: string[]; unfinished: string[] };
	/** Everything the processes have logged. */
	readLogs(): string;
	stop(): Promise<void>;
}

function numbersAfter(log: string, words: string): string[] {
	return [...log.matchAll(new RegExp(`${words} (\\d+)`, 'g'))].map(([, id]) => String(id));
}

/** Starts PostgreSQL, Redis, main, two workers and a webhook process, this package on each. */
export async function startCluster(): Promise<Cluster> {
	const folder = mkdtempSync(path.join(tmpdir(), 'jwt-auth-queue-'));
	// PostgreSQL runs under another account and has to get through to its own folder.
	chmodSync(folder, 0o755);
	const ends: Array<() => unknown> = [() => rmSync(folder, { recursive: true, force: true })];
	const stop = async () => {
		for (const end of ends.splice(0).reverse()) await end();
	};
	try {
		const redis = await startRedis(path.join(folder, 'redis'));
		ends.push(redis.stop);
		const postgres = await startPostgres(
			path.join(folder, 'postgres'),
			randomBytes(12).toString('hex'),
		);
		ends.push(postgres.stop);
		const tarball = await packPackage({ outputFolder: folder });
		const encryptionKey = randomBytes(24).toString('base64');
		const env: Record<string, string> = {
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: encryptionKey,
			N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
			N8N_LOG_LEVEL: 'debug',
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_PASSWORD: postgres.password,
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			// A dead worker is noticed within a minute, n8n's own default is a minute and a half. Not sooner: a
			// worker that lives, and that a busy machine holds up for that long, is taken for dead as well, and
			// another one does its executions once more.
			QUEUE_WORKER_LOCK_DURATION: '40000',
			QUEUE_WORKER_LOCK_RENEW_TIME: '5000',
			QUEUE_WORKER_STALLED_INTERVAL: '15000',
			// n8n forgets a job as soon as it has ended. Where that is before the process that took the call
			// listens for its end, the caller is never answered.
			N8N_EXECUTIONS_QUEUE_KEEP_LAST_COMPLETED: '1000',
			N8N_EXECUTIONS_QUEUE_KEEP_LAST_FAILED: '1000',
		};
		const all: RunningN8n[] = [];
		const startProcess = async (name: string, args: string[], more = {}) => {
			const userFolder = path.join(folder, name);
			const n8n = await startN8n({ userFolder, tarball, env: { ...env, ...more }, args });
			ends.push(n8n.stop);
			all.push(n8n);
			return n8n;
		};
		const watch = new CredentialWatch();
		const workers: Worker[] = [];
		let started = 0;
		const startWorker = async () => {
			const name = `worker-${++started}`;
			const gate = await startGate(postgres.port, watch.gatekeeper(name));
			ends.push(gate.stop);
			const n8n = await startProcess(name, ['worker', `--concurrency=${WORKER_CONCURRENCY}`], {
				DB_POSTGRESDB_PORT: String(gate.port),
				// A statement that is stopped on its way keeps its connection.
				DB_POSTGRESDB_POOL_SIZE: String(2 * WORKER_CONCURRENCY),
			});
			workers.push({ ...n8n, name });
		};
		// Main first: it makes the tables.
		const main = await startProcess('main', ['start']);
		const client = new N8nClient({ url: main.url });
		await client.setupOrLogin(localOwner(main.userFolder));
		await client.createApiKey({ label: 'queue' });
		const [webhook] = await Promise.all([
			startProcess('webhook', ['webhook']),
			startWorker(),
			startWorker(),
		]);
		return {
			client,
			postgres,
			webhookUrl: webhook.url,
			workers,
			startWorker,
			async killWorker(worker) {
				workers.splice(workers.indexOf(worker), 1);
				process.kill(-worker.pid, 'SIGKILL');
				await worker.ended;
			},
			watch,
			storedCredentials() {
				const rows = postgres.query('SELECT id, data FROM credentials_entity');
				return new Map(
					rows.map(({ id, data }) => [String(id), decryptCredential(String(data), encryptionKey)]),
				);
			},
			executionsOn({ logFile }) {
				const log = readFileSync(logFile, 'utf8');
				const started = numbersAfter(log, 'Worker started execution');
				const finished = new Set(numbersAfter(log, 'Worker finished execution'));
				return { started, unfinished: started.filter((id) => !finished.has(id)) };
			},
			readLogs: () => all.map(({ logFile }) => readFileSync(logFile, 'utf8')).join('\n'),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}
