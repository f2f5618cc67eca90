import { randomBytes } from 'node:crypto';
import { outputItems, type CredentialRef } from '../../playground/client';
import {
	jwtHttpRequest,
	jwtSign,
	stockHttpRequest,
	workflow,
	type Step,
} from '../e2e/support/workflows';
import { describeInBrowser } from './support/chrome';
import { Editor } from './support/editor';
import { keepDialogImage, keepImage } from './support/images';

const HINT = 'Put "=" first inside the quotes: "sub": "={{ $json.user }}"';
const CODE = '[EXPRESSION_UNRESOLVED]';

/** How often a text stands in what a person reads, however it is wrapped. */
function occurrences(shown: string, text: string): number {
	return shown.replace(/\s+/g, ' ').split(text).length - 1;
}

describeInBrowser('the hint of an error', () => {
	let editor: Editor;
	let credential: CredentialRef;

	beforeAll(async () => {
		editor = await Editor.open();
		credential = (await editor.client.rest('POST', '/credentials', {
			name: 'Sends braces',
			type: 'jwtSignApi',
			data: {
				algorithm: 'HS256',
				secret: randomBytes(32).toString('hex'),
				payload: '{ "sub": "{{ $json.user }}" }',
			},
		})) as CredentialRef;
	});

	afterAll(async () => {
		await editor.close();
	});

	/** Runs a step in the editor. @returns what its output panel says */
	async function failureOf(step: Step): Promise<string> {
		const { page } = editor;
		const { id } = (await editor.client.createWorkflow(workflow([{ user: 'alice' }], step))) as {
			id: string;
		};
		await editor.goto(`/workflow/${id}`);
		await editor.click(page.getByTestId('execute-workflow-button').first());
		await page.locator('.el-notification').first().waitFor();
		await page.locator(`[data-test-id=canvas-node][data-node-name="${step.name}"]`).dblclick();
		const output = page.getByTestId('output-panel');
		await output.getByTestId('node-error-message').waitFor();
		return await output.innerText();
	}

	it.each<[string, () => Step]>([
		['HTTP Request', () => stockHttpRequest(credential, 'http://127.0.0.1:9/')],
		['JWT HTTP Request', () => jwtHttpRequest(credential, 'http://127.0.0.1:9/')],
		['JWT Sign', () => jwtSign(credential)],
	])('stands once in the panel of %s', async (name, step) => {
		const shown = await failureOf(step());
		await keepImage(editor.page, `hint-${name.toLowerCase().replaceAll(' ', '-')}`);
		expect(occurrences(shown, HINT)).toBe(1);
		expect(occurrences(shown, CODE)).toBe(1);
	});

	it('stands once in the connection test', async () => {
		const form = await editor.openCredential(credential.name ?? '');
		const shown = await form.waitForRed();
		await keepDialogImage(editor.page, 'hint-connection-test', form.dialog);
		expect(occurrences(shown, HINT)).toBe(1);
		expect(occurrences(shown, CODE)).toBe(1);
	});

	it.each<[string, () => Step]>([
		['HTTP Request', () => stockHttpRequest(credential, 'http://127.0.0.1:9/')],
		['JWT HTTP Request', () => jwtHttpRequest(credential, 'http://127.0.0.1:9/')],
		['JWT Sign', () => jwtSign(credential)],
	])('stands once in the item %s gives under On Error: Continue', async (name, step) => {
		const { runData } = await editor.client.runWorkflow(
			workflow([{ user: 'alice' }], { ...step(), onError: 'continueRegularOutput' }),
		);
		const [item] = outputItems(runData, name);
		const { error } = item?.json ?? {};
		// n8n's own node gives the whole error, whose stack begins with the message once more.
		const { message, description = '' } = Object(error) as {
			message: string;
			description?: string;
		};
		const shown = typeof error === 'string' ? error : `${message} ${description}`;
		expect(occurrences(shown, HINT)).toBe(1);
	});

	it('stands once where a claim of a node is empty', async () => {
		const shown = await failureOf(jwtSign(credential, { claims: { subject: '' } }));
		await keepImage(editor.page, 'claim-empty');
		expect(occurrences(shown, '[CLAIM_EMPTY]')).toBe(1);
	});
});
