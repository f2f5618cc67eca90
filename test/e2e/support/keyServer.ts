import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that publishes a JWK Set. */
export interface KeyServer {
	url: string;
	/** What it publishes; a number is answered as a status, a text as the body. */
	keys: unknown[] | number | string;
	/** How often it was asked. */
	asked: number;
	stop(): Promise<void>;
}

/** Starts a {@link KeyServer} on a free port of this machine. */
export async function startKeyServer(keys: unknown[]): Promise<KeyServer> {
	const http = createServer((_request, response) => {
		server.asked += 1;
		const { keys: published } = server;
		if (typeof published === 'number') response.writeHead(published).end();
		else if (typeof published === 'string') response.end(published);
		else response.end(JSON.stringify({ keys: published }));
	});
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	const server: KeyServer = {
		url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/jwks.json`,
		keys,
		asked: 0,
		stop: async () => {
			http.closeAllConnections();
			await new Promise((resolve) => http.close(resolve));
		},
	};
	return server;
}
