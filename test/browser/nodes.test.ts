import { generateKeyPairSync, sign } from 'node:crypto';
import type { CredentialRef } from '../../playground/client';
import { startDemoApi, type DemoApi } from '../../playground/demo-api/server';
import { jwtHttpRequest, jwtSign, workflow } from '../e2e/support/workflows';
import { describeInBrowser } from './support/chrome';
import { Editor } from './support/editor';
import { keepImage } from './support/images';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const audience = 'demo-api';

describeInBrowser('the nodes in the editor', () => {
	let editor: Editor;
	let api: DemoApi;
	let credential: CredentialRef;

	beforeAll(async () => {
		api = await startDemoApi({ audience, keys: [{ publicKey }] });
		editor = await Editor.open();
		credential = (await editor.client.rest('POST', '/credentials', {
			name: 'My Signing Key',
			type: 'jwtSignApi',
			data: {
				algorithm: 'RS256',
				privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
				payload: `{ "sub": "alice", "aud": "${audience}" }`,
			},
		})) as CredentialRef;
	});

	afterAll(async () => {
		await editor.close();
		await api.stop();
	});

	beforeEach(() => {
		api.clear();
	});

	it('are found in the node panel by the words people search for', async () => {
		await editor.newWorkflow();
		const sign = ['JWT Sign'];
		const http = ['JWT HTTP Request'];
		const verify = ['JWT Verify'];
		for (const [words, nodes] of Object.entries({
			bearer: [...sign, ...http],
			assertion: [...sign, ...http],
			'service account': [...sign, ...http],
			'github app': [...sign, ...http],
			'private key': [...sign, ...http],
			token: [...sign, ...http],
			JWS: sign,
			signature: sign,
			authorization: http,
			JWKS: [...sign, ...verify],
			validate: verify,
			keycloak: verify,
		})) {
			await editor.searchNodes(words, nodes);
		}
		await editor.searchNodes('JWT', [...sign, ...http, ...verify]);
		await keepImage(editor.page, 'node-panel');
	});

	it('JWT Sign: added by hand, run, its token read in the output panel', async () => {
		await editor.newWorkflow();
		const node = await editor.addNode('JWT Sign', 'JWT Sign', 'Sign a token');
		await node.chooseCredential(credential.name);
		const output = await node.execute();
		expect(output).toMatch(/token\s+eyJ/);
		await keepImage(editor.page, 'jwt-sign');
	});

	it('JWT HTTP Request: filled in from a cURL command, and sent with a token', async () => {
		const { page } = editor;
		await editor.newWorkflow();
		const node = await editor.addNode('JWT HTTP Request', 'JWT HTTP Request');
		await node.chooseCredential(credential.name);
		await node.importCurl(
			`curl -X POST '${api.url}/orders?page=2' -H 'Authorization: Bearer old' -H 'X-Team: blue' -H 'Content-Type: application/json' -d '{"quantity": 3}' --connect-timeout 7`,
		);
		await keepImage(page, 'jwt-http-request-curl');
		const output = await node.execute();
		expect(output).toContain('alice');
		expect(api.requests).toEqual([
			expect.objectContaining({
				authenticated: true,
				method: 'POST',
				url: '/orders?page=2',
				headers: expect.objectContaining({
					'x-team': 'blue',
					'content-type': 'application/json',
				}),
				body: Buffer.from('{"quantity":3}'),
			}),
		]);
	});

	it('JWT Verify: a token that may be trusted, and what it says', async () => {
		const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
		const signed = `${part({ alg: 'RS256' })}.${part({ sub: 'alice', exp: 4102444800 })}`;
		const token = `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
		await editor.newWorkflow();
		const node = await editor.addNode('JWT Verify', 'JWT Verify', 'Verify a token');
		await editor.choose('keySource', 'Public Key or Certificate');
		await editor.paste(
			editor.field('publicKey'),
			String(publicKey.export({ type: 'spki', format: 'pem' })),
		);
		// Last, since n8n's expression editor lies over the field below.
		await editor.pasteOver(editor.field('jwt'), token);
		const output = await node.execute();
		expect(output).toContain('Valid');
		expect(output).toContain('alice');
		await keepImage(editor.page, 'jwt-verify');
	});

	it("n8n's own HTTP Request: Predefined Credential Type, JWT Sign API, a 200", async () => {
		const { page } = editor;
		await editor.newWorkflow();
		const node = await editor.addNode('HTTP Request', 'HTTP Request');
		await editor.paste(editor.field('url'), `${api.url}/orders`);
		await editor.choose('authentication', 'Predefined Credential Type');
		await editor.typeInto(page.getByTestId('credential-select'), 'JWT');
		await editor.click(page.getByRole('option', { name: 'JWT Sign API', exact: true }));
		await node.chooseCredential(credential.name);
		const output = await node.execute();
		expect(output).toContain('alice');
		expect(api.requests.map(({ authenticated }) => authenticated)).toEqual([true]);
		await keepImage(page, 'http-request-predefined-credential');
	});

	it('show on the canvas what they do, and a red error with the reason', async () => {
		const { page } = editor;
		const saved = (await editor.client.createWorkflow(
			workflow(
				[{}],
				jwtSign(credential),
				jwtHttpRequest(credential, `${api.url}/orders`, {
					method: 'POST',
					claims: { audience: ['somebody-else'] },
				}),
			),
		)) as { id: string };
		await editor.goto(`/workflow/${saved.id}`);
		const canvas = page.getByTestId('canvas');
		await canvas.getByText(`POST: ${api.url}/orders`).waitFor();
		expect(await canvas.getByText('Sign', { exact: true }).count()).toBe(1);
		await page.getByTestId('execute-workflow-button').first().click();
		await page.locator('.el-notification').getByText('The API answered 401 Unauthorized').waitFor();
		await page.locator('[data-test-id=canvas-node][data-node-name="JWT HTTP Request"]').dblclick();
		const error = page.getByTestId('output-panel');
		await error.getByTestId('node-error-message').waitFor();
		expect(await error.innerText()).toMatch(/401 Unauthorized[^]*aud/);
		await keepImage(page, 'jwt-http-request-error');
	});
});
