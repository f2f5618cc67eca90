import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { outputItems, type CredentialRef, type Json } from '../../playground/client';
import { decodeToken } from '../../core/jws/decode';
import { Canaries } from '../e2e/support/canaries';
import { n8nSession, testingAlone } from '../e2e/support/n8nSession';
import { jwtSign, workflow, type Step } from '../e2e/support/workflows';
import { describeInBrowser } from './support/chrome';
import { Editor } from './support/editor';
import { storedCredentials } from './support/storedCredentials';

const CLIENT = 'n8n-service-app';

/** A service app whose keys the authorization server reads from an address. */
async function startProvider(jwksUrl: string): Promise<{ url: string; child: ChildProcess }> {
	const client = {
		client_id: CLIENT,
		grant_types: ['client_credentials'],
		response_types: [],
		redirect_uris: [],
		token_endpoint_auth_method: 'private_key_jwt',
		token_endpoint_auth_signing_alg: 'ES256',
		jwks_uri: jwksUrl,
	};
	const script = path.join(__dirname, '../e2e/support/oidcProvider.js');
	const argument = JSON.stringify({ clients: [client], scopes: ['orders:read', 'orders:write'] });
	const child = spawn(process.execPath, [script, argument], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const line = await new Promise<string>((resolve) => {
		createInterface({ input: child.stdout }).once('line', resolve);
	});
	return { url: (JSON.parse(line) as { url: string }).url, child };
}

/** What a date field shows for this moment, in the zone that n8n takes unless it is told another one. */
function nowInN8n(): string {
	return new Date().toLocaleString('sv-SE', { timeZone: 'America/New_York' });
}

describeInBrowser('a key pair that n8n makes', () => {
	let editor: Editor;
	let keys: Server;
	let provider: { url: string; child: ChildProcess };
	let published: Json = { keys: [] };
	let credential: CredentialRef;
	const seen: string[] = [];

	beforeAll(async () => {
		keys = createServer((_request, response) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(JSON.stringify(published));
		}).listen(0, '127.0.0.1');
		await new Promise((resolve) => keys.once('listening', resolve));
		provider = await startProvider(
			`http://127.0.0.1:${(keys.address() as { port: number }).port}/jwks`,
		);
		editor = await Editor.open();
		editor.page.on('response', (response) => {
			void response.text().then(
				(body) => seen.push(body),
				() => undefined,
			);
		});
	});

	afterAll(async () => {
		await editor.close();
		provider.child.kill();
		keys.closeAllConnections();
		keys.close();
	});

	async function outputOf(step: Step): Promise<Json> {
		const run = await editor.client.runWorkflow(workflow([{}], step));
		expect(run.error?.message).toBeUndefined();
		return outputItems(run.runData, 'JWT Sign')[0]?.json ?? {};
	}

	const publicJwks = async (of = credential) =>
		await outputOf(jwtSign(of, { operation: 'getPublicJwks', keyOf: of.type }));

	async function findCredential(name: string, type: string): Promise<CredentialRef> {
		const credentials = await editor.client.listCredentials();
		const found = credentials.find((one: Json) => one.name === name);
		return { id: String(found?.id), name, type };
	}

	const save = async (form: { save(): Promise<void> }) =>
		await testingAlone(async () => await form.save());

	it('is made by the first test, is taken by the service once it is known there, and outlives every Save', async () => {
		const form = await editor.newCredential('JWT Token Exchange API');
		await form.fill('How the Service Takes the JWT', 'Client Credentials with JWT');
		await form.fill('Token URL', `${provider.url}/token`);
		await form.fill('Client ID', CLIENT);
		await form.fill('Algorithm', 'ES256');
		await form.fill('Key Source', 'Generate');
		expect(await form.fields()).not.toContain('privateKey');
		await form.fill('Allowed HTTP Request Domains', 'Specific Domains');
		await form.fill('Allowed Domains', '127.0.0.1');
		await editor.settle();
		const name = await form.name();
		await save(form);
		expect(await form.waitForRed()).toContain('KEY_JUST_MADE');
		credential = await findCredential(name, 'jwtExchangeApi');
		published = await publicJwks();
		expect(published.keys).toMatchObject([{ kty: 'EC', alg: 'ES256', use: 'sig' }]);

		// The form is still the one that was open when there was no key.
		await form.fill('Scope', 'orders:read');
		await editor.settle();
		await save(form);
		await form.waitForGreen();
		expect(await publicJwks()).toEqual(published);
		await form.close();

		const reading = editor.page.waitForResponse(
			(response) =>
				response.request().method() === 'GET' &&
				new URL(response.url()).pathname === `/rest/credentials/${credential.id}`,
		);
		const again = await editor.openCredential(name);
		const { data: opened } = (await (await reading).json()) as { data: { data: Json } };
		expect(opened.data).toMatchObject({
			keyMade: 'made',
			generatedPrivateKey: expect.stringMatching(/^__n8n_[\w-]+$/) as string,
		});
		await again.dialog.getByText('The key pair has been made').waitFor();
		await again.fill('Scope', 'orders:write');
		await editor.settle();
		await save(again);
		await again.waitForGreen();
		expect(await publicJwks()).toEqual(published);

		await again.fill('Algorithm', 'RS256');
		await editor.settle();
		await save(again);
		expect(await again.waitForRed()).toContain('KEY_ALGORITHM_MISMATCH');
		await again.fill('Algorithm', 'ES256');
		await editor.settle();
		await save(again);
		await again.waitForGreen();
		expect(await publicJwks()).toEqual(published);
		seen.push(await editor.page.content());
		await again.close();
	});

	it('gives way to the next one, which is published before it signs', async () => {
		const first = await editor.newCredential('JWT Sign API');
		await first.fill('Algorithm', 'ES256');
		await first.fill('Key Source', 'Generate');
		await first.fill('Payload', '{ "iss": "n8n" }');
		await editor.settle();
		const name = await first.name();
		await save(first);
		await first.waitForGreen();
		await first.close();
		const signing = await findCredential(name, 'jwtSignApi');
		const keyIds = async () => {
			const { keys: all } = await publicJwks(signing);
			return (all as Array<{ kid: string }>).map(({ kid }) => kid);
		};
		const [old] = await keyIds();

		const form = await editor.openCredential(name);
		await form.fill('Newest Key', 'Key 2');
		await editor.settle();
		await save(form);
		await form.waitForGreen();
		const [still, next, ...others] = await keyIds();
		expect([still, others]).toEqual([old, []]);

		// The form is still the one that was open when there was one key.
		await form.fill('Sign With the Newest Key From', nowInN8n());
		await editor.page.keyboard.press('Enter');
		await editor.settle();
		await save(form);
		await form.waitForGreen();
		expect(await keyIds()).toEqual([next, old]);
		const { token } = await outputOf(jwtSign(signing));
		expect(decodeToken(String(token)).header.kid).toBe(next);
		await form.close();
	});

	it('goes along neither with a copied node nor with a downloaded workflow', async () => {
		const { page, client } = editor;
		const step = jwtSign(credential, { operation: 'getPublicKey', keyOf: 'jwtExchangeApi' });
		const { id } = await client.createWorkflow(workflow([{}], step));
		await editor.goto(`/workflow/${id}`);
		await page.evaluate('navigator.clipboard.writeText("")');
		const node = page.locator('[data-test-id=canvas-node][data-node-name="JWT Sign"]');
		await editor.click(node);
		await page.locator('.vue-flow__node.selected').filter({ has: node }).waitFor();
		await page.keyboard.press('ControlOrMeta+C');
		await page.waitForFunction('navigator.clipboard.readText().then((text) => text !== "")');
		const copied = await page.evaluate<string>('navigator.clipboard.readText()');

		const downloading = page.waitForEvent('download');
		await editor.click(page.getByTestId('workflow-menu'));
		await editor.click(page.getByTestId('workflow-menu-item-download'));
		const downloaded = readFileSync(await (await downloading).path(), 'utf8');

		for (const text of [copied, downloaded]) {
			const { nodes } = JSON.parse(text) as { nodes: Array<{ name: string; credentials?: Json }> };
			expect(nodes.find(({ name }) => name === 'JWT Sign')?.credentials).toEqual({
				jwtExchangeApi: { id: credential.id, name: credential.name },
			});
		}
		seen.push(copied, downloaded);
	});

	it('shows its private half to nobody', async () => {
		const stored = (await storedCredentials()).get(credential.id ?? '') ?? {};
		const [, , encoded = ''] = String(stored.generatedPrivateKey).split('.');
		const der = Buffer.from(encoded, 'base64url');
		expect(der.length).toBeGreaterThan(100);
		const canaries = new Canaries();
		canaries.plant('base64url', encoded);
		canaries.plant('base64', der.toString('base64'));
		canaries.plant('hex', der.toString('hex'));
		const { readLog, readDatabase } = n8nSession();
		expect(seen.length).toBeGreaterThan(10);
		expect([
			...seen.flatMap((body) => canaries.find('what the editor got', body)),
			...canaries.find('log', readLog()),
			...canaries.find('database', readDatabase()),
		]).toEqual([]);
	});
});
