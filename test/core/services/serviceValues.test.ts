import { createPublicKey } from 'node:crypto';
import { choice, key, only, text, toggle } from '../../../core/services/fields';
import {
	algorithmFor,
	idOrFromFile,
	missingInFile,
	readKeyFile,
	readServiceUrl,
	readServiceValues,
} from '../../../core/services/serviceValues';
import { expectCode } from '../support/expectCode';
import { ec, pem, rsa } from '../support/keyFixtures';

const form = {
	fields: [
		text('id', 'Client ID', 'of it', { required: true }),
		choice('kind', 'Kind', 'of it', { a: 'A', b: 'B' }),
		...only('kind', 'b', [text('user', 'User', 'of it', { required: true, perItem: true })]),
		text('scopes', 'Scopes', 'of it', { default: 'read' }),
	],
};

describe('the values of a form', () => {
	it('are texts without blanks around them; what is not filled in gets its default', () => {
		expect(readServiceValues(form, { id: ' 7 ' })).toEqual({
			id: '7',
			kind: 'a',
			user: '',
			scopes: 'read',
		});
	});

	it('of fields that are not shown do not count', () => {
		expect(readServiceValues(form, { id: '7', user: 'x' }).user).toBe('');
		expect(readServiceValues(form, { id: '7', kind: 'b', user: 'x' }).user).toBe('x');
	});

	it.each([
		['Client ID', {}, /Client ID/],
		['Client ID', { id: '  ' }, /Client ID/],
		['User', { id: '7', kind: 'b', user: '' }, /cannot be tested here/],
		['Kind', { id: '7', kind: 'c' }, /./],
		['Client ID', { id: undefined }, /./],
		['Client ID', { id: { a: 1 } }, /./],
	])('are refused by the label %s: %j', (label, data, hint) => {
		const read = () => readServiceValues(form, data);
		const error = expectCode('FIELD_INVALID', read);
		expect(error.message).toContain(label);
		expect(error.hint).toMatch(hint);
	});

	it('of a switch are texts too, and nothing else is taken for one', () => {
		const fields = [toggle('bound', 'Bound', 'Whether it is')];
		expect(readServiceValues({ fields }, {})).toEqual({ bound: 'false' });
		expect(readServiceValues({ fields }, { bound: true })).toEqual({ bound: 'true' });
		expectCode('FIELD_INVALID', () => readServiceValues({ fields }, { bound: 'yes' }));
	});

	it('hold no expression as plain text', () => {
		const read = () => readServiceValues(form, { id: '{{ $json.id }}' });
		const { message, hint } = expectCode('EXPRESSION_UNRESOLVED', read);
		expect(message).toContain('Client ID');
		expect(hint).toContain('Switch Client ID to Expression');
	});
});

describe('a key file', () => {
	it('is read as it was downloaded, and as an environment file mangles it', () => {
		expect(readKeyFile('{ "id": "1" }', 'Key', ['id']).id).toBe('1');
		expect(readKeyFile('{\\"id\\": \\"1\\"}', 'Key', ['id']).id).toBe('1');
	});

	it('of another kind is refused without a word of it', () => {
		const secretText = 'super-secret-value';
		for (const pasted of [secretText, `["${secretText}"]`, `{ "key": "${secretText}" }`]) {
			const read = () => readKeyFile(pasted, 'App Settings', ['id']);
			const error = expectCode('KEY_JSON_UNKNOWN', read);
			expect(error.message).toContain('App Settings');
			expect(error.message + error.hint).not.toContain(secretText);
		}
		expect(missingInFile('Key File', ['a', 'b']).message).toBe('Key File has no a, no b in it.');
	});
});

describe('an address', () => {
	it.each([
		['acme.okta.com', 'https://acme.okta.com'],
		['https://acme.example.com/', 'https://acme.example.com'],
		['https://git.example.com/api/v3', 'https://git.example.com/api/v3'],
		['http://localhost:8080/', 'http://localhost:8080'],
	])('%s', (typed, read) => {
		expect(readServiceUrl(typed, 'Domain')).toBe(read);
	});

	it.each(['http://acme.example.com', 'https://a:b@acme.example.com', 'acme.com?x=1', ':', 'a b'])(
		'is not %s',
		(typed) => {
			const error = expectCode('URL_INVALID', () => readServiceUrl(typed, 'Domain'));
			expect(error.message).toContain('Domain');
		},
	);
});

it('an algorithm is found that a key is for', () => {
	const jwk = JSON.stringify(ec.export({ format: 'jwk' }));
	expect(algorithmFor(pem(rsa, 'pkcs8'), ['RS256', 'ES256'])).toBe('RS256');
	expect(algorithmFor(jwk, ['RS256', 'ES256'])).toBe('ES256');
	expect(algorithmFor(String(createPublicKey(rsa)), ['RS256', 'ES256'])).toBe('RS256');
});

it('a field for a key may hold braces', () => {
	const fields = [key('file', 'Key File', 'of it')];
	expect(readServiceValues({ fields }, { file: '{ "a": "{{ b }}" }' }).file).toContain('{{');
});

describe('an ID that may stand in the key file', () => {
	const idOf = (id: string, file: string) =>
		idOrFromFile({ value: id, label: 'Key ID' }, { value: file, label: 'Key File', member: 'id' });

	it('is the one typed, or else that of the file', () => {
		expect(idOf('typed', '{ "id": "filed" }')).toBe('typed');
		expect(idOf('', '{ "id": "filed" }')).toBe('filed');
	});

	it.each([
		[pem(ec, 'pkcs8'), 'FIELD_INVALID', /^Fill in Key ID, or .* Key File\.$/],
		['{ "name": "x" }', 'KEY_JSON_UNKNOWN', /Key File/],
	])('that is nowhere is asked for', (file, code, hint) => {
		const find = () => idOf('', file);
		expect(find).toThrow(expect.objectContaining({ code }) as Error);
		expect(find).toThrow(
			expect.objectContaining({ hint: expect.stringMatching(hint) as string }) as Error,
		);
	});
});
