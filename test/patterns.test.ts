import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { check } from 'recheck';
import ts from 'typescript';

const ROOT = path.join(__dirname, '..');

/** Everything that is shipped. */
const FOLDERS = ['core', 'credentials', 'nodes'];

/**
 * Patterns that are slow on a long text of some kind, and why no text reaches them that is long
 * enough. Nothing else is a reason.
 */
const BOUNDED: Readonly<Record<string, string>> = {
	'core/keys/pem.ts /-{2,12}\\s?(BEGIN|END)\\s{0,4}([A-Z0-9][A-Z0-9\\s]{0,40}?)\\s?-{2,5}/gi':
		'every repetition is bounded, so that it takes a bounded number of steps per character',
};

interface Pattern {
	/** File and line. */
	at: string;
	/** File and text, which is how {@link BOUNDED} names it. */
	name: string;
	source: string;
	flags: string;
}

function filesBelow(folder: string): string[] {
	const entries = readdirSync(path.join(ROOT, folder), { recursive: true }) as string[];
	return entries.filter((file) => file.endsWith('.ts')).map((file) => path.join(folder, file));
}

/** What TypeScript's parser finds in a file: literals, and places where a pattern is put together. */
function patternsOf(file: string, text: string): { literals: Pattern[]; made: string[] } {
	const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	const literals: Pattern[] = [];
	const made: string[] = [];
	const visit = (node: ts.Node): void => {
		const line = tree.getLineAndCharacterOfPosition(node.getStart()).line + 1;
		if (ts.isRegularExpressionLiteral(node)) {
			const end = node.text.lastIndexOf('/');
			literals.push({
				at: `${file}:${line}`,
				name: `${file} ${node.text}`,
				source: node.text.slice(1, end),
				flags: node.text.slice(end + 1),
			});
		}
		if (ts.isIdentifier(node) && node.text === 'RegExp' && !ts.isTypeNode(node.parent)) {
			made.push(`${file}:${line}`);
		}
		ts.forEachChild(node, visit);
	};
	visit(tree);
	return { literals, made };
}

/** Whether the number of steps of a pattern grows no faster than the text; counted, not clocked. */
async function isLinear({ source, flags }: Pick<Pattern, 'source' | 'flags'>): Promise<boolean> {
	const { status } = await check(source, flags, { timeout: null, randomSeed: 0 });
	return status === 'safe';
}

const found = FOLDERS.flatMap(filesBelow).map((file) =>
	patternsOf(file, readFileSync(path.join(ROOT, file), 'utf8')),
);
const patterns = found.flatMap(({ literals }) => literals);

describe('the regular expressions of the package', () => {
	it('are all literals, so that they can be looked at', () => {
		expect(patterns.length).toBeGreaterThan(100);
		expect(found.flatMap(({ made }) => made)).toEqual([]);
	});

	it.each(patterns.filter(({ name }) => !(name in BOUNDED)))(
		'$at is linear, whatever text it meets',
		async (pattern) => {
			expect([pattern.name, await isLinear(pattern)]).toEqual([pattern.name, true]);
		},
	);

	it('that are let through exist', () => {
		const names = patterns.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(Object.keys(BOUNDED)));
	});
});

describe('the check', () => {
	it.each([
		[String.raw`const slow = /\/+$/;`, false],
		[String.raw`const slow = /^(a+)+$/;`, false],
		[String.raw`const fast = /^\/+/;`, true],
	])('knows %s', async (text, linear) => {
		const [pattern] = patternsOf('x.ts', text).literals;
		expect(pattern && (await isLinear(pattern))).toBe(linear);
	});

	it('knows a pattern that is put together', () => {
		const text = 'const type: RegExp = f(); export const made = new RegExp("a" + b);';
		expect(patternsOf('x.ts', text).made).toEqual(['x.ts:1']);
	});
});
