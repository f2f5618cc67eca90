import { KEY_NUMBERS, keptKeyField } from '../../core/settings/keptKeyFields';
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

type Conditions = NonNullable<INodeProperties['displayOptions']>;

/** A property by its place in the stored data, with the conditions on it and on what it stands in. */
interface Place {
	path: string;
	type: INodeProperties['type'];
	/** The default, as JSON; undefined where there is none. */
	given: string | undefined;
	conditions: Conditions[];
}

function places(properties: INodeProperties[], above?: Place): Place[] {
	return properties.flatMap(({ name, type, default: value, displayOptions = {}, options = [] }) => {
		const place: Place = {
			path: above ? `${above.path}.${name}` : name,
			type,
			given: JSON.stringify(value),
			conditions: [...(above?.conditions ?? []), displayOptions],
		};
		const inner = options.flatMap((option) => {
			if ('values' in option) {
				return places(option.values, { ...place, path: `${place.path}.${option.name}` });
			}
			return 'type' in option ? places([option], place) : [];
		});
		return [place, ...inner];
	});
}

/** Whether one condition holds only where the other does not. */
function excludes(one: Conditions, other: Conditions): boolean {
	const overlap = (some: unknown[], others: unknown[]) =>
		some.some((value) => others.includes(value));
	return Object.entries(one.show ?? {}).some(([name, values]) => {
		const shown = other.show?.[name];
		const hidden = other.hide?.[name];
		if (!values) return false;
		return (
			(shown !== undefined && !overlap(values, shown)) ||
			(hidden !== undefined && values.every((value) => (hidden as unknown[]).includes(value)))
		);
	});
}

function neverTogether(one: Place, other: Place): boolean {
	return one.conditions.some((mine) =>
		other.conditions.some((theirs) => excludes(mine, theirs) || excludes(theirs, mine)),
	);
}

/** Whether a property is shown only where a value is stored that is not its default. */
function needsItsValue({ path, given, conditions }: Place): boolean {
	return conditions.some(({ show }) => {
		const values = show?.[path];
		return values !== undefined && !values.some((value) => JSON.stringify(value) === given);
	});
}

/**
 * Whether two properties of one name agree; a hidden one, which nobody types into, and one that is shown
 * with a value of its own type only may be of any type, and one without a default contradicts none.
 */
function agree(one: Place, other: Place): boolean {
	const types = new Set([one.type, other.type]);
	const hasNone = one.given === undefined || other.given === undefined;
	const typesAgree = types.size === 1 || types.has('hidden') || [one, other].some(needsItsValue);
	return (hasNone || one.given === other.given) && typesAgree;
}

/**
 * Places that properties of different defaults or types share.
 *
 * @param isSafe whether two such properties do each other no harm
 */
function contradictions(
	properties: INodeProperties[],
	isSafe: (one: Place, other: Place) => boolean,
): string[] {
	const all = places(properties);
	const harmful = all.filter((one, index) =>
		all
			.slice(0, index)
			.some((other) => other.path === one.path && !agree(one, other) && !isSafe(one, other)),
	);
	return [...new Set(harmful.map(({ path }) => path))];
}

/** A new credential is stored with the default of the first property of a name, shown or not. */
const inCredential = (properties: INodeProperties[]) => contradictions(properties, () => false);

/** A node gets the default of the property that is shown. */
const inNode = (properties: INodeProperties[]) => contradictions(properties, neverTogether);

const credentials = load<ICredentialType>('credentials', '.credentials.ts');
const nodes = load<INodeType>('nodes', '.node.ts');
const forms: Array<[string, INodeProperties[]]> = [
	...credentials.map(([name, type]): [string, INodeProperties[]] => [name, type.properties]),
	...nodes.map(([name, node]): [string, INodeProperties[]] => [name, node.description.properties]),
];

