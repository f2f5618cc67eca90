import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { outputItems, type CredentialRef, type WorkflowRun } from '../../playground/client';
import { n8nSession } from './support/n8nSession';
import { startTokenService, type TokenService } from './support/tokenServer';
import { jwtHttpRequest, stockHttpRequest, workflow, type Step } from './support/workflows';

const { client } = n8nSession();
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const privatePem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));

let service: TokenService;

beforeAll(async () => {
	service = await startTokenService();
});

afterAll(async () => {
	await service.stop();
});

beforeEach(() => {
	service.reset();
});

async function exchanging(data: Record<string, unknown> = {}): Promise<CredentialRef> {
	return await client.createCredential({
		name: `Exchange ${randomUUID()}`,
		type: 'jwtExchangeApi',
		data: {
			grant: 'jwtBearer',
			tokenUrl: `${service.endpoint.url}/token`,
			algorithm: 'ES256',
			privateKey: privatePem,
			// A subject of its own keeps each test's token apart from the others'.
			payload: JSON.stringify({ iss: 'n8n', sub: randomUUID() }),
			...data,
		},
	});
}

const NODES = {
	'JWT HTTP Request': jwtHttpRequest,
	'HTTP Request': stockHttpRequest,
};

type NodeName = keyof typeof NODES;

const BOTH: NodeName[] = ['JWT HTTP Request', 'HTTP Request'];

function step(node: NodeName, credential: CredentialRef, parameters = {}): Step {
	return NODES[node](credential, `${service.api.url}/orders`, parameters);
}

async function run(items: Array<Record<string, unknown>>, ...steps: Step[]): Promise<WorkflowRun> {
	return await client.runWorkflow(workflow(items, ...steps));
}

describe('one exchange for many items', () => {
	it.each(BOTH)('%s sends 1,000 items with a single exchange', async (node) => {
		const credential = await exchanging();
		const items = Array.from({ length: 1000 }, (_, index) => ({ index }));
		const { status, runData } = await run(
			items,
			step(node, credential, node === 'HTTP Request' ? {} : { options: { concurrency: 20 } }),
		);
		expect(status).toBe('success');
		expect(outputItems(runData, node)).toHaveLength(1000);
		expect(service.api.requests).toHaveLength(1000);
		expect(service.exchanges()).toHaveLength(1);
	});

	it.each(BOTH)('%s keeps 5 subjects of 200 items apart with 5 exchanges', async (node) => {
		const credential = await exchanging({
			payload: '{ "iss": "n8n", "sub": "={{ $json.user }}" }',
		});
		const prefix = randomUUID();
		const items = Array.from({ length: 200 }, (_, index) => ({ user: `${prefix}-${index % 5}` }));
		const url = `=${service.api.url}/of/{{ $json.user }}`;
		const { status, runData } = await run(items, NODES[node](credential, url));
		expect(status).toBe('success');
		expect(outputItems(runData, node).map(({ json }) => json.subject)).toEqual(
			items.map(({ user }) => user),
		);
		const sentTo = service.api.requests.map(({ path, headers }) => {
			const token = String(headers.authorization).replace('Bearer ', '');
			return path === `/of/${String(service.issued.get(token)?.subject)}`;
		});
		expect(sentTo).toEqual(items.map(() => true));
		expect(service.exchanges()).toHaveLength(5);
	});

	it('uses what is stored in later runs and in both nodes', async () => {
		const credential = await exchanging();
		for (const node of [...BOTH, ...BOTH]) await run([{}], step(node, credential));
		expect(service.api.requests).toHaveLength(4);
		expect(service.exchanges()).toHaveLength(1);
	});
});

describe('Test Connection', () => {
	it('exchanges, and is green', async () => {
		const credential = await exchanging();
		expect(await client.testCredential(credential)).toMatchObject({ status: 'OK' });
		expect(service.exchanges()).toHaveLength(1);
		expect(await client.testCredential(credential)).toMatchObject({ status: 'OK' });
		expect(service.exchanges()).toHaveLength(2);
	});
});
