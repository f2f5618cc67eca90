import { n8nSession } from './support/n8nSession';

const { client } = n8nSession();

interface Field {
	name: string;
	displayOptions?: unknown;
	typeOptions?: { password?: boolean };
}

interface Type {
	name: string;
	authenticate?: unknown;
	documentationUrl?: string;
	supportedNodes?: string[];
	httpRequestNode?: { hidden?: boolean };
	properties: Field[];
}

describe('the types as the editor gets them', () => {
	it.each(['jwtExchangeApi', 'jwtSignApi', 'jwtTokenApi'])(
		'%s is offered under Predefined Credential Type of the stock HTTP Request node',
		async (name) => {
			const types = (await client.credentialTypes()) as unknown as Type[];
			const type = types.find((candidate) => candidate.name === name);
			expect(type?.authenticate).toEqual({});
			expect(type?.supportedNodes).toContain('n8n-nodes-jwt-auth.jwtHttpRequest');
			const restriction = type?.properties.filter(
				(field) => field.name === 'allowedHttpRequestDomains',
			);
			expect(restriction).toHaveLength(1);
		},
	);

	it('services stay in the node panel, also those whose key JWT Sign hands out', async () => {
		const types = (await client.credentialTypes()) as unknown as Type[];
		const services = types.filter(({ documentationUrl }) =>
			documentationUrl?.includes('/docs/recipes/'),
		);
		const named = services.filter(({ supportedNodes = [] }) => supportedNodes.length > 0);
		expect(named.length).toBeGreaterThan(10);
		expect(services.length).toBeGreaterThan(named.length);
		expect(services.filter(({ httpRequestNode }) => httpRequestNode?.hidden)).toEqual([]);
		for (const { httpRequestNode } of services) expect(httpRequestNode).toBeDefined();
		for (const { supportedNodes } of named) {
			expect(supportedNodes).toEqual(['n8n-nodes-jwt-auth.jwtSign']);
		}
	});

	it('the nodes are loaded, with their tool variants', async () => {
		const names = (await client.nodeTypes()).map((type) => String(type.name));
		for (const node of ['jwtSign', 'jwtHttpRequest', 'jwtVerify']) {
			expect(names).toContain(`n8n-nodes-jwt-auth.${node}`);
			expect(names).toContain(`n8n-nodes-jwt-auth.${node}Tool`);
		}
		expect(names).toContain('n8n-nodes-jwt-auth.jwtWebhook');
	});
});
