import { assertExpressionsInPlace } from '../../../core/settings/expressionsInPlace';
import { expectCode } from '../support/expectCode';

const FIELDS = [
	['payload', 'Payload'],
	['headerParameters', 'Header Parameters'],
	['additionalHeaders', 'Additional Headers'],
	['bodyParameters', 'Additional Body Parameters'],
	['exchangeHeaders', 'Exchange Headers'],
	['metadata', 'Metadata'],
] as const;
const UNMARKED = '{ "a": "{{ $json.user }}" }';
const NESTED = '{ "a": { "role": "=x" } }';
const refusal = (data: Record<string, unknown>) =>
	expectCode('EXPRESSION_UNRESOLVED', () => assertExpressionsInPlace(data));
const passes = (data: Record<string, unknown>) =>
	expect(() => assertExpressionsInPlace(data)).not.toThrow();

describe.each(FIELDS)('%s', (name, label) => {
	it('is refused where it holds an expression as plain text', () => {
		expect(refusal({ [name]: UNMARKED }).message).toBe(
			`a in ${label} holds {{ … }} as plain text, which is not computed.`,
		);
	});

	it('is refused where it is an expression as a whole with others inside', () => {
		const error = refusal({ [name]: NESTED, expressionsMarked: true });
		expect(error.message).toContain(`${label} is an expression as a whole`);
		expect(error.hint).toContain(`Switch ${label} from Expression to Fixed`);
		expect(error.hint).toContain('"role": "={{ $json.user }}"');
	});

	it('is fine where n8n vouches for both', () => {
		for (const value of [UNMARKED, NESTED]) {
			passes({ [name]: value, expressionsMarked: true, expressionsApart: true });
		}
	});

	it('is fine as an object, which nobody wrote in the form', () => {
		passes({ [name]: { a: '{{ $json.user }}' } });
		passes({ [name]: { a: '=x' }, expressionsMarked: true });
	});

	it.each(['', 'no JSON {{ x }}', '{ "a": "b" }', '{ "a": "={{ x }}" }'])(
		'is fine as %j',
		(value) => {
			passes({ [name]: value });
			passes({ [name]: value, expressionsMarked: true });
		},
	);
});

describe('what n8n vouches for', () => {
	it('is true and nothing that looks like it', () => {
		refusal({ payload: UNMARKED, expressionsMarked: 'true', expressionsApart: true });
		refusal({ payload: NESTED, expressionsMarked: true, expressionsApart: 'true' });
		refusal({ payload: UNMARKED, expressionsApart: true });
	});

	it('is data with braces where the expressions are marked', () => {
		passes({ payload: UNMARKED, expressionsMarked: true });
	});
});

describe('Key ID', () => {
	it('is refused as plain text with an expression in it, by its own hint', () => {
		const error = refusal({ keyId: '{{ $json.keyId }}' });
		expect(error.message).toBe('Key ID holds {{ … }} as plain text, which is not computed.');
		expect(error.hint).toBe('Switch Key ID to Expression; it is then stored as ={{ $json.keyId }}');
	});

	it('is data where the expressions are marked', () => {
		passes({ keyId: '{{ $json.keyId }}', expressionsMarked: true });
		passes({ keyId: 'key-1' });
		passes({});
	});
});
