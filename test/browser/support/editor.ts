import path from 'node:path';
import { chromium, selectors, type Browser, type Locator, type Page } from 'playwright-core';
import type { N8nClient } from '../../../playground/client';
import { CHROME_FLAGS, chromePath } from './chrome';
import { CredentialForm } from './credentialForm';
import { newMember } from './member';
import { NodeView } from './nodeView';

/** A net for what hangs, not a measure: no verdict may depend on how busy the machine is. */
const PATIENCE_MS = 600_000;

const SCREENSHOTS = path.join(__dirname, '../../../.cache/screenshots');

/** Nothing moves or fades: drawing it all would take half of a small machine. */
const withoutMotion = `document.addEventListener('DOMContentLoaded', () => {
	const style = document.createElement('style');
	style.textContent = '*, *::before, *::after { animation: none !important; transition: none !important; }';
	document.head.append(style);
})`;

/** Makes the browser this many times slower, to find what holds on a fast machine only. */
async function slowDown(page: Page): Promise<void> {
	const rate = Number(process.env.BROWSER_SLOWDOWN ?? 1);
	if (rate === 1) return;
	const session = await page.context().newCDPSession(page);
	await session.send('Emulation.setCPUThrottlingRate', { rate });
}

/** How often one text is pasted into a field that does not hold it. */
const MOST_PASTES = 3;

/** How often a field is looked at for what was pasted. */
const MOST_LOOKS = 10;

/** What stands in a field, as far as it is drawn. */
async function textIn(field: Locator): Promise<string> {
	return await field.evaluate((element) =>
		'value' in element ? String(element.value) : element.innerText,
	);
}

/** Whether this stands in a field after `pasted`: code is set out anew, and the = of an expression left out. */
function isTextOf(held: string, pasted: string): boolean {
	const [there, wanted] = [held, pasted].map((text) => text.replace(/\s+/g, '').replace(/^=/, ''));
	return there === wanted;
}

/** n8n's editor in a browser, with a user of its own, operated with mouse, keyboard and clipboard. */
export class Editor {
	/** What the person did: buttons clicked, choices made, fields filled. */
	interactions = 0;

	/** The same, with the click into a field and each key combination counted on their own. */
	strokes = 0;

	private constructor(
		private readonly browser: Browser,
		readonly page: Page,
		readonly client: N8nClient,
	) {}

	/** @param colorScheme n8n's theme follows the system's */
	static async open(colorScheme: 'light' | 'dark' = 'light'): Promise<Editor> {
		selectors.setTestIdAttribute('data-test-id');
		const client = await newMember();
		const browser = await chromium.launch({ executablePath: chromePath, args: CHROME_FLAGS });
		const context = await browser.newContext({
			viewport: { width: 1280, height: 900 },
			colorScheme,
			locale: 'en-US',
			permissions: ['clipboard-read', 'clipboard-write'],
		});
		const [name = '', value = ''] = (client.cookie ?? '').split(/=(.*)/s);
		await context.addCookies([{ name, value, url: client.url }]);
		await context.addInitScript(withoutMotion);
		const page = await context.newPage();
		page.setDefaultTimeout(PATIENCE_MS);
		await slowDown(page);
		// n8n asks before it leaves an unsaved workflow.
		page.on('dialog', (dialog) => void dialog.accept());
		return new Editor(browser, page, client);
	}

	/** Closes the browser; what it showed last is kept, to see why a test failed. */
	async close(): Promise<void> {
		const suite = path.basename(expect.getState().testPath ?? '', '.test.ts');
		await this.page.screenshot({ path: path.join(SCREENSHOTS, `last-seen-in-${suite}.png`) });
		await this.browser.close();
	}

	async goto(path: string): Promise<void> {
		await this.page.goto(this.client.url + path);
	}

	async click(target: Locator): Promise<void> {
		this.interactions++;
		this.strokes++;
		await target.click();
	}

	/** n8n takes a field's value over a moment after the last key: lets the page's own timers run. */
	async settle(): Promise<void> {
		await this.page.evaluate('new Promise((resolve) => setTimeout(resolve, 300))');
	}

	/** Types into whatever has the focus. */
	async type(text: string): Promise<void> {
		this.interactions++;
		this.strokes++;
		await this.page.keyboard.type(text);
		await this.settle();
	}

