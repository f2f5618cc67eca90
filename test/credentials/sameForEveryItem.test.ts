import {
	NodeHelpers,
	type INodeParameters,
	type NodeParameterValueType,
	type INodeProperties,
} from 'n8n-workflow';
import { isSameForEveryItem } from '../../core/settings/readCredential';
import { JwtSignApi } from '../../credentials/JwtSignApi.credentials';
import { JwtTokenApi } from '../../credentials/JwtTokenApi.credentials';

const types = [new JwtSignApi(), new JwtTokenApi()];

/** A credential's data before expressions are resolved, as n8n makes it of what is stored. */
function stored(properties: INodeProperties[], data: INodeParameters) {
	return NodeHelpers.getNodeParameters(properties, data, true, false, null, null) ?? {};
}

describe.each(types)('$displayName', ({ properties }) => {
	const fields = properties.filter(({ type }) => type !== 'hidden' && type !== 'notice');

	it('is the same for every item when no field holds an expression', () => {
		const data = { payload: '{ "a": "b=c", "d": [1] }', secret: 'a={{b}}', useAdvanced: true };
		expect(isSameForEveryItem(stored(properties, data))).toBe(true);
		expect(isSameForEveryItem(stored(properties, {}))).toBe(true);
	});

	it('is the same with every choice of Advanced Options, unless one is an expression', () => {
		const isFixed = (useAdvanced: string[]) =>
			isSameForEveryItem(stored(properties, { useAdvanced }));
		expect(isFixed(['clock', 'binding'])).toBe(true);
		if (!fields.some(({ name }) => name === 'useAdvanced')) return;
		expect(isFixed(['clock', '={{ $json.group }}'])).toBe(false);
	});

	it.each(fields.map(({ name }) => name))('is not when %s is an expression', (name) => {
		const data = { useAdvanced: true, [name]: '={{ $json.value }}' };
		expect(isSameForEveryItem(stored(properties, data))).toBe(false);
	});

	it.each(fields.filter(({ type }) => type === 'json').map(({ name }) => name))(
		'is not when a text inside %s is an expression, however it is written',
		(name) => {
			for (const value of [
				'{ "a": { "b": ["={{ $json.value }}"] } }',
				'{ "a": "\\u003d{{ $json.value }}" }',
				'{ "a": "\\u003D{{ $json.value }}" }',
				'{ "={{ $json.value }}": 1 }',
				{ a: '={{ $json.value }}' },
			]) {
				const data = { useAdvanced: true, [name]: value };
				expect(isSameForEveryItem(stored(properties, data))).toBe(false);
			}
		},
	);

	it('is not because somebody stored that it is', () => {
		const data = { sameForEveryItem: true, [fields[0]?.name ?? '']: '={{ $json.value }}' };
		expect(isSameForEveryItem(stored(properties, data))).toBe(false);
	});
});

it('a list of bindings counts as different for each item', () => {
	const { properties } = new JwtSignApi();
	const row = { target: 'payload', name: 'uri', value: '={{ $json.value }}' };
	const data = { useAdvanced: true, requestBinding: { bindings: [row] } };
	expect(isSameForEveryItem(stored(properties, data))).toBe(false);
});

it.each<[string, NodeParameterValueType]>([
	['a text', 'methodHostPath'],
	['an expression', '={{ $json.bindings }}'],
	['a list', [{ target: 'payload', name: 'uri', value: 'url' }]],
	['rows', { bindings: [{ name: 'uri' }] }],
])('Request Binding arrives as it is stored, so that it can be refused: %s', (_what, value) => {
	const { properties } = new JwtSignApi();
	const data = { useAdvanced: true, requestBinding: value };
	expect(stored(properties, data).requestBinding).toEqual(value);
	expect(stored(properties, { ...data, useAdvanced: false })).not.toHaveProperty('requestBinding');
});
