import type { Locator } from 'playwright-core';
import { CredentialForm } from './credentialForm';
import type { Editor } from './editor';

/** The view of one node, with its parameters between input and output. */
export class NodeView {
	readonly output: Locator;

	private constructor(private readonly editor: Editor) {
		this.output = editor.page.getByTestId('output-panel');
	}

	/** Goes on from the node panel: to the node itself, over n8n's page about a community node. */
	static async opened(editor: Editor): Promise<NodeView> {
		const { page } = editor;
		const view = page.getByTestId('ndv');
		const addButton = page.getByText('Add to workflow');
		await view.or(addButton).first().waitFor();
		if (await addButton.isVisible()) await editor.click(addButton);
		await view.first().waitFor();
		return new NodeView(editor);
	}

	/** Makes the first credential from within the node. */
	async connect(): Promise<CredentialForm> {
		await this.editor.click(
			this.editor.page.getByTestId('node-credentials-empty-state').getByRole('button'),
		);
		return await CredentialForm.opened(this.editor);
	}

	/** Chooses a saved credential by its name. */
	async chooseCredential(name: string): Promise<void> {
		const { page } = this.editor;
		await page.getByTestId('node-credentials-select').click();
		await this.editor.click(
			page
				.locator('[data-test-id^="node-credentials-select-item-"]')
				.getByText(name, { exact: true }),
		);
	}

	/** Fills the request in from a cURL command, with n8n's own window for it. */
	async importCurl(command: string): Promise<void> {
		const { page } = this.editor;
		const input = page.getByTestId('import-curl-modal-input');
		await this.editor.click(page.getByRole('button', { name: 'Import cURL' }));
		await this.editor.paste(input, command);
		await this.editor.click(page.getByTestId('import-curl-modal-button'));
		await input.waitFor({ state: 'hidden' });
	}

	/** Runs the node and waits for its result. @returns all text of the output panel */
	async execute(): Promise<string> {
		await this.editor.click(this.editor.page.getByTestId('node-execute-button'));
		await this.output
			.getByTestId('ndv-data-container')
			.locator('table')
			.or(this.output.getByTestId('node-error-message'))
			.first()
			.waitFor();
		return await this.output.innerText();
	}

	async close(): Promise<void> {
		await this.editor.click(this.editor.page.getByTestId('ndv-close-button'));
	}
}