	/** Clicks into an empty field, or between two quotes, and types. */
	async typeInto(target: Locator, text: string): Promise<void> {
		await this.click(target);
		this.strokes++;
		await this.page.keyboard.type(text);
		await this.settle();
	}

	/** Double-clicks a word and types over it. */
	async typeOver(target: Locator, text: string): Promise<void> {
		this.interactions++;
		this.strokes += 2;
		await target.dblclick();
		await this.page.keyboard.type(text);
		await this.settle();
	}

	/** Clicks into an empty field and pastes. */
	async paste(target: Locator, text: string): Promise<void> {
		await this.click(target);
		await this.pasteText(text);
		await this.holds(target, text);
		await this.settle();
		// Drawn anew in the meantime, perhaps.
		if (!isTextOf(await textIn(target), text)) await this.pasteOver(target, text);
	}

	/** Clicks into a field, selects all of it and types over it. */
	async typeOverAll(target: Locator, text: string): Promise<void> {
		await this.click(target);
		this.strokes += 2;
		await this.page.keyboard.press('ControlOrMeta+A');
		await this.page.keyboard.type(text);
		await this.settle();
	}

	/** Clicks into a field, selects all of it and pastes. */
	async pasteOver(target: Locator, text: string): Promise<void> {
		await this.pasteOverAndGoOn(target, text);
		await this.settle();
	}

	/**
	 * The same for one of many fields: only before what comes after the last one has to settle. A field
	 * that n8n draws anew at this very moment loses what is pasted: a person sees that, and does it again.
	 */
	async pasteOverAndGoOn(target: Locator, text: string): Promise<void> {
		for (let attempt = 1; attempt <= MOST_PASTES; attempt++) {
			await this.click(target);
			this.strokes++;
			await this.page.keyboard.press('ControlOrMeta+A');
			// Nothing cannot be pasted.
			await (text === '' ? this.page.keyboard.press('Delete') : this.pasteText(text));
			if (await this.holds(target, text)) return;
		}
		throw new Error(`What was pasted does not stand in the field, but ${await textIn(target)}`);
	}

	/** Whether a field holds this, which it does a moment after the keys: the clipboard is not the page's. */
	private async holds(target: Locator, text: string): Promise<boolean> {
		for (let look = 1; look <= MOST_LOOKS; look++) {
			if (isTextOf(await textIn(target), text)) return true;
			await this.settle();
		}
		return false;
	}

	private async pasteText(text: string): Promise<void> {
		this.strokes++;
		await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
		await this.page.keyboard.press('ControlOrMeta+V');
	}

	/** Input of the form field with this internal name, in a credential or a node. */
	field(name: string): Locator {
		return this.page
			.getByTestId(`parameter-input-${name}`)
			.locator('textarea, .cm-content, input')
			.first();
	}

	/** Chooses whether a field is Fixed or an Expression, with the switch above it. */
	async switchTo(name: string, mode: 'expression' | 'fixed'): Promise<void> {
		const field = this.page.getByTestId(`parameter-input-${name}`);
		// A node draws the switch only while the pointer is on the field.
		await field.hover();
		const nearest = `xpath=ancestor::*[.//*[@data-test-id="radio-button-${mode}"]][1]`;
		await this.click(field.locator(nearest).getByTestId(`radio-button-${mode}`));
		await this.settle();
	}

	/** Opens the large window of a code field. @returns its input */
	async enlarge(name: string): Promise<Locator> {
		const field = this.page.getByTestId(`parameter-input-${name}`);
		await field.hover();
		await this.click(field.getByTestId('code-editor-fullscreen-button'));
		return this.page.getByTestId('code-editor-fullscreen').locator('.cm-content').last();
	}

	/** Closes the large window of a code field. */
	async reduce(): Promise<void> {
		const dialog = this.page.getByTestId('code-editor-fullscreen').filter({ visible: true });
		await this.click(dialog.locator('.el-dialog__headerbtn').first());
		await dialog.waitFor({ state: 'hidden' });
	}

	/** Opens a list and chooses an entry by its name. */
	async choose(name: string, option: string): Promise<void> {
		await this.chooseIn(this.field(name), option);
	}