it.each(credentials)('every field of the credential %s says what it is for', (_name, type) => {
	const shown = flatten(type.properties).filter(
		({ type: kind }) => !['hidden', 'notice'].includes(kind),
	);
	expect(shown.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
});

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

/** What n8n keeps here while the form is open begins as "as it is stored"; see `keptField`. */
const KEPT_BY_N8N = [...KEY_NUMBERS.map(keptKeyField), 'keyMade'];

it.each(credentials)('%s has one default for each name', (_name, { properties }) => {
	expect(inCredential(properties).filter((name) => !KEPT_BY_N8N.includes(name))).toEqual([]);
});

it.each(credentials)(
	'%s begins every form anew: n8n changes a default that is an object in place, or a list of rows',
	(_name, { properties }) => {
		// A choice of several is a new list for n8n each time: see test/browser/credentials.test.ts.
		const chosen = properties.filter(({ type }) => type === 'multiOptions').map(({ name }) => name);
		const shared = properties
			.filter(({ name }, index) => properties.findIndex((other) => other.name === name) === index)
			.filter(({ default: value }) => typeof value === 'object')
			.map(({ name }) => name);
		expect(shared.filter((name) => !chosen.includes(name))).toEqual([]);
	},
);

it.each(nodes)(
	'%s never shows two properties of one name with different defaults',
	(_name, node) => {
		expect(inNode(node.description.properties)).toEqual([]);
	},
);

describe('the search for contradicting defaults', () => {
	const field = (value: string, extra: Partial<INodeProperties> = {}): INodeProperties => ({
		displayName: 'Format',
		name: 'format',
		type: 'string',
		default: value,
		...extra,
	});
	const shown = (...values: number[]) => ({ displayOptions: { show: { x: values } } });
	const hidden = (...values: number[]) => ({ displayOptions: { hide: { x: values } } });
	const rows = (fields: INodeProperties[], extra: Partial<INodeProperties> = {}) => ({
		...field('', { name: 'rows', type: 'fixedCollection', ...extra }),
		options: [{ displayName: 'Row', name: 'row', values: fields }],
	});

	it.each<[string, INodeProperties[], string[], string[]]>([
		['equal ones', [field('a'), field('a', shown(1))], [], []],
		['different ones', [field('a'), field('b')], ['format'], ['format']],
		['one of them shown always', [field('a'), field('b', shown(1))], ['format'], ['format']],
		['shown for disjoint choices', [field('a', shown(1)), field('b', shown(2))], ['format'], []],
		['one hidden for the other', [field('a', shown(1)), field('b', hidden(1))], ['format'], []],
		[
			'shown for a common choice',
			[field('a', shown(1, 2)), field('b', shown(2))],
			['format'],
			['format'],
		],
		['half hidden', [field('a', shown(1, 2)), field('b', hidden(1))], ['format'], ['format']],
		['a hidden one with the same', [field('a'), field('a', { type: 'hidden' })], [], []],
		[
			'a hidden one with another',
			[field('a'), field('b', { type: 'hidden' })],
			['format'],
			['format'],
		],
		['a text and a number', [field('1'), field('1', { type: 'number' })], ['format'], ['format']],
		['in one row', [rows([field('a'), field('b')])], ['rows.row.format'], ['rows.row.format']],
		[
			'in two lists that are never shown together',
			[rows([field('a')], shown(1)), rows([field('b')], shown(2))],
			['rows.row.format'],
			[],
		],
		['at two levels', [field('a'), rows([field('b')])], [], []],
	])('%s', (_case, properties, forCredential, forNode) => {
		expect(inCredential(properties)).toEqual(forCredential);
		expect(inNode(properties)).toEqual(forNode);
	});
});

describe.each(credentials)('%s', (name, type) => {
	it('has authenticate as a property of its own, or n8n loses it on the way to the editor', () => {
		expect(Object.keys(type)).toContain('authenticate');
	});

	it('needs no more than four fields in the common case', () => {
		const required = type.properties.filter(
			({ required: must, displayOptions }) => must && !displayOptions?.show?.useAdvanced,
		);
		// Tableau hands out three values, and wants its address and a user.
		expect(required.length).toBeLessThanOrEqual(name === 'TableauJwtApi' ? 5 : 4);
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

describe.each(credentials.filter(([name]) => name.startsWith('Jwt')))('%s', (_name, type) => {
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
});
