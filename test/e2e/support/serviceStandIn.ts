import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { issueCertificate } from './certificateAuthority';
import { n8nSession } from './n8nSession';

/** A request as it arrived at one of the hosts of a service. */
export interface ArrivedAt {
	method: string;
	host: string;
	/** With its query. */
	path: string;
	headers: IncomingMessage['headers'];
	body: string;
}

export interface Answer {
	status: number;
	body: unknown;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

/** Takes hosts for oneself; of two suites that stand in for the same one, the second waits. */
async function claim(file: string, port: number): Promise<void> {
	for (;;) {
		try {
			writeFileSync(file, String(port), { flag: 'wx' });
			return;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
			await sleep(200);
		}
	}
}

/** Stands in for services on their own hosts, over TLS, until it is stopped. */
export class ServiceStandIn {
	readonly requests: ArrivedAt[] = [];

	private constructor(
		private readonly server: https.Server,
		private readonly files: string[],
	) {}

	/**
	 * @param hosts names that n8n asks for
	 * @param answer of the service
	 * @param folders of the certificate authority, and of the files that serviceHosts.js reads
	 */
	static async start(
		hosts: readonly string[],
		answer: (request: ArrivedAt) => Answer,
		folders: { authorityFolder: string; hostsFolder: string } = n8nSession(),
	): Promise<ServiceStandIn> {
		const { authorityFolder, hostsFolder } = folders;
		mkdirSync(hostsFolder, { recursive: true });
		const server = https.createServer(
			issueCertificate(authorityFolder, `stand-in-${process.pid}`, hosts),
		);
		const sorted = [...new Set(hosts)].sort();
		const standIn = new ServiceStandIn(
			server,
			sorted.map((host) => path.join(hostsFolder, host)),
		);
		server.on('request', (request, response) => {
			void (async () => {
				const { method = '', url = '', headers } = request;
				const arrived = {
					method,
					host: String(headers.host),
					path: url,
					headers,
					body: await bodyOf(request),
				};
				standIn.requests.push(arrived);
				const { status, body } = answer(arrived);
				response.writeHead(status, { 'content-type': 'application/json' });
				response.end(JSON.stringify(body));
			})();
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as { port: number };
		// In one order everywhere, so that no two wait for each other.
		for (const file of standIn.files) await claim(file, port);
		return standIn;
	}

	async stop(): Promise<void> {
		for (const file of this.files) rmSync(file, { force: true });
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
