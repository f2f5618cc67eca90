import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describeInBrowser } from './support/chrome';
import { Editor } from './support/editor';
import { keepImage } from './support/images';
import { jwtHttpRequest, jwtSign, workflow } from '../e2e/support/workflows';

const NODES = ['JWT Sign', 'JWT HTTP Request'];
const icons = readdirSync(path.join(__dirname, '../../icons'));

it('every icon comes in a light and a dark one', () => {
	const light = icons.filter((file) => !file.endsWith('.dark.svg'));
	expect(icons.filter((file) => file.endsWith('.dark.svg'))).toEqual(
		light.map((file) => file.replace('.svg', '.dark.svg')),
	);
});

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
			const none = { id: 'none', name: 'none', type: 'jwtSignApi' };
			const steps = [jwtSign(none), jwtHttpRequest(none, 'https://api.example.com/orders')];
			const saved = (await editor.client.createWorkflow(
				workflow(
					[{}],
					...steps.map(({ credential, ...step }) => ({ ...step, credential: undefined })),
				),
			)) as { id: string };
			await editor.goto(`/workflow/${saved.id}`);
			const ending = theme === 'dark' ? '.dark.svg' : '.svg';
			for (const name of NODES) {
				const icon = page
					.locator(`[data-test-id=canvas-node][data-node-name="${name}"] img`)
					.first();
				await icon.waitFor();
				expect(await icon.getAttribute('src')).toMatch(new RegExp(`/\\w+\\${ending}$`));
			}
			await editor.click(page.getByTestId('node-creator-plus-button'));
			await editor.searchNodes('JWT');
			await keepImage(page, `icons-${theme}`);
		});
	});
});
