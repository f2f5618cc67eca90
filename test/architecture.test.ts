import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { MAY_IMPORT } from '../eslint.rooms';

const root = path.join(__dirname, '..');

/** Source files below a folder, as paths from the root with forward slashes. */
function sourceFiles(folder: string): string[] {
	return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => path.posix.join(folder, file.split(path.sep).join('/')));
}

const files = ['core', 'credentials', 'nodes'].flatMap(sourceFiles);

function parse(file: string): ts.SourceFile {
	const text = readFileSync(path.join(root, file), 'utf8');
	return ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
}

/** What a file imports in any way that TypeScript knows, types included. */
function importsOf(file: string): string[] {
	const source = parse(file);
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
			found.push((node.moduleSpecifier as ts.StringLiteral).text);
		} else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
			found.push((node.argument.literal as ts.StringLiteral).text);
		} else if (
			ts.isCallExpression(node) &&
			(node.expression.kind === ts.SyntaxKind.ImportKeyword ||
				(ts.isIdentifier(node.expression) && node.expression.text === 'require'))
		) {
			found.push(
				node.arguments[0] && ts.isStringLiteral(node.arguments[0]) ? node.arguments[0].text : '?',
			);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

/** Each file with the files of the project it imports. */
const graph = new Map(
	files.map((file) => [
		file,
		importsOf(file)
			.filter((specifier) => specifier.startsWith('.'))
			.map((specifier) => `${path.posix.join(path.posix.dirname(file), specifier)}.ts`),
	]),
);

/** `core/keys/pem.ts` is in the room `keys`; nodes and credentials are a room each. */
const roomOf = (file: string): string => {
	const [top = '', second = ''] = file.split('/');
	return top === 'core' ? second.replace(/\.ts$/, '') : top;
};

/** A way back to where it began; undefined where there is none. */
function circleFrom(start: string): string[] | undefined {
	const seen = new Set<string>();
	const walk = (file: string, way: string[]): string[] | undefined => {
		for (const next of graph.get(file) ?? []) {
			if (next === start) return [...way, next];
			if (seen.has(next)) continue;
			seen.add(next);
			const circle = walk(next, [...way, next]);
			if (circle) return circle;
		}
		return undefined;
	};
	return walk(start, [start]);
}

describe('the rooms', () => {
	it('are those of the table, and every file is in one', () => {
		const rooms = new Set(files.map(roomOf));
		rooms.delete('errors');
		expect([...rooms].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
		expect(files.filter((file) => /^core\/[^/]+$/.test(file))).toEqual(['core/errors.ts']);
	});

	it('import what the table allows, types included', () => {
		const forbidden = [...graph].flatMap(([file, imported]) =>
			imported
				.filter((other) => {
					const [from, to] = [roomOf(file), roomOf(other)];
					const byFile = other.replace(/^core\/|\.ts$/g, '');
					const allowed = MAY_IMPORT[from] ?? [];
					return (
						from !== to && to !== 'errors' && !allowed.includes(to) && !allowed.includes(byFile)
					);
				})
				.map((other) => `${file} -> ${other}`),
		);
		expect(forbidden).toEqual([]);
	});

	it('import files that there are, and no other library than their room may', () => {
		const missing = [...graph].flatMap(([file, imported]) =>
			imported.filter((other) => !graph.has(other)).map((other) => `${file} -> ${other}`),
		);
		expect(missing).toEqual([]);
		for (const file of files) {
			const libraries = importsOf(file).filter((specifier) => !specifier.startsWith('.'));
			const room = roomOf(file);
			if (room === 'bundled') continue;
			const known = room === 'nodes' || room === 'credentials' ? ['n8n-workflow'] : ['node:crypto'];
			expect({ file, libraries: libraries.filter((name) => !known.includes(name)) }).toEqual({
				file,
				libraries: [],
			});
		}
	});

	it('are described in CONTRIBUTING.md by the same table', () => {
		const page = readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8');
		const rows = [...page.matchAll(/^\| `([a-z]+)\/` \| [^|]+ \| ([^|]*) \|$/gm)];
		const described = Object.fromEntries(
			rows.map(([, room, allowed = '']) => [
				room,
				[...allowed.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
			]),
		);
		expect(described).toEqual(MAY_IMPORT);
	});
});

describe('the files', () => {
	it('import each other in no circle', () => {
		const circles = files.map(circleFrom).filter((circle) => circle !== undefined);
		expect(circles).toEqual([]);
	});

	it('of core have a test of the same path each', () => {
		// Files of nothing but types or re-exports have nothing to test.
		const isEmpty = (file: string): boolean =>
			ts
				.transpileModule(readFileSync(path.join(root, file), 'utf8'), {
					compilerOptions: { module: ts.ModuleKind.ESNext, removeComments: true },
				})
				.outputText.replace(/export \{.*?\};|export \{.*?\} from '.*?';/gs, '')
				.trim() === '';
		const untested = sourceFiles('core')
			.filter((file) => !isEmpty(file))
			.filter((file) => !existsSync(path.join(root, 'test', file.replace(/\.ts$/, '.test.ts'))));
		expect(untested).toEqual([]);
	});

	it('of core are short: the median under 110 lines, none over 200', () => {
		const lengths = sourceFiles('core')
			.map((file) => readFileSync(path.join(root, file), 'utf8').split('\n').length - 1)
			.sort((a, b) => a - b);
		expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(110);
		expect(lengths.at(-1)).toBeLessThanOrEqual(200);
	});

	it('have no text literal over several lines, since the build changes how lines are indented', () => {
		const split = files.filter((file) => {
			const source = parse(file);
			const isSplit = (node: ts.Node): boolean =>
				(ts.isTemplateLiteralToken(node) && node.getText(source).includes('\n')) ||
				ts.forEachChild(node, isSplit) === true;
			return isSplit(source);
		});
		expect(split).toEqual([]);
	});

	it('sort forms by no language: its tables take long to load, and each machine has its own', () => {
		const users = files.filter((file) =>
			readFileSync(path.join(root, file), 'utf8').includes('localeCompare'),
		);
		expect(users).toEqual([]);
	});

	it('of nodes and of core are not called the same', () => {
		const nameOf = (file: string): string => path.posix.basename(file);
		const inCore = new Set(sourceFiles('core').map(nameOf));
		expect(sourceFiles('nodes').filter((file) => inCore.has(nameOf(file)))).toEqual([]);
	});

	describe.each(
		readdirSync(path.join(root, 'nodes'), { withFileTypes: true })
			.filter((entry) => entry.isDirectory() && entry.name !== 'common')
			.map(({ name }) => name),
	)('of %s', (node) => {
		const entries = readdirSync(path.join(root, 'nodes', node), { withFileTypes: true });
		const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
		const acts = node === 'JwtHttpRequest' ? 'send' : 'run';
		const order = ['description', 'read', acts, 'respond'];

		it("are in the four folders, but for the node and one item's way through them", () => {
			expect(folders.sort()).toEqual([...order].sort());
			const loose = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
			const others = loose.filter((name) => !name.startsWith(`${node}.node.`));
			expect(loose).toHaveLength(3);
			expect(others).toEqual([expect.stringMatching(/^[a-z]+Item\.ts$/)]);
		});

		it('import their own folder and those before it: description, read, act, respond', () => {
			const placeOf = (file: string): number => order.indexOf(file.split('/')[2] ?? '');
			const back = sourceFiles(`nodes/${node}`)
				.filter((file) => placeOf(file) >= 0)
				.flatMap((file) =>
					(graph.get(file) ?? [])
						.filter((other) => other.startsWith(`nodes/${node}/`))
						.filter((other) => placeOf(other) < 0 || placeOf(other) > placeOf(file))
						.map((other) => `${file} -> ${other}`),
				);
			expect(back).toEqual([]);
		});
	});

	it('of core that sign, verify and make thumbprints are the ones that use jose', () => {
		const users = files.filter((file) => (graph.get(file) ?? []).includes('core/bundled/jose.ts'));
		expect(users).toEqual([
			'core/jws/sign.ts',
			'core/jws/verifySignature.ts',
			'core/keys/publicKey.ts',
		]);
	});
});
