import { existsSync } from 'node:fs';
import path from 'node:path';

/** Headless in a container, without anything that calls home. */
export const CHROME_FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const INSTALLED = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

function findChrome(): string | undefined {
	const chosen = process.env.CHROME_PATH;
	if (chosen) {
		if (!existsSync(chosen)) throw new Error(`CHROME_PATH is ${chosen}, where no file is.`);
		return chosen;
	}
	const onPath = (process.env.PATH ?? '')
		.split(path.delimiter)
		.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
	return [...onPath, ...INSTALLED].find((file) => existsSync(file));
}

/** The browser of this machine; undefined where there is none. */
export const chromePath = findChrome();

/**
 * `describe` for what needs a browser. On a person's machine without one it is left out and says
 * so; in CI it fails.
 */
export function describeInBrowser(name: string, tests: () => void): void {
	if (chromePath) {
		describe(name, tests);
		return;
	}
	const remedy =
		'no Chrome or Chromium was found. Install one, or set CHROME_PATH to its program file.';
	if (process.env.CI) throw new Error(`The browser tests cannot run: ${remedy}`);
	console.warn(`Browser tests left out: ${remedy}`);
	describe.skip(name, tests);
}
