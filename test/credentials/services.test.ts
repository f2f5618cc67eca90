import type { ICredentialType } from 'n8n-workflow';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { KEY_TYPES } from '../../core/authenticate/serviceKey';
import { isHostListed } from '../../core/request/allowedDomains';
import { genericData } from '../../core/services/genericData';
import type { Service } from '../../core/services/service';
import { hostOf } from '../../core/shared/url';
import { JwtSign } from '../../nodes/JwtSign/JwtSign.node';
import { SERVICE_CASES } from '../support/services/serviceCases';

const root = path.join(__dirname, '../..');
const GENERIC = ['JwtExchangeApi', 'JwtSignApi', 'JwtTokenApi'];

const types = readdirSync(path.join(root, 'credentials'))
	.filter((file) => file.endsWith('.credentials.ts'))
	.map((file) => path.basename(file, '.credentials.ts'))
	.filter((name) => !GENERIC.includes(name))
	.map((name) => {
		const file = path.join(root, 'credentials', `${name}.credentials.ts`);
		const Type = jest.requireActual<Record<string, new () => ICredentialType>>(file)[name];
		if (!Type) throw new Error(`${file} does not export ${name}`);
		return { name, source: readFileSync(file, 'utf8'), type: new Type() };
	});

const rows = readdirSync(path.join(root, 'core/services')).flatMap((file) =>
	Object.values(jest.requireActual<object>(path.join(root, 'core/services', file))).filter(
		(value): value is Service => typeof value === 'object' && 'toGeneric' in value,
	),
);

it('there is a class for every row of the table, and a case against a stand-in for every class', () => {
	const named = types.map(({ type }) => type.httpRequestNode?.name);
	expect(named.sort()).toEqual(rows.map(({ name }) => name).sort());
	expect(SERVICE_CASES.map(({ type }) => type).sort()).toEqual(
		types.map(({ type }) => type.name).sort(),
	);
});

it('JWT Sign names the types whose key pair n8n can make, and no other type of a service', () => {
	const { credentials = [] } = new JwtSign().description;
	const named = credentials.filter(({ name }) => types.some(({ type }) => type.name === name));
	expect(named.map(({ name }) => name)).toEqual(KEY_TYPES.map(({ type }) => type));
	for (const { name, displayOptions } of named) {
		expect(displayOptions?.show?.keyOf).toEqual([name]);
	}
});

/** What n8n computes of a test's text, for a form. */
function computed(text: string, form: Record<string, unknown>): string {
	if (!text.startsWith('={{')) return text;
	return String(runInNewContext(text.slice('={{'.length, -'}}'.length), { $credentials: form }));
}

describe.each(rows)('the row of $name', (row) => {
	const found = types.find(({ type }) => type.httpRequestNode?.name === row.name);
	const service = SERVICE_CASES.find(({ type }) => type === found?.type.name);
	const form = {
		...Object.fromEntries(
			row.fields.map(({ default: value, kind, name }) => [
				name,
				value ?? (kind === 'switch' ? false : ''),
			]),
		),
		...service?.form,
	};
	const allows = (address: string, data: Record<string, unknown>) =>
		isHostListed(hostOf(address), String(genericData(row, data).allowedDomains));

	it('begins a request with an address that the token may go to', () => {
		const address = 'url' in row.api ? row.api.url : row.test.baseUrl;
		expect(allows(computed(address, form), form)).toBe(true);
	});

	it('tests where the token may go to, with blanks around what was typed and without https:// too', () => {
		const choices = row.fields
			.filter(({ kind }) => kind === 'choice' || kind === 'switch')
			.map(({ name }) => name);
		const typed = Object.entries(form).map(([name, value]) => {
			const isTyped = !choices.includes(name) && value !== '';
			return [name, isTyped ? ` ${String(value).replace(/^https:\/\/(?=[^/]+$)/, '')} ` : value];
		});
		for (const data of [form, Object.fromEntries(typed) as typeof form]) {
			expect(allows(computed(row.test.baseUrl, data), data)).toBe(true);
			expect(computed(row.test.path, data)).toMatch(/^\/[^ ]*$/);
		}
	});
});

describe.each(types)('$name', ({ name, source, type }) => {
	it('has a row of about 60 lines', () => {
		const from = /from '\.\.\/(core\/services\/\w+)'/.exec(source)?.[1] ?? '';
		const file = readFileSync(path.join(root, `${from}.ts`), 'utf8');
		const row = file.slice(file.indexOf('defineService({')).trimEnd();
		expect(row).toMatch(/\}\);$/);
		expect(row.split('\n').length).toBeLessThanOrEqual(70);
	});

	it('is a class of ten lines or fewer', () => {
		const body = source.slice(source.indexOf('export class')).trimEnd().split('\n').slice(1, -1);
		const lines = body.filter((line) => line.trim() !== '');
		expect(lines.length).toBeLessThanOrEqual(10);
	});

	it('is called alike in all places, with the word that no credential of n8n has at its end', () => {
		expect(type.name).toBe(name.charAt(0).toLowerCase() + name.slice(1));
		expect(type.displayName).toMatch(/^[A-Z].* API$/);
		expect(type.name).toMatch(/JwtApi$/);
	});

	it('is found in the node panel, by the host where it is a fixed one', () => {
		const { name: shown, docsUrl, hidden } = type.httpRequestNode ?? {};
		expect(shown).not.toBe('');
		expect(hidden ?? false).toBe(false);
		expect(docsUrl).toBe(type.documentationUrl);
		const guide = docsUrl?.replace(/^.*\/blob\/main\//, '') ?? '';
		expect(existsSync(path.join(root, guide))).toBe(true);
	});

	it('stays in the node panel where JWT Sign names the type: n8n would take it out', () => {
		const [entry] = [type.httpRequestNode].filter((one) => one !== undefined);
		if (!entry) throw new Error('There is no entry');
		entry.hidden = true;
		const named = (new JwtSign().description.credentials ?? []).map((one) => one.name);
		const asEditorGetsIt = JSON.parse(JSON.stringify(entry)) as { hidden?: boolean };
		expect(asEditorGetsIt.hidden).toBe(!named.includes(type.name));
	});

	it('restricts itself to its hosts: where they are fixed, n8n holds it as well', () => {
		const hidden = type.properties.filter(({ name: field }) => /^allowed/.test(field));
		if (type.hideDomainRestrictionFields) {
			expect(hidden).toEqual([]);
			return;
		}
		expect(hidden.map(({ type: kind, default: value }) => [kind, value !== ''])).toEqual([
			['hidden', true],
			['hidden', true],
		]);
		expect(hidden[0]?.default).toBe('domains');
	});

	it('tests with a request that a token is needed for, and says what to do about 401 and 403', () => {
		const { request, rules = [] } = type.test ?? {};
		expect(request).toMatchObject({
			isConnectionTest: true,
			baseURL: expect.any(String) as string,
		});
		const messages = rules.map(({ properties }) => properties.message);
		expect(messages[0]).toMatch(/ answered 401: .*clock/s);
		expect(messages[1]).toMatch(/ answered 403: ./s);
		const answers = rows.find((row) => row.name === type.httpRequestNode?.name)?.test.answers ?? {};
		for (const [status, todo] of Object.entries(answers)) {
			expect(rules).toContainEqual({
				type: 'responseCode',
				properties: { value: Number(status), message: expect.stringContaining(todo) as string },
			});
		}
	});
});
