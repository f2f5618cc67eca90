import { createHmac, randomBytes } from 'node:crypto';
import { startDemoApi, type DemoApi } from '../../playground/demo-api/server';
import { describeInBrowser } from './support/chrome';
import { Editor } from './support/editor';
import { keepImage } from './support/images';

const secret = randomBytes(32).toString('hex');
const AUDIENCE = 'demo-api';

/** Claims of an HS256 token, after its signature was computed anew. */
function verified(token = ''): Record<string, unknown> {
	const [header = '', payload = '', signature] = token.split('.');
	const computed = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url');
	expect(signature).toBe(computed);
	return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
}

describeInBrowser('a person with a shared secret and two users', () => {
	let editor: Editor;
	let api: DemoApi;

	beforeAll(async () => {
		api = await startDemoApi({ audience: AUDIENCE, keys: [{ secret: Buffer.from(secret) }] });
		editor = await Editor.open();
	});

	afterAll(async () => {
		await editor.close();
		await api.stop();
	});

	it("gets from an empty editor to two right tokens in n8n's own HTTP Request, typed by hand", async () => {
		const { page } = editor;
		await editor.newWorkflow();
		await editor.addNode('code', 'Code', 'Code in JavaScript');
		await editor.pasteOver(
			editor.field('jsCode'),
			`return [{ user: 'alice' }, { user: 'x","admin":"true' }];`,
		);
		await editor.click(page.getByTestId('ndv-close-button'));
		await editor.click(page.getByTestId('canvas-handle-plus').last());
		const node = await editor.addNode('http request', 'HTTP Request');
		await editor.typeOverAll(editor.field('url'), `${api.url}/orders`);
		await editor.choose('authentication', 'Predefined Credential Type');
		await editor.typeInto(page.getByTestId('credential-select'), 'JWT Sign');
		await editor.click(page.getByRole('option', { name: 'JWT Sign API', exact: true }));
		const form = await node.connect();
		await editor.choose('algorithm', 'HS256');
		await editor.typeOverAll(editor.field('secret'), secret);
		const between = (claim: string) =>
			editor
				.field('payload')
				.locator('.cm-line', { hasText: `"${claim}"` })
				.getByText('""', { exact: true });
		await editor.typeInto(between('sub'), '={{ $json.user }}');
		await editor.typeInto(between('aud'), AUDIENCE);
		await keepImage(page, 'claims-by-hand');
		await form.saveAndClose();
		const output = await node.execute();

		console.log(
			`From an empty editor to two right tokens: ${editor.interactions} interactions ` +
				`(${editor.strokes} with every click into a field counted).`,
		);
		expect(output).toContain('alice');
		expect(api.requests.map(({ authenticated }) => authenticated)).toEqual([true, true]);
		const claims = api.requests.map(({ token }) => verified(token));
		const users = ['alice', 'x","admin":"true'];
		const bySubject = users.map((user) => claims.find(({ sub }) => sub === user));
		expect(bySubject).toEqual(
			users.map((sub) => ({
				sub,
				aud: AUDIENCE,
				iat: expect.any(Number),
				exp: expect.any(Number),
			})),
		);
		expect(editor.interactions).toBeLessThanOrEqual(20);
		expect(editor.strokes).toBeLessThanOrEqual(31);
	});
});
