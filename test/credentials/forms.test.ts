import {
	NodeHelpers,
	type ICredentialType,
	type INodeProperties,
	type INodeType,
} from 'n8n-workflow';
import { readdirSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '../..');

function load<T>(folder: string, ending: string): Array<[string, T]> {
	return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith(ending))
		.map((file) => {
			const name = path.basename(file, ending);
			const module_ = jest.requireActual<Record<string, new () => T>>(
				path.join(root, folder, file),
			);
			const Class = module_[name];
			if (!Class) throw new Error(`${file} does not export ${name}`);
			return [name, new Class()];
		});
}

/** All fields of a form, those inside lists and collections too. */
function flatten(properties: INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => {
		const inner = (property.options ?? []).flatMap((option) => {
			if ('values' in option) return flatten(option.values);
			return 'type' in option ? flatten([option]) : [];
		});
		return [property, ...inner];
	});
}

const credentials = load<ICredentialType>('credentials', '.credentials.ts');
const nodes = load<INodeType>('nodes', '.node.ts');
const forms: Array<[string, INodeProperties[]]> = [
	...credentials.map(([name, type]): [string, INodeProperties[]] => [name, type.properties]),
	...nodes.map(([name, node]): [string, INodeProperties[]] => [name, node.description.properties]),
];

const SECRET = /secret|privatekey|passphrase|token$/i;

describe.each(forms)('the form of %s', (_name, properties) => {
	const fields = flatten(properties);

	it('begins every placeholder of a value with "e.g."', () => {
		const others = fields
			.filter(({ type }) => !['collection', 'fixedCollection'].includes(type))
			.flatMap(({ placeholder }) => (placeholder ? [placeholder] : []))
			.filter((placeholder) => !placeholder.startsWith('e.g. '));
		expect(others).toEqual([]);
	});

	it('describes every switch as "Whether …"', () => {
		const others = fields
			.filter(({ type }) => type === 'boolean')
			.filter(({ description }) => !description?.startsWith('Whether '));
		expect(others.map(({ name }) => name)).toEqual([]);
	});

	it('masks whatever is secret', () => {
		const open = fields
			.filter(({ name, type }) => type === 'string' && SECRET.test(name))
			.filter(({ typeOptions }) => typeOptions?.password !== true);
		expect(open.map(({ name }) => name)).toEqual([]);
	});
});

describe.each(credentials)('%s', (_name, type) => {
	it('has authenticate as a property of its own, or n8n loses it on the way to the editor', () => {
		expect(Object.keys(type)).toContain('authenticate');
	});

	it('restricts domains with the fields n8n knows', () => {
		const names = type.properties.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['allowedHttpRequestDomains', 'allowedDomains']));
	});

	it.each([
		['{ "X-Api-Key": "x" }', 'all', true],
		['={{ $json.headers }}', 'all', true],
		['{}', 'all', false],
		['', 'all', false],
		['{ "X-Api-Key": "x" }', 'domains', false],
	])('says where additional headers may go: %s, %s', (additionalHeaders, mode, isShown) => {
		const notice = type.properties.find(({ name }) => name === 'unrestrictedHeadersNotice');
		if (!notice) throw new Error('no notice');
		const values = { additionalHeaders, allowedHttpRequestDomains: mode, useAdvanced: true };
		expect(NodeHelpers.displayParameter(values, notice, null, null)).toBe(isShown);
	});

	it('needs no more than four fields in the common case', () => {
		const required = type.properties.filter(
			({ required: must, displayOptions }) => must && !displayOptions?.show?.useAdvanced,
		);
		expect(required.length).toBeLessThanOrEqual(4);
	});

	it('throws plain errors with hint and code, and nothing n8n would show in their place', async () => {
		const { authenticate } = type;
		if (typeof authenticate !== 'function') throw new Error('no function');
		const error: unknown = await authenticate({}, { url: 'https://api.example.com/' }).catch(
			(reason: unknown) => reason,
		);
		expect(error).toBeInstanceOf(Error);
		expect(String(error)).toMatch(/ \[[A-Z_]+\]$/);
		for (const name of ['code', 'status', 'response', 'cause'])
			expect(error).not.toHaveProperty(name);
	});
});
