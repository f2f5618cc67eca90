import { randomUUID } from 'node:crypto';
import { outputItems } from '../../playground/client';
import { SENDERS } from './support/exchangeFixtures';
import { n8nSession } from './support/n8nSession';
import { startServer } from './support/tokenServer';
import { workflow } from './support/workflows';

const { client } = n8nSession();
it('try', async () => {
	const credential = await client.createCredential({ name: `Gen ${randomUUID()}`, type: 'jwtSignApi', data: { algorithm: 'ES256', keySource: 'generate', payload: '{"iss":"x"}' } });
	const api = await startServer(() => ({ body: {} }));
	const first = await client.runWorkflow(workflow([{}], SENDERS['HTTP Request'](credential, api.url, {})));
	console.log('stock first', first.status, JSON.stringify(first.error)?.slice(0, 600), api.requests.length);
	console.log(JSON.stringify(await client.getCredential(credential.id)));
	const step = { name: 'JWT Sign', type: 'n8n-nodes-jwt-auth.jwtSign', typeVersion: 1, parameters: { operation: 'getPublicKey' }, credentials: { jwtSignApi: { id: credential.id, name: credential.name } } };
	const run = await client.runWorkflow(workflow([{}], step as never));
	console.log(run.status, JSON.stringify(run.error)?.slice(0, 400), JSON.stringify(outputItems(run.runData, 'JWT Sign')));
	const second = await client.runWorkflow(workflow([{}], SENDERS['HTTP Request'](credential, api.url, {})));
	console.log('stock second', second.status, JSON.stringify(second.error)?.slice(0, 600), api.requests.length);
	const fresh = await client.createCredential({ name: `Gen ${randomUUID()}`, type: 'jwtSignApi', data: { keySource: 'generate', payload: '{"iss":"x"}' } });
	const sign = { ...step, parameters: { operation: 'getPublicKey' }, credentials: { jwtSignApi: { id: fresh.id, name: fresh.name } } };
	const both = await Promise.all([1, 2, 3, 4].map(async () => await client.runWorkflow(workflow([{}], sign as never))));
	console.log(both.map((one) => [one.status, JSON.stringify(one.error)?.slice(0, 300), outputItems(one.runData, 'JWT Sign')[0]?.json.thumbprint]));
	console.log(await client.testCredential(fresh, {}));
	await api.stop();
});
