import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';

const root = path.join(__dirname, '../../..');

/** Pictures of the docs are replaced on demand only, since every run draws them a little different. */
const folder = process.env.UPDATE_SCREENSHOTS
	? path.join(root, 'docs/images')
	: path.join(root, '.cache/screenshots');

const MAXIMUM_BYTES = 150_000;

/** Lets a dialog grow to its whole height, so that one picture shows all of it. */
const WHOLE_DIALOG = `
	[data-whole-dialog] [data-test-id=editCredential-modal] {
		height: auto !important;
		max-height: none !important;
	}
	[data-whole-dialog] [data-test-id=editCredential-modal] .modal-content,
	[data-whole-dialog] [data-test-id=editCredential-modal] [data-test-id=credential-edit-dialog] {
		height: auto !important;
		overflow: visible !important;
	}`;

/** Messages that come and go stand in front of what the picture is about. */
const NO_MESSAGES = '.el-notification { display: none !important; }';

/** What must not be on a page: pictures that did not load, labels that are cut, keys in place of words. */
const FAULTS = `(() => {
	const visible = (element) => element.getClientRects().length > 0;
	const images = [...document.images]
		.filter((image) => visible(image) && image.complete && image.naturalWidth === 0)
		.map((image) => 'broken image: ' + image.src.slice(0, 120));
	const labels = [...document.querySelectorAll('label, .el-form-item__label, [data-test-id=input-label]')]
		.filter((label) => visible(label) && label.scrollWidth > label.clientWidth + 1 && label.clientWidth > 0)
		.map((label) => 'cut label: ' + label.innerText);
	const keys = (document.body.innerText.match(/\\b[a-z]+[A-Z]?\\w*(\\.[a-z]\\w+){2,}\\b/g) ?? [])
		.filter((key) => /^(credentialEdit|nodeView|ndv|node|parameterInput|nodeCreator|nodeCredentials)\\./.test(key))
		.map((key) => 'untranslated key: ' + key);
	return [...images, ...labels, ...keys];
})()`;

/** @returns what is wrong with the looks of the page, for a person to read */
export async function faults(page: Page): Promise<string[]> {
	return await page.evaluate<string[]>(FAULTS);
}

/**
 * Keeps a picture, after a look at the page for faults.
 *
 * @param name file name without ending
 * @param target what to draw; the whole window when left out
 */
export async function keepImage(page: Page, name: string, target?: Locator): Promise<void> {
	expect(await faults(page)).toEqual([]);
	mkdirSync(folder, { recursive: true });
	const file = path.join(folder, `${name}.png`);
	await (target ?? page).screenshot({ path: file, animations: 'disabled', style: NO_MESSAGES });
	expect(statSync(file).size).toBeLessThan(MAXIMUM_BYTES);
}

/** Keeps a picture of a credential's whole dialog. */
export async function keepDialogImage(page: Page, name: string, dialog: Locator): Promise<void> {
	const size = page.viewportSize() ?? { width: 1280, height: 900 };
	const whole = async (on: boolean) =>
		await page.evaluate(`document.documentElement.toggleAttribute('data-whole-dialog', ${on})`);
	await page.addStyleTag({ content: WHOLE_DIALOG });
	await whole(true);
	const { height } = (await dialog.boundingBox()) ?? size;
	await page.setViewportSize({ width: 1200, height: Math.ceil(height) + 40 });
	await keepImage(page, name, dialog);
	await whole(false);
	await page.setViewportSize(size);
}
