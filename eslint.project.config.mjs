// The project's own rules. They stand beside eslint.config.mjs, which has to stay as n8n ships it.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const libraries = ['content-disposition', 'http-link-header', 'jose'].map((name) => ({
	name,
	message: 'Only core/bundled/ imports libraries: it decides what of them ships.',
}));

/** Forbids imports that go against nodes, credentials -> core -> libraries. */
const forbidImports = (patterns, paths = libraries) => ({
	'no-restricted-imports': ['error', { patterns, paths }],
});

const n8nInCore = {
	group: ['n8n-workflow', 'n8n-core', '**/nodes/**', '**/credentials/**'],
	message: 'core knows no n8n: take plain values and return plain values.',
};

export default tseslint.config(
	{ ignores: ['dist/', 'coverage/', '**/.cache/', '**/.data/', '**/node_modules/'] },
	js.configs.recommended,
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.recommended],
		languageOptions: { parserOptions: { project: './tsconfig.test.json' } },
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': 'error',
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			eqeqeq: 'error',
			'no-restricted-properties': [
				'error',
				{ object: 'URL', property: 'canParse', message: 'Use webUrl; it says why.' },
			],
		},
	},
	{
		files: ['core/**/*.ts'],
		rules: forbidImports([n8nInCore]),
	},
	{ files: ['core/bundled/*.ts'], rules: forbidImports([n8nInCore], []) },
	{
		files: ['credentials/**/*.ts'],
		rules: forbidImports([
			{ group: ['**/nodes/**'], message: 'Share through core, not between credentials and nodes.' },
		]),
	},
	{
		files: ['nodes/**/*.ts'],
		rules: forbidImports([
			{
				group: ['**/credentials/**'],
				message: 'Share through core, not between credentials and nodes.',
			},
		]),
	},
	{
		files: ['**/*.{js,mjs}'],
		languageOptions: {
			globals: {
				require: 'readonly',
				module: 'writable',
				exports: 'writable',
				process: 'readonly',
				console: 'readonly',
				Buffer: 'readonly',
				URL: 'readonly',
				URLSearchParams: 'readonly',
				fetch: 'readonly',
				AbortSignal: 'readonly',
				AbortController: 'readonly',
				setTimeout: 'readonly',
				clearTimeout: 'readonly',
				setInterval: 'readonly',
				clearInterval: 'readonly',
				setImmediate: 'readonly',
				globalThis: 'readonly',
				structuredClone: 'readonly',
				__dirname: 'readonly',
				__filename: 'readonly',
			},
		},
	},
	{
		files: ['bench/**', 'scripts/**', 'playground/**', 'gulpfile.js'],
		rules: { 'no-console': 'off' },
	},
);
