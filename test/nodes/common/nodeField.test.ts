import { NOT_THERE } from '../../../core/settings/fieldValue';
import type { FormContext } from '../../../nodes/common/formContext';
import { readField, writtenField } from '../../../nodes/common/nodeField';
import { JwtHttpRequest } from '../../../nodes/JwtHttpRequest/JwtHttpRequest.node';
import { JwtSign } from '../../../nodes/JwtSign/JwtSign.node';
import { JwtVerify } from '../../../nodes/JwtVerify/JwtVerify.node';
import { JwtWebhook } from '../../../nodes/JwtWebhook/JwtWebhook.node';

type Ask = FormContext['getNodeParameter'];

/** A run of a node whose fields are written so; counts what n8n is asked to read, by item. */
function runOf(written: Record<string, unknown>) {
	const asked: Array<[name: string, itemIndex: number]> = [];
	const getNodeParameter: Ask = (name, itemIndex, fallback, options) => {
		const text = Object.hasOwn(written, name) ? written[name] : fallback;
		if (options?.rawExpressions) return text;
		asked.push([name, itemIndex]);
		return typeof text === 'string' && text.startsWith('=') ? `item ${itemIndex}` : text;
	};
	return { context: { getNodeParameter } as FormContext, asked };
}

const readTwice = (context: FormContext, name: string) =>
	[0, 1].map((itemIndex) => readField(context, itemIndex, name));

it.each<[string, unknown]>([
	['a text', 'sign'],
	['a text with an expression that nobody marked', 'a {{ $json.x }}'],
	['nothing', null],
	['a switch', false],
	['a group', { includeInputFields: false, rows: [{ value: 'a = b' }] }],
])('%s is asked for once in a run', (_what, value) => {
	const { context, asked } = runOf({ field: value });
	expect(readTwice(context, 'field')).toEqual([value, value]);
	expect(asked).toEqual([['field', 0]]);
});

it.each<[string, unknown]>([
	['an expression', '={{ $json.user }}'],
	['one within a group', { rows: [{ value: '={{ $json.user }}' }] }],
])('%s is asked for item by item', (_what, value) => {
	const { context, asked } = runOf({ field: value });
	readTwice(context, 'field');
	expect(asked).toEqual([
		['field', 0],
		['field', 1],
	]);
});

it('gives what an expression gives for the item', () => {
	const { context } = runOf({ field: '={{ $json.user }}' });
	expect(readTwice(context, 'field')).toEqual(['item 0', 'item 1']);
});

it('gives each reader a group of its own', () => {
	const { context } = runOf({ field: { list: ['a'] } });
	const first = readField(context, 0, 'field') as { list: string[] };
	first.list.push('b');
	expect(readField(context, 1, 'field')).toEqual({ list: ['a'] });
});

it('gives NOT_THERE for a field that is not there, without asking for it', () => {
	const { context, asked } = runOf({});
	expect(readTwice(context, 'field')).toEqual([NOT_THERE, NOT_THERE]);
	expect(writtenField(context, 0, 'field')).toBe(NOT_THERE);
	expect(asked).toEqual([]);
});

it('keeps nothing for another run', () => {
	const [one, other] = [runOf({ field: 'a' }), runOf({ field: 'b' })];
	expect(readField(one.context, 0, 'field')).toBe('a');
	expect(readField(other.context, 0, 'field')).toBe('b');
});

it('asks again for the next item where n8n cannot read a field', () => {
	const asked: number[] = [];
	const getNodeParameter: Ask = (_name, itemIndex, _fallback, options) => {
		if (options?.rawExpressions) return 'text';
		asked.push(itemIndex);
		throw new Error(`Not now, item ${itemIndex}`);
	};
	const context = { getNodeParameter } as FormContext;
	for (const itemIndex of [0, 1]) {
		expect(() => readField(context, itemIndex, 'field')).toThrow(`Not now, item ${itemIndex}`);
	}
	expect(asked).toEqual([0, 1]);
});

it('gives what is written as it is, expressions included', () => {
	const { context, asked } = runOf({ field: '={{ $json.user }}' });
	expect(writtenField(context, 0, 'field')).toBe('={{ $json.user }}');
	expect(asked).toEqual([]);
});

it('may skip what n8n checks of fields with types of their own, for no node has one', () => {
	for (const node of [new JwtHttpRequest(), new JwtSign(), new JwtVerify(), new JwtWebhook()]) {
		const fields = JSON.stringify(node.description.properties);
		expect(fields).toContain('"type":"collection"');
		expect(fields).not.toMatch(/"validateType"|"type":"resourceMapper"/);
	}
});
