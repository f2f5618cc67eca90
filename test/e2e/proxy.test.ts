import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { outputItems } from '../../playground/client';
import { startDemoApi } from '../../playground/demo-api/server';
import { n8nSession } from './support/n8nSession';
import { jwtHttpRequest, workflow } from './support/workflows';

const { client } = n8nSession();

it('JWT HTTP Request goes through the proxy it is given, token and all', async () => {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const api = await startDemoApi({ audience: 'demo-api', keys: [{ publicKey }] });
	const passed: string[] = [];
	const proxy = createServer((incoming, outgoing) => {
		passed.push(String(incoming.url));
		const { method, headers } = incoming;
		const onward = send(String(incoming.url), { method, headers }, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(outgoing);
		});
		incoming.pipe(onward);
	});
	await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
	try {
		const credential = await client.createCredential({
			name: `Proxy ${randomUUID()}`,
			type: 'jwtSignApi',
			data: {
				algorithm: 'ES256',
				privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
				payload: '{ "sub": "alice", "aud": "demo-api" }',
			},
		});
		const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
		const run = await client.runWorkflow(
			workflow([{}], jwtHttpRequest(credential, `${api.url}/x`, { options: { proxy: address } })),
		);
		expect(run.error?.message).toBeUndefined();
		expect(outputItems(run.runData, 'JWT HTTP Request')[0]?.json.authenticated).toBe(true);
		expect(passed).toEqual([`${api.url}/x`]);
	} finally {
		proxy.closeAllConnections();
		proxy.close();
		await api.stop();
	}
});
