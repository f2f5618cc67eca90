import { assertExpressionsInPlace } from '../../core/settings/expressionsInPlace';
import { readSigningSettings } from '../../core/settings/readCredential';
import {
	jsonParse,
	NodeHelpers,
	Workflow,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodeType,
} from 'n8n-workflow';
import fc from 'fast-check';
import { JwtAuthError } from '../../core/errors';

import { JwtExchangeApi } from '../../credentials/JwtExchangeApi.credentials';
import { JwtSignApi } from '../../credentials/JwtSignApi.credentials';
import { JwtTokenApi } from '../../credentials/JwtTokenApi.credentials';
import { JwtSign } from '../../nodes/JwtSign/JwtSign.node';

const types = [new JwtExchangeApi(), new JwtSignApi(), new JwtTokenApi()];

/** Shows every field of a form. */
const ALL_SHOWN = { useAdvanced: true, grant: 'jwtBearer' };

const anyNode: INodeType = { description: new JwtSign().description };
const workflow = new Workflow({
	nodes: [],
	connections: {},
	active: false,
	nodeTypes: {
		getByName: () => anyNode,
		getByNameAndVersion: () => anyNode,
		getKnownTypes: () => ({}),
	},
});
const step: INode = {
	id: '1',
	name: 'Any',
	type: 'any',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** A text that n8n has parsed, so that it computes the expressions inside. */
function parsedLeaves(properties: INodeProperties[], data: INodeParameters): INodeParameters {
	const isJson = (name: string) =>
		properties.some((one) => one.name === name && one.typeOptions?.resolveCredentialJsonLeaves);
	const read = (name: string, value: unknown) =>
		isJson(name) && typeof value === 'string' ? jsonParse(value, { fallbackValue: value }) : value;
	return Object.fromEntries(
		Object.entries(data).map(([name, value]) => [name, read(name, value)]),
	) as INodeParameters;
}

/** A credential's data as n8n makes it of what is stored; only the hidden fields are computed. */
function stored(properties: INodeProperties[], data: INodeParameters): INodeParameters {
	const all = { ...ALL_SHOWN, ...data };
	const texts = NodeHelpers.getNodeParameters(properties, all, true, false, null, null) ?? {};
	const hidden = Object.fromEntries(
		Object.entries(texts).filter(([name]) => name.endsWith('Stored')),
	);
	const computed = workflow.expression.getComplexParameterValue(
		step,
		hidden,
		'manual',
		{},
		undefined,
		undefined,
		parsedLeaves(properties, texts),
	);
	return { ...texts, ...(computed as INodeParameters) };
}

/** Code of what was thrown; undefined when nothing was. */
function codeOf(run: () => void): string | undefined {
	try {
		run();
	} catch (error) {
		if (error instanceof JwtAuthError) return error.code;
		throw error;
	}
	return undefined;
}

/** Code of what core says when n8n has replaced a field's text by what it makes of it. */
function verdict(properties: INodeProperties[], name: string, text: string, resolved = text) {
	return codeOf(() =>
		assertExpressionsInPlace({ ...stored(properties, { [name]: text }), [name]: resolved }),
	);
}

const jsonFields = types.flatMap(({ displayName, properties }) =>
	[...new Set(properties.filter(({ type }) => type === 'json').map(({ name }) => name))].map(
		(name) => ({ form: displayName, name, properties }),
	),
);

/** JSON with a text of its own at every depth and place. */
const PLACES: Array<(text: string) => unknown> = [
	(text) => ({ sub: text }),
	(text) => ({ [text]: 1 }),
	(text) => ({ a: 1, b: { c: [true, { d: text }] } }),
	(text) => [text],
	(text) => ({ quote: 'a " b \\', after: text }),
];

describe.each(jsonFields)('$name of $form', ({ name, properties }) => {
	it.each(['{{ $json.user }}', 'user-{{ $json.user }}', ' ={{ $json.user }}', '"{{x}}"', '{{\n}}'])(
		'is refused with %j as plain text, wherever it stands',
		(text) => {
			for (const place of PLACES) {
				const json = JSON.stringify(place(text));
				expect(verdict(properties, name, json)).toBe('EXPRESSION_UNRESOLVED');
			}
		},
	);

	it('takes an expression that is marked, and whatever data it gives', () => {
		const gives = ['alice', '{{ $json.other }}', '={{ "admin" }}', '=1', 'x","admin":"{{ 1 }}'];
		for (const place of PLACES) {
			const json = JSON.stringify(place('={{ $json["user"] }} of {{ $json.org }}'));
			for (const value of gives) {
				const resolved = JSON.stringify(place(value));
				expect(verdict(properties, name, json, resolved)).toBeUndefined();
			}
		}
	});

	it('takes data with braces from a field that is an expression as a whole', () => {
		const resolved = '{ "sub": "{{ $json.other }}" }';
		const texts = ['={{ $json.claims }}', '={ "sub": "{{ $json.user }}" }', '={"a":"{{ 1 }}"}'];
		for (const text of texts) expect(verdict(properties, name, text, resolved)).toBeUndefined();
	});

	it('is refused as an expression as a whole with expressions inside its values', () => {
		const text = '={ "iss": "n8n", "sub": "={{ $json.user }}" }';
		const resolved = '{ "iss": "n8n", "sub": "=x","admin":"true" }';
		expect(verdict(properties, name, text, resolved)).toBe('EXPRESSION_UNRESOLVED');
	});

	it('takes single braces, braces of JSON itself and braces that are not closed', () => {
		for (const text of ['{"a":{"b":{}}}', '{ "a": "{{" }', '{ "a": "}} {{" }', '{"a":"{x}"}']) {
			expect(verdict(properties, name, text)).toBeUndefined();
		}
	});

	it('has a notice while it is an expression as a whole, and only then', () => {
		const field = properties.find((one) => one.name === name);
		const notices = properties.filter((one) => one.name === `${name}Notice`);
		const shown = (data: INodeParameters) =>
			notices.filter((notice) =>
				NodeHelpers.displayParameter({ ...ALL_SHOWN, ...data }, notice, null, null),
			);
		expect(shown({ [name]: '={ "sub": "{{ $json.user }}" }' })).toHaveLength(1);
		expect(shown({ [name]: '={ "sub": "{{ $json.user }}" }' })[0]?.displayName).toContain(
			`${field?.displayName} is an expression as a whole`,
		);
		expect(shown({ [name]: '{ "sub": "={{ $json.user }}" }' })).toEqual([]);
		expect(shown({})).toEqual([]);
	});

	it('keeps what is typed into it as it is', () => {
		for (const { typeOptions } of properties.filter((one) => one.name === name)) {
			expect(typeOptions).toMatchObject({
				editor: 'json',
				resolveCredentialJsonLeaves: true,
				ignoreCredentialExpressionResolveError: true,
			});
		}
	});
});

it('each field of the exchange that stands in two places has its notice in one of them only', () => {
	const { properties } = new JwtExchangeApi();
	for (const grant of ['custom', 'jwtBearer']) {
		const data = { grant, useAdvanced: true, bodyParameters: '={ "a": "{{ 1 }}" }' };
		const shown = properties.filter(
			(one) =>
				one.name === 'bodyParametersNotice' && NodeHelpers.displayParameter(data, one, null, null),
		);
		expect(shown).toHaveLength(1);
	}
});

describe.each([new JwtExchangeApi(), new JwtSignApi()])('Key ID of $displayName', (type) => {
	const { properties } = type;

	it('is refused with an expression as plain text, and takes one that is marked', () => {
		expect(verdict(properties, 'keyId', '{{ $json.kid }}')).toBe('EXPRESSION_UNRESOLVED');
		expect(verdict(properties, 'keyId', 'key-{{ $json.kid }}')).toBe('EXPRESSION_UNRESOLVED');
		expect(verdict(properties, 'keyId', '={{ $json.kid }}', '{{ x }}')).toBeUndefined();
	});
});

it('sees expressions as plain text in any JSON, and never one that is marked', () => {
	const { properties } = new JwtTokenApi();
	const text = fc.string({ maxLength: 12 });
	fc.assert(
		fc.property(fc.jsonValue(), text, text, fc.integer({ min: 0, max: 4 }), (other, a, b, n) => {
			const place = PLACES[n] ?? String;
			const write = (value: string) => JSON.stringify({ other, place: place(value) });
			const hasOwn = (json: string) => /\{\{[^]*\}\}/.test(json);
			fc.pre(!hasOwn(JSON.stringify(other)) && !a.startsWith('='));
			expect(verdict(properties, 'additionalHeaders', write(`${a}{{ ${b} }}`))).toBe(
				'EXPRESSION_UNRESOLVED',
			);
			expect(verdict(properties, 'additionalHeaders', write(`=${a}{{ ${b} }}`))).toBeUndefined();
		}),
		{ numRuns: 300 },
	);
});

it('a payload nested too deeply is left to those who read it', () => {
	const deep = `${'['.repeat(5000)}"{{ 1 }}"${']'.repeat(5000)}`;
	expect(codeOf(() => assertExpressionsInPlace({ payload: deep }))).toBeUndefined();
});

it('what earlier versions stored beside the fields does not count', () => {
	const { properties } = new JwtSignApi();
	const data = {
		expressionsMarked: true,
		expressionsApart: true,
		payload: '{ "sub": "{{ $json.user }}" }',
	};
	expect(codeOf(() => assertExpressionsInPlace(stored(properties, data)))).toBe(
		'EXPRESSION_UNRESOLVED',
	);
});

describe.each([
	['JwtExchangeApi', new JwtExchangeApi().properties],
	['JwtSignApi', new JwtSignApi().properties],
])('claims of %s that an expression is to give', (_name, properties) => {
	const claimsOf = (payload: string): string[] =>
		readSigningSettings({ ...stored(properties, { payload }), algorithm: 'HS256' }).claims
			.computed as string[];

	it.each([
		['{ "sub": "={{ $json.user }}", "aud": "https://api.example.com" }', ['sub']],
		['{"aud":"={{ $json.a }}",\n\t"iss" : "={{ $json.b }}"}', ['iss', 'aud']],
		['{ "act": { "sub": "={{ $json.user }}" } }', ['sub']],
		[
			'{ "exp": "={{ 1 }}", "nbf": "={{ 1 }}", "jti": "={{ 1 }}", "scope": "={{ 1 }}" }',
			['scope', 'exp', 'nbf', 'jti'],
		],
		['{ "role": "={{ $json.role }}", "sub": "alice" }', []],
		['={{ { sub: $json.user } }}', []],
		['={ "sub": "={{ $json.user }}" }', []],
		['{}', []],
	])('%s', (payload, claims) => {
		expect(claimsOf(payload)).toEqual(claims);
	});
});