	/** The same for any list. @param list what opens it */
	async chooseIn(list: Locator, option: string): Promise<void> {
		this.interactions++;
		this.strokes += 2;
		await list.click();
		await this.page
			.getByTestId('parameter-input-item')
			.filter({ visible: true })
			.filter({ has: this.page.getByText(option, { exact: true }) })
			.click();
	}

	async switchOn(name: string): Promise<void> {
		await this.click(this.page.getByTestId(`parameter-input-${name}`).locator('.el-switch'));
	}

	/** Begins a credential of the type with this name, as on n8n's credentials page. */
	async newCredential(typeName: string): Promise<CredentialForm> {
		await this.goto('/home/credentials/create');
		return await this.chooseCredentialType(typeName);
	}

	/** Begins one more credential on n8n's credentials page, where the last one was closed. */
	async nextCredential(typeName: string): Promise<CredentialForm> {
		await this.click(this.page.getByTestId('add-resource-credential'));
		return await this.chooseCredentialType(typeName);
	}

	private async chooseCredentialType(typeName: string): Promise<CredentialForm> {
		const list = this.page.getByTestId('new-credential-type-select');
		await this.typeInto(list.locator('input'), typeName);
		await this.click(
			this.page
				.getByTestId('new-credential-type-select-option')
				.getByText(typeName, { exact: true }),
		);
		await this.click(this.page.getByTestId('new-credential-type-button'));
		return await CredentialForm.opened(this);
	}

	/** Opens a saved credential from n8n's credentials page, whose list draws only what is in sight. */
	async openCredential(name: string): Promise<CredentialForm> {
		await this.goto('/home/credentials');
		await this.page.getByTestId('resources-list-search').fill(name);
		await this.click(
			this.page.getByTestId('resources-list-item').getByText(name, { exact: true }).first(),
		);
		return await CredentialForm.opened(this);
	}

	/** An empty workflow with the node panel open. */
	async newWorkflow(): Promise<void> {
		await this.goto('/workflow/new');
		await this.click(this.page.getByTestId('canvas-plus-button'));
		await this.nodeSearch.waitFor();
	}

	/** The search of the node panel, once it has the keyboard: what is typed before is lost. */
	private get nodeSearch(): Locator {
		return this.page.locator('input[data-test-id="node-creator-search-bar"]:focus');
	}

	private async typeNodeSearch(words: string): Promise<void> {
		await this.nodeSearch.waitFor();
		await this.type(words);
		expect(await this.nodeSearch.inputValue()).toBe(words);
	}

	/** Searches in the node panel, anew, until it lists all of these. */
	async searchNodes(words: string, names: string[]): Promise<void> {
		const listed = names.map((name) =>
			this.page.getByTestId('node-creator-item-name').getByText(name, { exact: true }).first(),
		);
		await this.nodeSearch.fill('');
		for (const name of listed) await name.waitFor({ state: 'hidden' });
		await this.typeNodeSearch(words);
		for (const name of listed) await name.waitFor();
	}

	/**
	 * Types words into the node panel and presses Enter, which takes what is offered first: one interaction,
	 * as typing over something is.
	 *
	 * @param name what has to be offered first
	 */
	async addFirst(search: string, name: string): Promise<NodeView> {
		await this.typeNodeSearch(search);
		// Enter takes the item that n8n has marked, once it has marked one of these results.
		await this.page
			.locator('[data-test-id="item-iterator-item"][class*="active"]')
			.getByText(name, { exact: true })
			.waitFor();
		this.strokes++;
		await this.page.keyboard.press('Enter');
		return await NodeView.opened(this);
	}

	/**
	 * Adds a node from the open node panel, and opens it.
	 *
	 * @param action for a node with several operations: the one to choose, as the panel calls it
	 */
	async addNode(search: string, name: string, action?: string): Promise<NodeView> {
		await this.typeNodeSearch(search);
		await this.click(
			this.page
				.getByTestId('item-iterator-item')
				.filter({ has: this.page.getByText(name, { exact: true }) })
				.first(),
		);
		if (action) await this.click(this.page.getByText(action, { exact: true }));
		return await NodeView.opened(this);
	}
}
