import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { N8nClient } from '../../../playground/client';
import { startN8n, type RunningN8n } from '../../../playground/n8n';
import { localOwner } from '../../../playground/owner';
import { packPackage } from '../../../playground/packPackage';
import { startPostgres, startRedis, type Postgres } from './servers';

/** How many executions one worker runs at once: n8n's default. */
export const WORKER_CONCURRENCY = 10;

/** n8n in queue mode as people run it: main, workers, a process that takes webhooks. */
export interface Cluster {
	/** Logged in at main. */
	client: N8nClient;
	postgres: Postgres;
	webhookUrl: string;
	workers: RunningN8n[];
	/** Starts one more worker. */
	startWorker(): Promise<void>;
	/** IDs of the executions a worker has begun and not ended, as its log says. */
	executionsOn(worker: RunningN8n): { started: string[]; unfinished: string[] };
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
		const env = {
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64'),
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
		const startProcess = async (name: string, args: string[]) => {
			const n8n = await startN8n({ userFolder: path.join(folder, name), tarball, env, args });
			ends.push(n8n.stop);
			all.push(n8n);
			return n8n;
		};
		// Main first: it makes the tables.
		const main = await startProcess('main', ['start']);
		const client = new N8nClient({ url: main.url });
		await client.setupOrLogin(localOwner(main.userFolder));
		await client.createApiKey({ label: 'queue' });
		const worker = ['worker', `--concurrency=${WORKER_CONCURRENCY}`];
		const [webhook, ...workers] = await Promise.all([
			startProcess('webhook', ['webhook']),
			startProcess('worker-1', worker),
			startProcess('worker-2', worker),
		]);
		return {
			client,
			postgres,
			webhookUrl: webhook.url,
			workers,
			startWorker: async () => void workers.push(await startProcess('worker-3', worker)),
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
