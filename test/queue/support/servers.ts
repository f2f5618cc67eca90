import { execFileSync, type SpawnOptions } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endChild, startChild } from '../../../playground/children';
import { freePort, HOST } from '../../../playground/ports';

/** A server of the suite, with a way to end it. */
export interface Server {
	port: number;
	stop(): Promise<void>;
}

/** PostgreSQL with one database for n8n. */
export interface Postgres extends Server {
	password: string;
	/** Runs a query and returns its rows. */
	query(sql: string): Record<string, unknown>[];
}

/** Debian keeps PostgreSQL's programs out of the PATH. */
function findProgram(name: string): string | undefined {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian) ? readdirSync(debian).sort().reverse() : [];
	return [
		...(process.env.PATH ?? '').split(path.delimiter),
		...versions.map((version) => path.join(debian, version, 'bin')),
	]
		.map((folder) => path.join(folder, name))
		.find((file) => existsSync(file));
}

function programOf(name: string): string {
	const found = findProgram(name);
	if (!found) throw new Error(`${name} is not installed`);
	return found;
}

/** The Debian packages this machine lacks for queue mode. */
export function missingPackages(): string[] {
	return [
		['redis-server', 'redis-server'],
		['initdb', 'postgresql'],
		['psql', 'postgresql'],
	]
		.filter(([program]) => !findProgram(String(program)))
		.map(([, name]) => String(name))
		.filter((name, index, all) => all.indexOf(name) === index);
}

async function until(ready: () => boolean, what: string): Promise<void> {
	for (const deadline = Date.now() + 600_000; !ready(); await sleep(100)) {
		if (Date.now() > deadline) throw new Error(`${what} did not start within ten minutes`);
	}
}

function succeeds(file: string, args: string[], env: NodeJS.ProcessEnv = process.env): boolean {
	try {
		execFileSync(file, args, { stdio: 'pipe', env });
		return true;
	} catch {
		return false;
	}
}

function start(file: string, args: string[], options: SpawnOptions = {}) {
	const child = startChild(file, args, { stdio: 'ignore', ...options });
	return async () => await endChild(child);
}

/** Starts Redis without persistence on a free port. */
export async function startRedis(folder: string): Promise<Server> {
	mkdirSync(folder, { recursive: true });
	const port = await freePort();
	const stop = start(programOf('redis-server'), [
		...['--port', String(port), '--bind', HOST, '--dir', folder],
		...['--save', '', '--appendonly', 'no'],
	]);
	await until(() => succeeds(programOf('redis-cli'), ['-p', String(port), 'ping']), 'Redis');
	return { port, stop };
}

/**
 * The account PostgreSQL runs under where the test itself is root, which PostgreSQL refuses to be.
 *
 * @returns what to put in front of a command, and whom the files have to belong to
 */
function unprivileged(): { prefix: string[]; owner?: { uid: number; gid: number } } {
	if (process.getuid?.() !== 0) return { prefix: [] };
	const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
	const owner = { uid: id('-u'), gid: id('-g') };
	return {
		prefix: ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'],
		owner,
	};
}

/**
 * Makes a new PostgreSQL cluster and starts it on a free port.
 *
 * @param folder must be readable for everybody up to here
 */
export async function startPostgres(folder: string, password: string): Promise<Postgres> {
	mkdirSync(folder, { recursive: true });
	const { prefix, owner } = unprivileged();
	const passwordFile = path.join(folder, 'password');
	writeFileSync(passwordFile, password, { mode: 0o600 });
	for (const file of [folder, passwordFile]) {
		if (owner) chownSync(file, owner.uid, owner.gid);
	}
	const data = path.join(folder, 'data');
	const [command = '', ...initialise] = [
		...prefix,
		...[programOf('initdb'), '-D', data, '-U', 'n8n', '-E', 'UTF8', '--no-sync'],
		...['-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
	];
	execFileSync(command, initialise, { stdio: 'pipe', cwd: folder });

	const port = await freePort();
	const [program = '', ...args] = [
		...prefix,
		...[programOf('postgres'), '-D', data, '-p', String(port), '-h', HOST, '-k', ''],
		...['-c', 'fsync=off', '-c', 'max_connections=100'],
	];
	const stop = start(program, args, { cwd: folder });
	const env = { ...process.env, PGPASSWORD: password };
	const psql = ['-h', HOST, '-p', String(port), '-U', 'n8n', '-d', 'postgres', '-XqAt', '-c'];
	await until(() => succeeds(programOf('psql'), [...psql, 'SELECT 1'], env), 'PostgreSQL');
	return {
		port,
		password,
		stop,
		query(sql) {
			const json = `SELECT coalesce(json_agg(row), '[]') FROM (${sql}) AS row`;
			return JSON.parse(
				execFileSync(programOf('psql'), [...psql, json], { encoding: 'utf8', env }),
			) as Record<string, unknown>[];
		},
	};
}
