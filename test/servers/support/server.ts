import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endChild, startChild } from '../../../playground/children';

/** A net for a server that never answers, far beyond what any of them takes. */
const LONGEST_START_MS = 600_000;

/** A server of this suite, running. */
export interface Server {
	/** What it has printed. */
	log(): string;
	stop(): Promise<void>;
}

/** A folder of its own for a server, which others may read. */
export function serverFolder(name: string): { folder: string; remove: () => void } {
	const folder = mkdtempSync(path.join(tmpdir(), `jwt-auth-${name}-`));
	mkdirSync(path.join(folder, 'www'), { recursive: true });
	return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

async function answers(url: string): Promise<boolean> {
	try {
		await fetch(url, { redirect: 'manual' });
		return true;
	} catch {
		return false;
	}
}

/** Starts a program with its output in a file of the folder. */
async function startProgram(
	command: string,
	args: string[],
	folder: string,
	env: Record<string, string> = {},
) {
	const logFile = path.join(folder, 'log');
	const out = createWriteStream(logFile);
	await once(out, 'open');
	const child = startChild(command, args, {
		cwd: folder,
		env: { ...process.env, ...env },
		stdio: ['ignore', out, out],
	});
	let failure: Error | undefined;
	child.once('error', (error) => (failure = error));
	const log = () => readFileSync(logFile, 'utf8');
	const stop = async () => {
		await endChild(child);
		out.close();
	};
	/** Waits until the program is up. */
	const until = async (isUp: () => boolean | Promise<boolean>) => {
		for (const deadline = Date.now() + LONGEST_START_MS; !(await isUp()); await sleep(100)) {
			const hasEnded = failure !== undefined || child.exitCode !== null;
			if (hasEnded || Date.now() > deadline) {
				await stop();
				throw new Error(`${command} did not start: ${failure?.message ?? log().slice(-2000)}`);
			}
		}
	};
	return { server: { log, stop }, until };
}

/**
 * Starts a server and waits until it answers, whatever it answers.
 *
 * @param options `url` to ask, `folder` for its log
 * @throws what it printed, if it ends before
 */
export async function startServer(
	command: string,
	args: string[],
	{ url, folder, env }: { url: string; folder: string; env?: Record<string, string> },
): Promise<Server> {
	const { server, until } = await startProgram(command, args, folder, env);
	await until(async () => await answers(url));
	return server;
}

/**
 * Starts a server that prints a line of JSON once it is up.
 *
 * @returns that line, too
 * @throws what it printed, if it ends before
 */
export async function startAnnouncedServer(
	command: string,
	args: string[],
	{ folder }: { folder: string },
): Promise<{ server: Server; line: string }> {
	const { server, until } = await startProgram(command, args, folder);
	const announced = () => /^\{.*\}$/m.exec(server.log())?.[0];
	await until(() => announced() !== undefined);
	return { server, line: announced() ?? '' };
}
