// The project's own rules. They stand beside eslint.config.mjs, which has to stay as n8n ships it.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import rooms from './eslint.rooms.js';

export default tseslint.config(
	{
		ignores: ['dist/', 'coverage/', '.stryker-tmp/', '**/.cache/', '**/.data/', '**/node_modules/'],
	},
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
	...rooms.roomRules(),
	{
		files: ['core/errors.ts'],
		rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: '.*' }] }] },
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
