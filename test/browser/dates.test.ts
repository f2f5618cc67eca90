import { generateKeyPairSync } from 'node:crypto';
import { decodeToken } from '../../core/jws/decode';
import type { CredentialRef } from '../../playground/client';
import { jwtSign, workflow } from '../e2e/support/workflows';
import { describeInBrowser } from './support/chrome';
import { Editor } from './support/editor';
import { NodeView } from './support/nodeView';

const { privateKey } = generateKeyPairSync('ed25519');

describeInBrowser('a date chosen with the date picker', () => {
	let editor: Editor;

	beforeAll(async () => {
		editor = await Editor.open();
	});

	afterAll(async () => {
		await editor.close();
	});

	it('Not Before is a time in the time zone of the workflow', async () => {
		const { page, client } = editor;
		const credential = (await client.rest('POST', '/credentials', {
			name: 'My Signing Key',
			type: 'jwtSignApi',
			data: {
				algorithm: 'EdDSA',
				privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
				payload: '{ "sub": "alice" }',
			},
		})) as CredentialRef;
		const { id } = (await client.createWorkflow({
			...workflow([{}], jwtSign(credential)),
			settings: { executionOrder: 'v1', timezone: 'Asia/Tokyo' },
		})) as { id: string };
		await editor.goto(`/workflow/${id}`);
		await page.locator('[data-test-id=canvas-node][data-node-name="JWT Sign"]').dblclick();
		const node = await NodeView.opened(editor);

		await editor.click(page.getByTestId('collection-parameter-add').first());
		await editor.click(
			page.getByTestId('collection-parameter-option').getByText('Not Before', { exact: true }),
		);
		const input = page.locator('.el-date-editor input');
		await editor.click(input);
		const picker = page.locator('.el-date-picker').filter({ visible: true });
		await editor.click(picker.locator('button.arrow-left'));
		await editor.click(picker.locator('td.available').getByText('15', { exact: true }));
		await editor.click(picker.getByRole('button', { name: 'OK' }));
		await editor.settle();
		const shown = await input.inputValue();
		expect(shown).toMatch(/^\d{4}-\d{2}-15 \d{2}:\d{2}:\d{2}$/);

		const output = await node.execute();
		const token = /eyJ[\w.-]+/.exec(output)?.[0] ?? '';
		const notBefore = Date.parse(`${shown.replace(' ', 'T')}+09:00`) / 1000;
		expect(decodeToken(token).payload.nbf).toBe(notBefore);
	});
});
