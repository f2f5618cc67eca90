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
const MARKED = '{ "a": { "role": "=x{{ $json.user }}" } }';
/** What n8n makes of an expression as a whole with others inside. */
const NESTED = '{ "a": { "role": "=x" } }';
const refusal = (data: Record<string, unknown>) =>
	expectCode('EXPRESSION_UNRESOLVED', () => assertExpressionsInPlace(data));
const passes = (data: Record<string, unknown>) =>
	expect(() => assertExpressionsInPlace(data)).not.toThrow();

describe.each(FIELDS)('%s', (name, label) => {
	const stored = `${name}Stored`;

	it('is refused where an expression is stored as plain text', () => {
		expect(refusal({ [name]: UNMARKED, [stored]: UNMARKED }).message).toBe(
			`a in ${label} holds {{ … }} as plain text, which is not computed.`,
		);
	});

	it('is refused where it is an expression as a whole with others inside', () => {
		const error = refusal({ [name]: NESTED });
		expect(error.message).toContain(`${label} is an expression as a whole`);
		expect(error.hint).toContain(`Switch ${label} from Expression to Fixed`);
		expect(error.hint).toContain('"role": "={{ $json.user }}"');
	});

	it('may hold braces and begin with "=" in what expressions gave', () => {
		for (const value of [UNMARKED, NESTED]) {
			passes({ [name]: value, [stored]: MARKED });
			passes({ [name]: value, expressionsApart: true });
		}
	});

	it('is fine as an object or a list, which nobody wrote in the form', () => {
		passes({ [name]: { a: '{{ $json.user }}' } });
		passes({ [name]: { a: '=x' } });
		passes({ [name]: [NESTED] });
	});

	it.each(['', 'no JSON {{ x }}', '{ "a": "b" }', '{ "a": "={{ x }}" }'])(
		'is fine as %j, which others refuse or compute',
		(value) => {
			passes({ [name]: value, [stored]: JSON.stringify(value) });
			passes({ [name]: value });
		},
	);

	it('passes when n8n hands over what is no JSON', () => {
		for (const odd of ['', '{', 5, null, ['{{ x }}']]) passes({ [name]: '{}', [stored]: odd });
	});
});

describe('what n8n vouches for', () => {
	it('is true and nothing that looks like it', () => {
		refusal({ payload: NESTED, expressionsApart: 'true' });
	});
});

describe('Key ID', () => {
	it('is refused as plain text with an expression in it, by its own hint', () => {
		const error = refusal({ keyIdStored: '"{{ $json.keyId }}"' });
		expect(error.message).toBe('Key ID holds {{ … }} as plain text, which is not computed.');
		expect(error.hint).toBe('Switch Key ID to Expression; it is then stored as ={{ $json.keyId }}');
	});

	it('is data where an expression gave it', () => {
		passes({ keyId: '{{ $json.keyId }}' });
		passes({ keyId: 'key-1', keyIdStored: '"key-1"' });
		passes({});
	});
});
