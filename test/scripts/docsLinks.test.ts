import { readFileSync } from 'node:fs';
import path from 'node:path';
import { docsAddress, linkingFiles, withDocsAddress } from '../../scripts/docsLinks';

const root = path.join(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const OWN = 'https://code.test/team/jwt/blob/main/docs';

it.each([
	["'https://github.com/a/b/blob/main/docs/verify.md'", `'${OWN}/verify.md'`],
	['[x](https://old.test/-/docs/recipes/ghost.md#key)', `[x](${OWN}/recipes/ghost.md#key)`],
	['{"url":"https://github.com/a/b/blob/main/docs/a.md"}', `{"url":"${OWN}/a.md"}`],
	["'https://old.test/blob/main/docs/recipes/'", `'${OWN}/recipes/'`],
	['https://vendor.test/docs/tokens', 'https://vendor.test/docs/tokens'],
	['https://vendor.test/x "docs/a.md"', 'https://vendor.test/x "docs/a.md"'],
])('links to pages are moved, and no others: %s', (text, moved) => {
	expect(withDocsAddress(text, OWN)).toBe(moved);
});

it('every link of a form, a node and an example leads to the repository of package.json', () => {
	const address = docsAddress();
	const linking = linkingFiles().filter((file) => read(file).includes(address));
	expect(linking.length).toBeGreaterThan(10);
	// npm run docs:links puts it right.
	expect(
		linkingFiles().filter((file) => withDocsAddress(read(file), address) !== read(file)),
	).toEqual([]);
});

it('no address of ours is left behind when the repository moves', () => {
	const address = docsAddress();
	expect(
		linkingFiles().filter((file) => withDocsAddress(read(file), OWN).includes(address)),
	).toEqual([]);
});

it('package.json names one repository', () => {
	const { homepage, bugs } = JSON.parse(read('package.json')) as {
		homepage: string;
		bugs: { url: string };
	};
	const repository = docsAddress().replace(/\/blob\/main\/docs$/, '');
	expect([homepage, bugs.url]).toEqual([`${repository}#readme`, `${repository}/issues`]);
});
