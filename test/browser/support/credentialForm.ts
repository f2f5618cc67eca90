import type { Locator } from 'playwright-core';
import type { Editor } from './editor';

/** The dialog of one credential. */
export class CredentialForm {
	readonly dialog: Locator;

	private constructor(private readonly editor: Editor) {
		this.dialog = editor.page.getByTestId('editCredential-modal');
	}

	static async opened(editor: Editor): Promise<CredentialForm> {
		const form = new CredentialForm(editor);
		await editor.page.getByTestId('credential-connection-parameter').first().waitFor();
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

	/** The box after a test that passed. */
	async waitForGreen(): Promise<void> {
		await this.dialog.getByText('Connection tested successfully').waitFor();
	}

	/** Opens the box after a test that failed. @returns all text of the dialog */
	async waitForRed(): Promise<string> {
		await this.dialog.getByText(/^Couldn.t connect with these settings/).waitFor();
		await this.editor.click(this.dialog.getByText('More details'));
		return await this.dialog.innerText();
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
		return await this.dialog.getByTestId('inline-edit-preview').first().innerText();
	}
}
