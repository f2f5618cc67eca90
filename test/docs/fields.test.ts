import type {
	ICredentialType,
	INodeProperties,
	INodePropertyCollection,
	INodeType,
} from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { JwtExchangeApi } from '../../credentials/JwtExchangeApi.credentials';
import { JwtSignApi } from '../../credentials/JwtSignApi.credentials';
import { JwtTokenApi } from '../../credentials/JwtTokenApi.credentials';
import { JwtHttpRequest } from '../../nodes/JwtHttpRequest/JwtHttpRequest.node';
import { JwtSign } from '../../nodes/JwtSign/JwtSign.node';
import { JwtVerify } from '../../nodes/JwtVerify/JwtVerify.node';
import { JwtWebhook } from '../../nodes/JwtWebhook/JwtWebhook.node';

const credential = (Type: new () => ICredentialType) => new Type().properties;
const node = (Type: new () => INodeType) => new Type().description.properties;

const FORMS: Record<string, INodeProperties[]> = {
	'jwt-sign-api.md': credential(JwtSignApi),
	'jwt-auth-api.md': credential(JwtTokenApi),
	'exchange.md': credential(JwtExchangeApi),
	'jwt-sign.md': node(JwtSign),
	'jwt-verify.md': node(JwtVerify),
	'jwt-webhook.md': node(JwtWebhook),
	'http-request.md': node(JwtHttpRequest),
};

/** Pages that are not called like their form. */
const PAGES: Readonly<Record<string, string>> = {
	'jwt-verify.md': 'verify.md',
	'jwt-webhook.md': 'webhook.md',
};

function readPage(form: string): string {
	return readFileSync(path.join(__dirname, '../../docs', PAGES[form] ?? form), 'utf8');
}

function isGroup(option: object): option is INodePropertyCollection {
	return 'values' in option;
}

/**
 * Fields under the names that a person sees, those of collections as well. Those of a row or a group
 * are called after what holds them, since many are called Name: `Query Parameters > Name`.
 */
function fieldNames(properties: INodeProperties[], holder = ''): string[] {
	const names = properties
		.filter(({ type }) => !['hidden', 'notice', 'curlImport'].includes(type))
		.flatMap((property) => [
			holder + property.displayName,
			...(property.options ?? []).flatMap((option) => {
				if (isGroup(option)) return fieldNames(option.values, `${property.displayName} > `);
				return 'type' in option ? fieldNames([option]) : [];
			}),
		]);
	return [...new Set(names)];
}

/** Names and texts of the rows of tables whose first column is called Field; others are no descriptions. */
function fieldRows(page: string): Array<{ name: string; text: string }> {
	const tables = page.matchAll(/^\| Field \|.*\n\|[-| ]+\|\n(?<rows>(?:\|.*\n)+)/gm);
	return [...tables]
		.flatMap(({ groups }) => (groups?.rows ?? '').trim().split('\n'))
		.flatMap((row) => {
			const [, names = '', text = ''] = row.split('|');
			return names.split(',').map((name) => ({ name: name.trim(), text: text.trim() }));
		});
}

/** Headings, and the bold beginnings of list items, that have a text after them. */
const DESCRIPTIONS = [
	/^#{2,} (?:Operation: )?(?<names>.+)\n+[^#\n]/gm,
	/^(?:- |\d\. )(?<names>\*\*.+?\*\*(?:, \*\*.+?\*\*)*)(?: \(.*?\))?: ./gm,
];

function describedNames(page: string): string[] {
	const beginnings = DESCRIPTIONS.flatMap((pattern) => [...page.matchAll(pattern)])
		.flatMap(({ groups }) => (groups?.names ?? '').replaceAll('*', '').split(','))
		.map((name) => name.trim());
	const rows = fieldRows(page).filter(({ text }) => text !== '');
	return [...beginnings, ...rows.map(({ name }) => name)];
}

describe.each(Object.entries(FORMS))('%s', (form, properties) => {
	const page = readPage(form);

	it('describes every field of the form under a heading or in a row of its own', () => {
		const described = new Set(describedNames(page));
		expect(fieldNames(properties).filter((name) => !described.has(name))).toEqual([]);
	});

	it('has no row for a field that the form has not', () => {
		const known = new Set(fieldNames(properties));
		const names = fieldRows(page).map(({ name }) => name);
		expect(names.filter((name) => !known.has(name))).toEqual([]);
	});
});

it('jwt-sign-api.md has a heading for every field, in the order of the form', () => {
	const names = fieldNames(FORMS['jwt-sign-api.md'] ?? []).filter((name) => !name.includes(' > '));
	const headings = [...readPage('jwt-sign-api.md').matchAll(/^## (.+)$/gm)];
	expect(headings.map(([, heading = '']) => heading).slice(0, names.length)).toEqual(names);
});

describe('the reading of pages', () => {
	it.each<[string, string, string[]]>([
		['a heading', '## Key ID\n\nText.\n', ['Key ID']],
		['a row', '| Field | Text |\n|---|---|\n| Issuer, Subject | who |\n', ['Issuer', 'Subject']],
		['a bold beginning', '- **Scope**: words\n', ['Scope']],
	])('takes %s for a description', (_what, page, names) => {
		expect(describedNames(page)).toEqual(names);
	});

	it.each<[string, string]>([
		['a mention in a text', 'Look at **Key ID** or *Scope*.\n'],
		['a heading without text', '## Key ID\n\n## Scope\n'],
		['a row without text', '| Field | Text |\n|---|---|\n| Issuer |  |\n'],
		['a row of another table', '| Feature | Here |\n|---|---|\n| Issuer | better |\n'],
	])('does not take %s for one', (_what, page) => {
		const described = describedNames(page);
		expect(['Key ID', 'Issuer'].filter((name) => described.includes(name))).toEqual([]);
	});
});
