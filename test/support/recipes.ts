import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What a recipe says to fill in, as the body for n8n's public API. */
export interface RecipeCredential {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

const folder = path.join(__dirname, '../../docs/recipes');

/** Names of all recipes, e.g. `github-app`. */
export const RECIPES = readdirSync(folder)
	.map((file) => path.basename(file, '.md'))
	.filter((name) => name !== 'README');

/** The page of a recipe and the credential in it, with its `YOUR_…` words. */
export function readRecipe(name: string): { page: string; credential: RecipeCredential } {
	const page = readFileSync(path.join(folder, `${name}.md`), 'utf8');
	const json = /```json\n([^]*?)\n```/.exec(page)?.[1] ?? '';
	return { page, credential: JSON.parse(json) as RecipeCredential };
}

/** Puts values in place of `YOUR_…` words in every text of a JSON value, at any depth. */
export function fillIn<T>(value: T, values: Readonly<Record<string, string>>): T {
	const text = JSON.stringify(value, (_name, member: unknown) =>
		typeof member === 'string'
			? member.replace(/YOUR_[A-Z_]*[A-Z]/g, (word) => values[word] ?? word)
			: member,
	);
	return JSON.parse(text) as T;
}

/** One row of a recipe's table: the name of a field and what to enter there. */
export interface RecipeRow {
	field: string;
	value: string;
}

const TABLE = /^\| Field \| Value \|.*\n\|[-|]+\n((?:\|.*\n)+)/gm;

/** The rows of a recipe's tables, what is advised after what is needed, without the marks of code; "(empty)" is nothing. */
export function readRows(page: string): RecipeRow[] {
	const lines = [...page.matchAll(TABLE)].flatMap(([, rows = '']) => rows.trim().split('\n'));
	return lines.map((line) => {
		const [field = '', value = ''] = line.slice('| '.length).split(' | ');
		return { field, value: value === '(empty)' ? '' : value.replace(/^`(.*)`$/, '$1') };
	});
}

/** A row of Request Binding, its columns by their names in the form. */
export type BindingRow = Record<'Put Into' | 'Name' | 'Value', string>;

/** Reads how a recipe writes Request Binding: "Payload `uri` = Host; Header `nonce` = Random UUID". */
export function readBindingRows(value: string): BindingRow[] {
	return value.split('; ').map((row) => {
		const [, target = '', name = '', bound = ''] = /^(\w+) `(.+)` = (.+)$/.exec(row) ?? [];
		return { 'Put Into': target, Name: name, Value: bound };
	});
}
