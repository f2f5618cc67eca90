import { execFileSync } from 'node:child_process';
import {
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	mkdirSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { convertCompilerOptionsFromJson, readConfigFile, sys, transpileModule } from 'typescript';
import { ensureRuntime } from '../playground/runtime';

const root = path.join(__dirname, '..');

const KINDS_OF_FILES = [
	/^(package\.json|index\.js|README\.md|LICENSE\.md|CHANGELOG\.md)$/,
	/^dist\/(core|credentials|nodes)\/[\w/.]+\.js$/,
	/^dist\/nodes\/(\w+)\/\1\.node\.json$/,
	/^dist\/icons\/\w+(\.dark)?\.svg$/,
	/^dist\/core\/bundled\/LICENSES\.txt$/,
];

let folder: string;
let packageFolder: string;

function filesBelow(parent: string): string[] {
	return readdirSync(parent, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(parent, path.join(entry.parentPath, entry.name)));
}

beforeAll(() => {
	if (!existsSync(path.join(root, 'dist'))) {
		throw new Error('There is no dist to pack: run npm run build first.');
	}
	folder = mkdtempSync(path.join(tmpdir(), 'jwt-auth-pack-'));
	const output = execFileSync(
		'npm',
		['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
		{
			cwd: root,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		},
	);
	const [packed] = JSON.parse(output) as [{ filename: string }];
	packageFolder = path.join(folder, 'node_modules', 'n8n-nodes-jwt-auth');
	mkdirSync(packageFolder, { recursive: true });
	execFileSync('tar', [
		'-xzf',
		path.join(folder, packed.filename),
		'-C',
		packageFolder,
		'--strip-components=1',
	]);
	// Beside n8n-workflow only: inside n8n a require of jose would resolve by accident.
	symlinkSync(
		path.join(root, 'node_modules', 'n8n-workflow'),
		path.join(folder, 'node_modules', 'n8n-workflow'),
	);
});

afterAll(() => {
	rmSync(folder, { recursive: true, force: true });
});

describe('the packed package', () => {
	it('is under 1.25 MB and holds only what runs', () => {
		const files = filesBelow(packageFolder);
		const bytes = files.reduce(
			(sum, file) => sum + statSync(path.join(packageFolder, file)).size,
			0,
		);
		expect(bytes).toBeLessThan(1_250_000);
		const unexpected = files.filter((file) => !KINDS_OF_FILES.some((kind) => kind.test(file)));
		expect(unexpected).toEqual([]);
	});

	it('depends on nothing but n8n-workflow', () => {
		const manifest = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')) as {
			dependencies?: object;
			peerDependencies: object;
		};
		expect(manifest.dependencies ?? {}).toEqual({});
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		const required = filesBelow(packageFolder)
			.filter((file) => file.endsWith('.js'))
			.flatMap((file) => {
				const source = readFileSync(path.join(packageFolder, file), 'utf8');
				return [...source.matchAll(/require\(["']([^."'][^"']*)["']\)/g)].map((match) => match[1]);
			});
		expect([...new Set(required)].sort()).toEqual(
			expect.arrayContaining(['n8n-workflow', 'node:crypto']),
		);
		expect(
			required.filter((name) => !/^(n8n-workflow|(node:)?crypto)$/.test(String(name))),
		).toEqual([]);
	});

	it("holds others' code in core/bundled only, none of jose's encryption, and their licences", () => {
		const licences = readFileSync(
			path.join(packageFolder, 'dist/core/bundled/LICENSES.txt'),
			'utf8',
		);
		// The build writes the licence of every library that a file of the bundles comes from.
		const libraries = [...licences.matchAll(/^(\S+) \d+\.\d+\.\d+$/gm)].map(([, name]) => name);
		expect(libraries.sort()).toEqual([
			'@rgrove/parse-xml',
			'content-disposition',
			'http-link-header',
			'jose',
		]);
		const jose = readFileSync(path.join(packageFolder, 'dist/core/bundled/jose.js'), 'utf8');
		expect(jose).not.toMatch(/CompactEncrypt|deflate|A256GCM/);
	});

	it('is otherwise what the sources compile to, file by file, comments and all, with tabs', () => {
		const { config } = readConfigFile(path.join(root, 'tsconfig.json'), sys.readFile) as {
			config: { compilerOptions: object };
		};
		const { options } = convertCompilerOptionsFromJson(config.compilerOptions, root);
		const isOwn = (file: string) => /\.[jt]s$/.test(file) && !file.includes('core/bundled/');
		const compiled = filesBelow(packageFolder).filter(
			(file) => file.startsWith('dist/') && isOwn(file),
		);
		const sources = ['core', 'credentials', 'nodes'].flatMap((parent) =>
			filesBelow(path.join(root, parent)).map((file) => path.join(parent, file)),
		);
		expect(compiled.map((file) => file.replace(/^dist\/(.*)\.js$/, '$1.ts')).sort()).toEqual(
			sources.filter(isOwn).sort(),
		);
		for (const file of compiled) {
			const fileName = path.join(root, file.replace(/^dist\/(.*)\.js$/, '$1.ts'));
			const { outputText } = transpileModule(readFileSync(fileName, 'utf8'), {
				compilerOptions: options,
				fileName,
			});
			const indented = outputText.replace(/^(?: {4})+/gm, (blanks) =>
				'\t'.repeat(blanks.length / 4),
			);
			expect(readFileSync(path.join(packageFolder, file), 'utf8')).toBe(indented);
		}
	});

	it('names in package.json exactly the credentials and nodes there are, and exports them', () => {
		const manifest = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')) as {
			n8n: { credentials: string[]; nodes: string[] };
		};
		const listed = [...manifest.n8n.credentials, ...manifest.n8n.nodes].sort();
		const built = filesBelow(packageFolder)
			.filter((file) => /\.(node|credentials)\.js$/.test(file))
			.sort();
		expect(listed).toEqual(built);
		const classes = listed.map((file) => path.basename(file).split('.')[0]).sort();
		const script = "console.log(Object.keys(require('n8n-nodes-jwt-auth')).sort().join())";
		expect(
			execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' }).trim(),
		).toBe(classes.join());
	});

	/** Runs a script in a bare Node.js process and returns what it prints. */
	function run(node: string, script: string): string {
		return execFileSync(node, ['-e', script], {
			cwd: folder,
			encoding: 'utf8',
			stdio: 'pipe',
		}).trim();
	}

	/** Signs with a fresh key and verifies with node:crypto, without n8n; prints the outcome. */
	const roundTrip = (algorithm: string, keyType: string) => `
		const { JwtSignApi } = require('n8n-nodes-jwt-auth');
		const { generateKeyPairSync, verify } = require('node:crypto');
		const { privateKey, publicKey } = generateKeyPairSync('${keyType}');
		const data = {
			algorithm: '${algorithm}',
			privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
			payload: '{ "sub": "bare" }',
		};
		new JwtSignApi().authenticate(data, { url: 'https://api.example.com/' }).then(
			({ headers }) => {
				const [header, payload, signature] = headers.authorization.slice(7).split('.');
				const input = Buffer.from(header + '.' + payload);
				console.log(verify(null, input, publicKey, Buffer.from(signature, 'base64url')));
			},
			(error) => console.log(error.message),
		);`;

	it('signs in a bare process of the oldest and of the newest Node.js that n8n runs on', async () => {
		const { node } = await ensureRuntime();
		expect(run(process.execPath, roundTrip('EdDSA', 'ed25519'))).toBe('true');
		expect(run(node, roundTrip('EdDSA', 'ed25519'))).toBe('true');
	}, 120_000);

	it('signs with ML-DSA where Node.js can, and says what is needed where it cannot', async () => {
		const { node } = await ensureRuntime();
		for (const size of [44, 65, 87]) {
			expect(run(node, roundTrip(`ML-DSA-${size}`, `ml-dsa-${size}`))).toBe('true');
		}
		const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
		if (major < 24 || (major === 24 && minor < 7)) {
			const outcome = run(process.execPath, roundTrip('ML-DSA-65', 'ed25519'));
			expect(outcome).toMatch(/Node\.js 24\.7.*\[ALGORITHM_UNAVAILABLE\]/);
		}
	}, 120_000);
});
