import { generateKeyPairSync } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { CredentialRef } from '../../playground/client';
import { jwtHttpRequest, jwtSign, jwtVerify, workflow } from '../e2e/support/workflows';
import { describeInBrowser } from './support/chrome';
import { Editor } from './support/editor';
import { keepImage } from './support/images';

const NODES = ['JWT Sign', 'JWT HTTP Request', 'JWT Verify'];
const icons = readdirSync(path.join(__dirname, '../../icons'));

it('every icon comes in a light and a dark one', () => {
	const light = icons.filter((file) => !file.endsWith('.dark.svg'));
	expect(icons.filter((file) => file.endsWith('.dark.svg'))).toEqual(
		light.map((file) => file.replace('.svg', '.dark.svg')),
	);
});

/** A workflow of all our nodes, each with what it needs. */
async function saveWorkflow(editor: Editor): Promise<string> {
	const { privateKey } = generateKeyPairSync('ed25519');
	const credential = (await editor.client.rest('POST', '/credentials', {
		name: 'My Signing Key',
		type: 'jwtSignApi',
		data: {
			algorithm: 'EdDSA',
			privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
		},
	})) as CredentialRef;
	const { id } = (await editor.client.createWorkflow({
		...workflow(
			[{}],
			jwtSign(credential),
			jwtHttpRequest(credential, 'https://api.example.com/orders'),
			jwtVerify({ issuerUrl: 'https://example.com/' }),
		),
		name: 'Send orders',
	})) as { id: string };
	return id;
}

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
	describeInBrowser('the icons', () => {
		let editor: Editor;

		beforeAll(async () => {
			editor = await Editor.open(theme);
		});

		afterAll(async () => {
			await editor.close();
		});

		it('are drawn in the node panel and on the canvas', async () => {
			const { page } = editor;
			// Wide enough for the node panel to stand beside the workflow.
			await page.setViewportSize({ width: 1900, height: 640 });
			await editor.goto(`/workflow/${await saveWorkflow(editor)}`);
			const ending = theme === 'dark' ? '.dark.svg' : '.svg';
			for (const name of NODES) {
				const icon = page
					.locator(`[data-test-id=canvas-node][data-node-name="${name}"] img`)
					.first();
				await icon.waitFor();
				expect(await icon.getAttribute('src')).toMatch(new RegExp(`/\\w+\\${ending}$`));
			}
			await editor.click(page.getByTestId('node-creator-plus-button'));
			await editor.searchNodes('JWT', NODES);
			await keepImage(page, `icons-${theme}`);
		});
	});
});
