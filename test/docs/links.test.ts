import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../..');

const pages = [
	...readdirSync(root),
	...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) =>
		path.join('docs', file),
	),
].filter((file) => file.endsWith('.md'));

/** The name GitHub gives to a heading. */
function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.trim()
		.replace(/\s/g, '-');
}

function withoutCode(markdown: string): string {
	return markdown.replace(/^```[^]*?^```/gm, '');
}

function anchorsOf(file: string): string[] {
	const headings = withoutCode(readFileSync(file, 'utf8')).matchAll(/^#+ (.+)$/gm);
	return [...headings].map(([, heading = '']) => anchorOf(heading));
}

/** Links of a page to other pages, files and headings. */
function localLinks(markdown: string): string[] {
	return [...withoutCode(markdown).matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)]
		.map(([, link, source]) => link ?? source ?? '')
		.filter((link) => !/^[a-z]+:/i.test(link));
}

it.each(pages)('every link of %s leads somewhere', (page) => {
	const broken = localLinks(readFileSync(path.join(root, page), 'utf8')).filter((link) => {
		const [target = '', anchor] = link.split('#');
		const file =
			target === '' ? path.join(root, page) : path.join(root, path.dirname(page), target);
		if (!existsSync(file)) return true;
		if (anchor === undefined) return false;
		return statSync(file).isDirectory() || !anchorsOf(file).includes(anchor);
	});
	expect(broken).toEqual([]);
});

it('leads from every form to a page of the documentation', () => {
	const sources = ['credentials', 'nodes'].flatMap((folder) =>
		readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => /\.(ts|json)$/.test(file))
			.map((file) => readFileSync(path.join(root, folder, file), 'utf8')),
	);
	const linked = sources.flatMap((source) =>
		[...source.matchAll(/\/blob\/main\/(docs\/[\w./-]+)/g)].map(([, file = '']) => file),
	);
	expect(linked.length).toBeGreaterThan(0);
	expect(linked.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

it('leads from the notes of the example workflows to pages that exist', () => {
	const folder = path.join(root, 'examples');
	const linked = readdirSync(folder).flatMap((file) => {
		const matches = readFileSync(path.join(folder, file), 'utf8').matchAll(
			/\/blob\/main\/(docs\/[\w./-]+\.md)/g,
		);
		return [...matches].map(([, page = '']) => page);
	});
	expect(linked.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});
