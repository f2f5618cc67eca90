import type { IExecuteFunctions } from 'n8n-workflow';
import { readJsonField, refuseUnmarkedFields } from '../../../nodes/common/jsonField';
import { NOT_THERE } from '../../../core/settings/fieldValue';
import { expectCode } from '../../core/support/expectCode';
import { standIn } from '../support/standIn';

/** What the item holds under the names the expressions below ask for. */
type Item = Record<string, unknown>;

/** `{{ $json.name }}` alone, as n8n computes it: the value itself, whatever its type. */
const valueOf = (expression: string, item: Item) => {
	const [, name = ''] = /^\{\{ \$json\.(\w+) \}\}$/.exec(expression) ?? [];
	return item[name];
};

/** A node whose field holds a text, as n8n's context gives it. */
function n8n(written: unknown, item: Item = {}) {
	const resolved =
		typeof written === 'string' && written.startsWith('=')
			? written
					.slice(1)
					.replace(/\{\{ \$json\.(\w+) \}\}/g, (_all, name: string) => String(item[name]))
			: written;
	return {
		getNodeParameter: (
			_name: string,
			_itemIndex: number,
			_fallback: unknown,
			options?: { rawExpressions?: boolean },
		) => (options?.rawExpressions ? written : resolved),
		evaluateExpression: (expression: string) => valueOf(expression, item),
	} as unknown as IExecuteFunctions;
}

const FIELD = { name: 'claimsJson', label: 'Claims (JSON)' };
const read = (written: unknown, item?: Item, field: Partial<typeof FIELD> = {}) =>
	readJsonField(n8n(written, item), 0, { ...FIELD, ...field });

it('computes each marked value by itself, at any depth, with its type', () => {
	const text = '{ "sub": "={{ $json.user }}", "a": [{ "b": "={{ $json.list }}" }], "c": 1 }';
	const item = { user: 'x","admin":"true', list: [1, null, { d: true }] };
	expect(read(text, item)).toEqual({
		sub: 'x","admin":"true',
		a: [{ b: [1, null, { d: true }] }],
		c: 1,
	});
});

it('never computes what data brings, neither in a value nor in a field that is an expression', () => {
	const data = { user: '={{ $json.secret }}', secret: 's3cret' };
	expect(read('{ "sub": "={{ $json.user }}" }', data)).toEqual({ sub: '={{ $json.secret }}' });
	expect(read('={ "sub": "{{ $json.user }}" }', data)).toBe('{ "sub": "={{ $json.secret }}" }');
});

it('leaves a text alone in which nothing is to be computed, whatever it is', () => {
	for (const text of ['{ "sum": "=SUM(A1)", "big": 12345678901234567890 }', 'no JSON', '', '{{']) {
		expect(text.includes('}}')).toBe(false);
		if (text !== '{{') expect(read(text)).toBe(text);
	}
	expect(read('{ "a": {"b": {"c": {}}} }')).toBe('{ "a": {"b": {"c": {}}} }');
	expect(read(null)).toBeNull();
});

it('gives a text that is the whole JSON as JSON, so that data in it stays a text', () => {
	expect(read('"={{ $json.user }}"', { user: '{"admin":true}' })).toBe('"{\\"admin\\":true}"');
});

it('refuses an expression as plain text and shows the form that works', () => {
	for (const text of ['{ "sub": "{{ $json.user }}" }', '{ "sub": ["u-{{ $json.user }}"] }']) {
		const error = expectCode('EXPRESSION_UNRESOLVED', () => read(text, { user: 'alice' }));
		expect(error.message).toBe(
			'sub in Claims (JSON) holds {{ … }} as plain text, which is not computed.',
		);
		expect(error.hint).toContain('"sub": "={{ $json.user }}"');
	}
	expectCode('EXPRESSION_UNRESOLVED', () => read('{ "{{ $json.user }}": 1 }'));
});

it('refuses an expression within an expression: data could add members', () => {
	const error = expectCode('EXPRESSION_UNRESOLVED', () =>
		read('={ "iss": "n8n", "sub": "={{ $json.user }}" }', { user: 'x","admin":"true' }),
	);
	expect(error.hint).toContain('Switch Claims (JSON) from Expression to Fixed');
	expect(read('={{ $json.user }}', { user: 'text' })).toBe('text');
});

it('refuses a value whose expression finds nothing where the field says so, else leaves it out', () => {
	const text = '{ "sub": "={{ $json.missing }}", "a": 1 }';
	for (const item of [{}, { missing: null }]) {
		const nothingFound = { nothingFound: 'CLAIM_INVALID' } as const;
		const error = expectCode('CLAIM_INVALID', () =>
			readJsonField(n8n(text, item), 0, { ...FIELD, ...nothingFound }),
		);
		expect(error.message).toContain('The expression of sub in Claims (JSON) finds nothing');
	}
	expect(JSON.stringify(read(text))).toBe('{"a":1}');
});

it('refuses JSON that is not strict before anything is computed', () => {
	expectCode('JSON_DUPLICATE_MEMBER', () => read('{ "a": 1, "a": "={{ $json.user }}" }'));
	const { hint } = expectCode('JSON_MALFORMED', () => read('{ "a": {{ $json.user }} }'));
	expect(hint).toContain('"sub": "={{ $json.user }}"');
	expectCode('JSON_NUMBER_TOO_LARGE', () => read('{ "a": 9007199254740993, "b": "={{ 1 }}" }'));
	expectCode('JSON_MEMBER_FORBIDDEN', () => read('{ "__proto__": "={{ 1 }}" }'));
});

it('refuses an expression as plain text in the fields of a collection', () => {
	const label = (name: string) => name.toUpperCase();
	const check = (written: unknown) => () => refuseUnmarkedFields(n8n(written), 0, 'claims', label);
	const error = expectCode('EXPRESSION_UNRESOLVED', check({ subject: '{{ $json.user }}' }));
	expect(error.message).toBe('SUBJECT holds {{ … }} as plain text, which is not computed.');
	expect(error.hint).toBe('Switch SUBJECT to Expression, as in ={{ $json.user }}');
	expectCode('EXPRESSION_UNRESOLVED', check({ custom: { claim: [{ value: '{{ 1 }}' }] } }));
	expect(check({ subject: '={{ $json.user }}', audience: ['a', '={{ 1 }}'] })).not.toThrow();
	expect(check(null)).not.toThrow();
});

it('gives NOT_THERE for a field that is not there', () => {
	expect(readJsonField(standIn({}).context, 0, FIELD)).toBe(NOT_THERE);
});
