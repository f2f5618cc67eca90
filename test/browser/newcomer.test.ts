import { generateKeyPairSync } from 'node:crypto';
import { startDemoApi, type DemoApi } from '../../playground/demo-api/server';
import { describeInBrowser } from './support/chrome';
import { Editor } from './support/editor';
import { keepImage } from './support/images';

/** GitHub hands out PKCS#1 and takes no token that lives longer than ten minutes. */
const APP_ID = '123456';
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const downloadedKey = String(privateKey.export({ type: 'pkcs1', format: 'pem' }));

describeInBrowser('a newcomer with the key of a GitHub App', () => {
	let editor: Editor;
	let api: DemoApi;

	beforeAll(async () => {
		api = await startDemoApi({ keys: [{ publicKey }] });
		editor = await Editor.open();
	});

	afterAll(async () => {
		await editor.close();
		await api.stop();
	});

	it('gets from an empty editor to an authenticated 200 in at most 15 interactions', async () => {
		const { page } = editor;
		await editor.goto('/workflow/new');
		await page.getByTestId('canvas-plus-button').waitFor();
		expect([editor.interactions, editor.strokes]).toEqual([0, 0]);

		await editor.click(page.getByTestId('canvas-plus-button'));
		const node = await editor.addNode('github app', 'JWT HTTP Request');
		const form = await node.connect();
		await editor.paste(editor.field('privateKey'), downloadedKey);
		const issuer = editor.field('payload').locator('.cm-line', { hasText: '"iss"' });
		await editor.typeInto(issuer.getByText('""', { exact: true }), APP_ID);
		await editor.typeOver(editor.field('expiresIn'), '10m');
		await form.saveAndClose();
		await editor.paste(editor.field('url'), `${api.url}/app`);
		const output = await node.execute();

		console.log(
			`From an empty editor to an authenticated 200: ${editor.interactions} interactions ` +
				`(${editor.strokes} with every click into a field counted).`,
		);
		expect(output).toContain('authenticated');
		expect(api.requests).toHaveLength(1);
		const [request] = api.requests;
		expect(request?.authenticated).toBe(true);
		expect(request?.header?.alg).toBe('RS256');
		expect(request?.payload).toEqual({
			iss: APP_ID,
			iat: expect.any(Number),
			exp: Number(request?.payload?.iat) + 600,
		});
		expect(editor.interactions).toBeLessThanOrEqual(12);
		expect(editor.strokes).toBeLessThanOrEqual(15);
		await keepImage(page, 'jwt-http-request');
	});
});
