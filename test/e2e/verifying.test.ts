import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { outputItems } from '../../playground/client';
import { fillIn } from '../support/recipes';
import { tokenIssuers } from '../support/tokenIssuers';
import { readVerifyingRecipe } from '../support/verifyingRecipes';
import { n8nSession } from './support/n8nSession';
import { sideBySide, type Step } from './support/workflows';

const { client } = n8nSession();

let server: Server;
const documents: Record<string, unknown> = {};
const asked: string[] = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		const path = request.url ?? '';
		asked.push(path);
		const document = documents[path];
		if (document === undefined) response.writeHead(404);
		response.end(typeof document === 'string' ? document : JSON.stringify(document));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

/** Recipes of each kind of key source, whose services can stand on this machine. */
const RECIPES = [
	'aws-alb',
	'entra-id-multi-tenant',
	'firebase',
	'google-iap',
	'cloudflare-access',
	'app-store-notifications',
] as const;

it('recipes for verifying do in n8n what they say, with the node as it is to be pasted', async () => {
	const { port } = server.address() as AddressInfo;
	const origin = `http://127.0.0.1:${port}`;
	const issuers = tokenIssuers(origin);
	const items: Array<{ json: Record<string, unknown> }> = [];
	const steps: Step[] = RECIPES.map((name) => {
		const issuer = issuers[name];
		if (!issuer) throw new Error(`${name} has no issuer.`);
		for (const [address, document] of Object.entries(issuer.documents)) {
			documents[address.replace(origin, '')] = document;
		}
		const forged = issuer.forged.map(({ token, reason }) => ({ token, outcome: reason }));
		const good = issuer.good.map((token) => ({ token, outcome: 'VALID' }));
		items.push(
			...[...good, ...forged].map(({ token, outcome }) => ({
				json: { recipe: name, outcome, ...issuer.item(token) },
			})),
		);
		const { parameters } = readVerifyingRecipe(name).node;
		const local = JSON.parse(
			JSON.stringify(fillIn(parameters, issuer.words)).replaceAll('https:/', origin),
		) as Record<string, unknown>;
		const address = `${origin}/public-keys.auth.elb.eu-central-1.amazonaws.com/`;
		const options = name === 'aws-alb' ? { options: { keyAddress: address } } : {};
		return {
			name,
			type: 'n8n-nodes-jwt-auth.jwtVerify',
			parameters: { ...local, ...issuer.parameters, ...options },
		};
	});

	const run = await client.runWorkflow(sideBySide(items, ...steps));
	expect(run.status).toBe('success');
	for (const name of RECIPES) {
		const [valid = [], invalid = []] = [0, 1].map((output) =>
			outputItems(run.runData, name, output).map(({ json }) => json),
		);
		// No other token of all these services does, however well it is signed.
		expect({ name, valid: valid.map(({ recipe, outcome }) => [recipe, outcome]) }).toEqual({
			name,
			valid: (issuers[name]?.good ?? []).map(() => [name, 'VALID']),
		});
		const own = invalid.filter(({ recipe }) => recipe === name);
		expect({ name, reasons: own.map(({ reason }) => reason) }).toEqual({
			name,
			reasons: issuers[name]?.forged.map(({ reason }) => reason),
		});
	}
	// Nothing was fetched that a token named.
	expect(asked.filter((path) => path.includes('evil') || path.includes('..'))).toEqual([]);
});
