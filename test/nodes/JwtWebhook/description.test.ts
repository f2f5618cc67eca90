import type { INodeProperties } from 'n8n-workflow';
import { resolveWebhookDescriptionField, type INode } from 'n8n-workflow';
import { JwtVerify } from '../../../nodes/JwtVerify/JwtVerify.node';
import { JwtWebhook } from '../../../nodes/JwtWebhook/JwtWebhook.node';

const { properties, webhooks = [], outputs } = new JwtWebhook().description;

/** Computes an expression of a description as the editor does. */
function compute(expression: unknown, $parameter: object): unknown {
	const text = /^=\{\{(.*)\}\}$/s.exec(String(expression))?.[1] ?? '';
	return new Function('$parameter', `return (${text})`)($parameter) as unknown;
}

const options = (fields: INodeProperties[]): INodeProperties[] =>
	(fields.find(({ name }) => name === 'options')?.options ?? []) as INodeProperties[];

describe('the form', () => {
	const verify = new JwtVerify().description.properties.filter(
		({ displayOptions }) =>
			(displayOptions?.show?.operation as string[] | undefined)?.includes('verify') === true,
	);

	it('has every field of JWT Verify under the same name, but those about its items', () => {
		const names = (fields: INodeProperties[]) => fields.map(({ name }) => name);
		expect(names(properties)).toEqual(expect.arrayContaining(names(verify)));
		const aboutItems = ['includeInputFields', 'onInvalid'];
		const wanted = names(options(verify)).filter((name) => !aboutItems.includes(name));
		expect(names(options(properties))).toEqual(expect.arrayContaining(wanted));
		expect(wanted.length).toBeGreaterThan(5);
		expect(names(options(properties))).not.toEqual(expect.arrayContaining(aboutItems));
	});

	it('depends on no operation, which it has not', () => {
		expect(JSON.stringify(properties)).not.toContain('"operation"');
	});

	it('has options in the order of their names, none twice where both are shown', () => {
		const names = options(properties).map(({ displayName }) => displayName);
		expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other, 'en')));
		expect(new Set(names).size).toBe(names.length);
	});
});

describe('what n8n asks at every call', () => {
	const base = { httpMethod: 'GET', path: 'x', responseMode: 'onReceived', options: {} };
	const forms: Array<[string, object]> = [
		['the defaults', base],
		['several methods', { ...base, httpMethod: ['GET', 'POST'] }],
		['the last node', { ...base, responseMode: 'lastNode', responseData: 'allEntries' }],
		['a text', { ...base, options: { responseData: 'success', responseCode: 202 } }],
		['no body', { ...base, options: { noResponseBody: true, responseData: 'success' } }],
		['metadata', { ...base, options: { publishMetadata: true } }],
	];

	it.each(forms)('is answered alike as a function and as an expression: %s', (_what, form) => {
		const node = { parameters: form } as unknown as INode;
		for (const webhook of webhooks) {
			const expressions = Object.entries(webhook).filter(([, text]) => /^=/.test(String(text)));
			expect(expressions.length).toBeGreaterThan(1);
			for (const [field, text] of expressions) {
				const native = resolveWebhookDescriptionField(node, webhook, field);
				expect(native).toEqual({ resolved: true, value: compute(text, form) });
			}
		}
	});

	it('registers the address of the metadata only where they are published', () => {
		const methodFor = (form: object) => compute(webhooks[1]?.httpMethod, form);
		expect(forms.map(([, form]) => methodFor(form))).toEqual(['', '', '', '', '', 'GET']);
	});
});

describe('the outputs', () => {
	const names = (form: object) =>
		(compute(outputs, form) as Array<{ displayName: string }>).map((output) => output.displayName);

	it.each<[object, string[]]>([
		[{ httpMethod: 'GET', options: {} }, ['GET']],
		[{ httpMethod: ['GET', 'POST'], options: {} }, ['GET', 'POST']],
		[{ httpMethod: 'GET', options: { refusedPerMinute: 10 } }, ['GET', 'Refused']],
		[{ httpMethod: 'GET', options: { refusedPerMinute: 0 } }, ['GET']],
		[{ httpMethod: 'GET' }, ['GET']],
		[{ httpMethod: 'GET', responseMode: 'streaming', options: { refusedPerMinute: 1 } }, ['GET']],
	])('are one for each method, and one for refused calls: %j', (form, expected) => {
		expect(names(form)).toEqual(expected);
	});
});
