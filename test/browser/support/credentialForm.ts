import type { Locator } from 'playwright-core';
import type { Editor } from './editor';

/** A label as n8n draws it: with a star where the field is required. */
function exactly(label: string): RegExp {
	const literal = label.replace(/[^\w ]/g, (character) => `\\${character}`);
	return new RegExp(`^\\s*${literal}\\s*\\*?\\s*$`);
}

/** Stands in the place of the name until n8n has found one. */
const NO_NAME_YET = 'Enter text...';

/** The dialog of one credential. */
export class CredentialForm {
	readonly dialog: Locator;

	private constructor(private readonly editor: Editor) {
		this.dialog = editor.page.getByTestId('editCredential-modal');
	}

	/** n8n draws the form before it has found a name, and saves nothing without one. */
	static async opened(editor: Editor): Promise<CredentialForm> {
		const form = new CredentialForm(editor);
		await editor.page.getByTestId('credential-connection-parameter').first().waitFor();
		await form.nameShown.filter({ hasText: /\S/, hasNotText: NO_NAME_YET }).waitFor();
		return form;
	}

	/** Saves, which also tests: n8n shows a red or green box, or closes a dialog opened from a node. */
	async save(): Promise<void> {
		const answered = this.editor.page.waitForResponse((response) =>
			response.url().endsWith('/rest/credentials/test'),
		);
		await this.editor.click(this.editor.page.getByTestId('credential-save-button'));
		await answered;
	}

	/**
	 * Saves in a dialog opened from a node, which n8n tests, and closes where that passes.
	 *
	 * @throws what the red box says
	 */
	async saveAndClose(): Promise<void> {
		await this.editor.click(this.editor.page.getByTestId('credential-save-button'));
		await this.unlessRed(this.dialog.waitFor({ state: 'hidden' }));
	}

	/** Saves and does not wait for the test. @returns ID of the new credential */
	async saveNew(): Promise<string> {
		const { page } = this.editor;
		const saving = page.waitForResponse(
			(response) =>
				response.request().method() === 'POST' &&
				new URL(response.url()).pathname === '/rest/credentials',
		);
		await this.editor.click(page.getByTestId('credential-save-button'));
		const answer = await saving;
		const text = await answer.text();
		if (!answer.ok()) throw new Error(`n8n did not save it: ${answer.status()} ${text}`);
		return (JSON.parse(text) as { data: { id: string } }).data.id;
	}

	async close(): Promise<void> {
		await this.editor.click(this.dialog.locator('.el-dialog__headerbtn'));
		await this.dialog.waitFor({ state: 'hidden' });
	}

	/**
	 * Gives a field its value by what stands on the page: its label, the name of a choice, on or off.
	 * What is a text field is pasted into.
	 */
	async fill(label: string, value: string): Promise<void> {
		const field = this.dialog
			.getByTestId('credential-connection-parameter')
			.filter({ has: this.editor.page.locator('label').getByText(exactly(label)) })
			.first();
		await this.fillIn(field.locator('[data-test-id^="parameter-input-"]').first(), value);
	}

	/** Chooses from a list that takes several choices, one after the other, and closes it. */
	private async chooseAll(list: Locator, choices: string[]): Promise<void> {
		const { page } = this.editor;
		await this.editor.click(list);
		for (const choice of choices) {
			await this.editor.click(
				page
					.locator('.el-select-dropdown__item')
					.filter({ visible: true })
					.filter({ has: page.getByText(choice, { exact: true }) }),
			);
		}
		await this.editor.click(list.locator('.el-select__caret'));
	}

	private async fillIn(input: Locator, value: string): Promise<void> {
		const list = input.locator('.el-select');
		const toggle = input.locator('.el-switch');
		await input.locator('textarea, .cm-content, input').first().waitFor({ state: 'attached' });
		if ((await toggle.count()) > 0) {
			const isOn = await toggle.evaluate((element) => element.classList.contains('is-checked'));
			if (isOn !== (value === 'on')) await this.editor.click(toggle);
		} else if ((await list.locator('.el-select__tags').count()) > 0) {
			await this.chooseAll(list, value.split(', '));
		} else if ((await list.count()) > 0) {
			await this.editor.chooseIn(list.locator('input').first(), value);
		} else {
			const text = input.locator('textarea, .cm-content, input').first();
			await this.editor.pasteOverAndGoOn(text, value);
		}
	}

	/** How many rows Request Binding has. */
	async bindings(): Promise<number> {
		return await this.dialog
			.getByTestId('fixed-collection-requestBinding')
			.getByText('Put Into', { exact: true })
			.count();
	}

	/** Adds a row to Request Binding and fills it in. @param values column names to values */
	async addBinding(values: Record<string, string>): Promise<void> {
		const columns = this.dialog
			.getByTestId('fixed-collection-requestBinding')
			.getByTestId('parameter-item');
		const before = await columns.count();
		await this.editor.click(this.dialog.getByTestId('fixed-collection-add'));
		await columns.nth(before).waitFor();
		for (const [label, value] of Object.entries(values)) {
			const column = columns
				.filter({ has: this.editor.page.locator('label').getByText(exactly(label)) })
				.last();
			await this.fillIn(column.locator('[data-test-id^="parameter-input-"]').first(), value);
		}
	}

	/**
	 * The box after a test that passed.
	 *
	 * @throws what the red box says
	 */
	async waitForGreen(): Promise<void> {
		await this.unlessRed(this.dialog.getByText('Connection tested successfully').waitFor());
	}

	/** Opens the box after a test that failed. @returns all text of the dialog */
	async waitForRed(): Promise<string> {
		await this.redBox.waitFor();
		await this.editor.click(this.dialog.getByText('More details'));
		return await this.dialog.innerText();
	}

	private get redBox(): Locator {
		return this.dialog.getByText(/^Couldn.t connect with these settings/);
	}

	/** Waits for what n8n does after a test that passes, but not where it fails. */
	private async unlessRed(passed: Promise<void>): Promise<void> {
		const isRed = await Promise.race([
			passed.then(() => false),
			this.redBox.waitFor().then(() => true),
		]);
		if (isRed) throw new Error(`The credential's test failed: ${await this.waitForRed()}`);
	}

	/** Names of the fields that are drawn, from top to bottom. */
	async fields(): Promise<string[]> {
		return await this.dialog
			.getByTestId('credential-connection-parameter')
			.locator('[data-test-id^="parameter-input-"]:not([data-test-id="parameter-input-field"])')
			.evaluateAll((elements) =>
				elements.map((element) => String(element.getAttribute('data-test-id'))),
			)
			.then((ids) => ids.map((id) => id.replace('parameter-input-', '')));
	}

	/** Name of the credential as n8n chose it. */
	async name(): Promise<string> {
		return await this.nameShown.innerText();
	}

	private get nameShown(): Locator {
		return this.dialog.getByTestId('inline-edit-preview').first();
	}
}
