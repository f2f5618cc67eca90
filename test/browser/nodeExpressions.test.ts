import { generateKeyPairSync, verify } from 'node:crypto';
import { outputItems, type CredentialRef } from '../../playground/client';
import { jwtHttpRequest, jwtSign, workflow } from '../e2e/support/workflows';
import { startServer, type TestServer } from '../e2e/support/tokenServer';
import { describeInBrowser } from './support/chrome';
import { Editor } from './support/editor';
import { keepImage } from './support/images';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const USERS = ['alice', 'x","admin":"true'];
const ITEMS = USERS.map((user) => ({ user }));
const TYPED = '{ "sub": "={{ $json.user }}" }';

/** Header and claims of an ES256 token, after its signature was verified. */
function verified(token: string) {
	const [header = '', payload = '', signature = ''] = token.split('.');
	const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
	const bytes = Buffer.from(`${header}.${payload}`);
	expect(verify('sha256', bytes, key, Buffer.from(signature, 'base64url'))).toBe(true);
	const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as object;
	return { header: read(header), payload: read(payload) };
}

describeInBrowser('an expression in a JSON field of a node', () => {
	let editor: Editor;
	let api: TestServer;
	let credential: CredentialRef;

	beforeAll(async () => {
		api = await startServer(() => ({ body: { ok: true } }));
		editor = await Editor.open();
		const name = 'Key of the nodes';
		const data = {
			algorithm: 'ES256',
			privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
			payload: '{ "iss": "n8n" }',
		};
		credential = (await editor.client.rest('POST', '/credentials', {
			name,
			type: 'jwtSignApi',
			data,
		})) as CredentialRef;
	});

	afterAll(async () => {
		await editor.close();
		await api.stop();
	});

	/** Opens a node of a saved workflow. */
	async function open(saved: { id: string }, name: string): Promise<void> {
		await editor.goto(`/workflow/${saved.id}`);
		await editor.page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`).dblclick();
		await editor.page.getByTestId('ndv').first().waitFor();
	}

	/** Closes the node, saves, and runs the workflow from its start. */
	async function saveAndRun(saved: { id: string }) {
		const { page } = editor;
		await editor.click(page.getByTestId('ndv-close-button'));
		const stored = page.waitForResponse(
			(response) =>
				response.url().includes(`/rest/workflows/${saved.id}`) &&
				response.request().method() === 'PATCH',
		);
		await page.keyboard.press('ControlOrMeta+S');
		await stored;
		return await editor.client.runSavedWorkflow(saved.id);
	}

	it('stays what was typed in JWT Sign, and is computed for each item', async () => {
		const { page } = editor;
		const saved = (await editor.client.createWorkflow(
			workflow(
				ITEMS,
				jwtSign(credential, {
					specifyClaims: 'json',
					options: { headerParameters: '{}', includeDecoded: false },
				}),
			),
		)) as { id: string };
		await open(saved, 'JWT Sign');
		const notice = page.getByText('Claims (JSON) is an expression as a whole');
		await editor.typeOverAll(editor.field('claimsJson'), TYPED);
		expect(await notice.isVisible()).toBe(false);
		await keepImage(page, 'claims-json-fixed');
		await editor.switchTo('claimsJson', 'expression');
		await notice.waitFor();
		await keepImage(page, 'claims-json-notice');
		await editor.switchTo('claimsJson', 'fixed');
		await notice.waitFor({ state: 'hidden' });
		await editor.pasteOver(editor.field('headerParameters'), TYPED);

		const { runData, error } = await saveAndRun(saved);
		expect(error?.message).toBeUndefined();
		const tokens = outputItems(runData, 'JWT Sign').map(({ json }) => verified(String(json.token)));
		expect(tokens).toEqual(
			USERS.map((sub) => ({
				header: { alg: 'ES256', typ: 'JWT', sub },
				payload: { iss: 'n8n', sub, iat: expect.any(Number), exp: expect.any(Number) },
			})),
		);
	});

	it('stays what was typed in JWT HTTP Request, and is computed for each item', async () => {
		const json = { specifyQuery: 'json', specifyHeaders: 'json', specifyBody: 'json' };
		const send = { sendQuery: true, sendHeaders: true, sendBody: true };
		const saved = (await editor.client.createWorkflow(
			workflow(
				ITEMS,
				jwtHttpRequest(credential, api.url, {
					method: 'POST',
					specifyClaims: 'json',
					...json,
					...send,
				}),
			),
		)) as { id: string };
		await open(saved, 'JWT HTTP Request');
		for (const field of ['jsonQuery', 'jsonHeaders', 'jsonBody', 'claimsJson']) {
			await editor.pasteOver(editor.field(field), TYPED);
		}
		expect(await editor.page.getByText('is an expression as a whole').isVisible()).toBe(false);

		const { error } = await saveAndRun(saved);
		expect(error?.message).toBeUndefined();
		for (const user of USERS) {
			const request = api.requests.find(({ headers }) => headers.sub === user);
			expect(JSON.parse(request?.body ?? '')).toEqual({ sub: user });
			expect([...new URL(request?.path ?? '', api.url).searchParams]).toEqual([['sub', user]]);
			const token = String(request?.headers.authorization).replace('Bearer ', '');
			expect(verified(token).payload).toMatchObject({ iss: 'n8n', sub: user });
			expect(verified(token).payload).not.toHaveProperty('admin');
		}
	});
});
