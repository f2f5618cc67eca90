import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { freezeRequest } from '../../../core/request/outgoingRequest';
import {
	BODY_VALUES,
	OTHER_VALUES,
	URL_VALUES,
	type BindOptions,
	type BoundRequest,
	type BoundValue,
} from '../../../core/sign/requestBindingValues';
import {
	bindRequest,
	boundParts,
	prepareRequest,
	type RequestBinding,
} from '../../../core/sign/requestBinding';
import { expectCode, onlyJwtAuthErrors } from '../support/expectCode';

const options: BindOptions = {
	now: new Date(1_750_000_000_123),
	publicKeyFingerprint: () => 'SHA256:abc=',
};
const BOUND_VALUES = Object.keys({
	...URL_VALUES,
	...BODY_VALUES,
	...OTHER_VALUES,
}) as BoundValue[];
const frozen = freezeRequest({
	method: 'post',
	url: "https://user:pw@API.example.com:8443/v1/a b/it's?x=1",
	qs: { list: [1] },
	body: { b: 'é', a: 1 },
});
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8');
const row = (
	value: string,
	name = 'claim',
	target: RequestBinding['target'] = 'payload',
): RequestBinding => ({ target, name, value: value as RequestBinding['value'] });
const bindOne = (value: string, request: BoundRequest = frozen) =>
	bindRequest([row(value)], request, options).payload.claim;

describe('bindRequest: values', () => {
	it.each([
		['method', 'POST'],
		['host', 'api.example.com:8443'],
		['path', "/v1/a%20b/it's"],
		['pathQuery', "/v1/a%20b/it's?x=1&list%5B0%5D=1"],
		['url', "https://api.example.com:8443/v1/a%20b/it's?x=1&list%5B0%5D=1"],
		['methodHostPath', "POST api.example.com:8443/v1/a%20b/it's"],
		['bodySha256Hex', sha256('{"b":"é","a":1}').digest('hex')],
		['bodySha256HexSorted', sha256('{"a":1,"b":"é"}').digest('hex')],
		['bodySha256Base64url', sha256('{"b":"é","a":1}').digest('base64url')],
		['unixMs', 1_750_000_000_123],
		['publicKeyFingerprint', 'SHA256:abc='],
	])('%s', (value, expected) => {
		expect(bindOne(value)).toBe(expected);
	});

	it('covers every value', () => {
		for (const value of BOUND_VALUES) expect(bindOne(value)).toBeDefined();
	});

	it('leaves the default port and a bare question mark out', () => {
		const request = freezeRequest({ url: 'https://api.coinbase.com:443/api/v3/accounts?' });
		expect(bindOne('methodHostPath', request)).toBe('GET api.coinbase.com/api/v3/accounts');
		expect(bindOne('pathQuery', request)).toBe('/api/v3/accounts');
	});

	it('hashes no body as no bytes, and leaves the sorted hash out', () => {
		const request = freezeRequest({ url: 'https://api.example.com/' });
		expect(bindOne('bodySha256Hex', request)).toBe(sha256('').digest('hex'));
		expect(bindOne('bodySha256HexSorted', request)).toBeUndefined();
	});

	it('refuses a hash of unknown bytes and a sorted hash of text', () => {
		const unknown = freezeRequest({ url: 'https://api.example.com/' }, { body: false });
		expectCode('REQUEST_BODY_UNBINDABLE', () => bindOne('bodySha256Hex', unknown));
		const headers = { 'content-type': 'text/plain' };
		const url = 'https://api.example.com/';
		const text = freezeRequest({ method: 'POST', url, headers, body: 'x' });
		expectCode('REQUEST_BODY_UNBINDABLE', () => bindOne('bodySha256HexSorted', text));
	});

	it('makes a new nonce of 16 bytes and a new UUID for every token', () => {
		expect(bindOne('nonceHex')).toMatch(/^[\da-f]{32}$/);
		expect(bindOne('nonceHex')).not.toBe(bindOne('nonceHex'));
		expect(bindOne('uuid')).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/);
		expect(bindOne('uuid')).not.toBe(bindOne('uuid'));
	});
});

describe('bindRequest: targets', () => {
	it('makes the parameters of Coinbase', () => {
		const url = 'https://api.cdp.coinbase.com/platform/v2/evm/accounts';
		const bindings = [row('methodHostPath', 'uris[]'), row('nonceHex', 'nonce', 'header')];
		expect(bindRequest(bindings, freezeRequest({ url, qs: { a: 1 } }), options)).toEqual({
			payload: { uris: ['GET api.cdp.coinbase.com/platform/v2/evm/accounts'] },
			header: { nonce: expect.stringMatching(/^[\da-f]{32}$/) },
		});
	});

	it('fixes only what the rows take something from', () => {
		const request = { uri: 'https://api.example.com/', method: 'POST', qs: { a: 1 }, formData: {} };
		const untouched = prepareRequest([row('uuid'), row('unixMs')], request);
		expect(untouched.request).toBe(request);
		expect(untouched.url.search).toBe('?a=1');
		const fixed = prepareRequest([row('host')], request);
		expect(fixed.request).toMatchObject({ uri: 'https://api.example.com/?a=1', formData: {} });
		for (const hash of ['bodySha256Hex', 'bodySha256HexSorted', 'bodySha256Base64url']) {
			expectCode('REQUEST_BODY_UNBINDABLE', () => prepareRequest([row(hash)], request));
		}
	});

	it('takes values of the URL and of the body where one row of several wants them', () => {
		expect(boundParts([row('uuid'), row('host')])).toEqual({ url: true, body: false });
		expect(boundParts([row('bodySha256Hex'), row('uuid')])).toEqual({ url: false, body: true });
		expect(boundParts([])).toEqual({ url: false, body: false });
	});

	it('leaves out what the request does not have', () => {
		const request = freezeRequest({ url: 'https://api.example.com/' });
		const { payload } = bindRequest([row('bodySha256HexSorted', 'hash')], request, options);
		expect(payload).not.toHaveProperty('hash');
	});

	it('takes names of up to 128 characters, without the blanks before the brackets of a list', () => {
		const name = 'x'.repeat(128);
		const bindings = [row('method', name), row('method', ' verbs [] ')];
		expect(bindRequest(bindings, frozen, options).payload).toEqual({
			[name]: 'POST',
			verbs: ['POST'],
		});
	});

	it.each([
		[row('uuid', 'a', 'query' as 'header'), 'neither Payload nor Header as its target'],
		[
			{ ...row('uuid'), name: undefined as unknown as string },
			'A row of Request Binding has no name.',
		],
		[row('uuid', 'a[0].b'), 'The name "a[0].b" in Request Binding has brackets'],
		[row('uuid', 'x'.repeat(129)), 'longer than 128 characters'],
		[row('unixMs', 'exp'), 'The claim exp cannot be taken from the request.'],
		[row('uuid', 'alg', 'header'), 'The header parameter alg cannot be taken from the request.'],
	])('says what is wrong with %j', (binding, words) => {
		const { message } = expectCode('REQUEST_BINDING_INVALID', () =>
			bindRequest([binding], frozen, options),
		);
		expect(message).toContain(words);
	});

	it('says which name is there twice', () => {
		const { message } = expectCode('REQUEST_BINDING_INVALID', () =>
			bindRequest([row('uuid', 'a'), row('path', 'a')], frozen, options),
		);
		expect(message).toBe('Request Binding sets the name a twice in the payload.');
	});

	it.each([
		[row('uuid', '')],
		[row('uuid', '  [] ')],
		[row('uuid', '__proto__')],
		[row('uuid', 'x'.repeat(129))],
		[row('uuid', 'alg', 'header')],
		[row('uuid', 'crit[]', 'header')],
		[row('uuid', 'b64', 'header')],
		[row('unixMs', 'exp')],
		[row('unixMs', ' iat ')],
		[row('uuid', 'signed_headers[0].digest')],
		[row('uuid', 'a[]b')],
		[row('uuid', 'a[][]')],
		[row('nothing')],
		[row('uuid', 'a', 'query' as 'header')],
		[row('uuid', 'a'), row('path', 'a')],
		[row('uuid', 'a'), row('path', ' a[]')],
	])('refuses %j', (...bindings) => {
		expectCode('REQUEST_BINDING_INVALID', () => bindRequest(bindings, frozen, options));
	});

	it('allows the same name once in each target', () => {
		expect(bindRequest([row('method', 'a'), row('path', 'a', 'header')], frozen, options)).toEqual({
			payload: { a: 'POST' },
			header: { a: "/v1/a%20b/it's" },
		});
	});

	it('refuses the fingerprint of a secret', () => {
		expectCode('REQUEST_BINDING_INVALID', () =>
			bindRequest([row('publicKeyFingerprint')], frozen, { now: options.now }),
		);
	});

	it('takes any name, and throws nothing but JwtAuthError', () => {
		const name = fc.oneof(
			fc.string(),
			fc.constantFrom('__proto__', 'constructor', 'toString', 'alg', 'exp', '[]', 'a[]'),
		);
		const binding = fc.record({
			target: fc.constantFrom('payload' as const, 'header' as const),
			name,
			value: fc.constantFrom(...BOUND_VALUES),
		});
		fc.assert(
			fc.property(fc.array(binding, { maxLength: 4 }), (bindings) => {
				const bound = onlyJwtAuthErrors(() => bindRequest(bindings, frozen, options));
				expect(Object.keys(Object.prototype)).toEqual([]);
				if (!bound) return;
				const names = [...Object.keys(bound.payload), ...Object.keys(bound.header)];
				expect(names).toHaveLength(bindings.length);
				expect(Object.keys(bound.header)).not.toContain('alg');
			}),
			{ numRuns: 10_000 },
		);
	});
});

describe('bindRequest: data in the request cannot leave its value', () => {
	it('keeps quotes, backslashes and braces of URL and body where they are', () => {
		const hostile = '","admin":true,"x":"\\"}}{{ $json }}';
		const request = freezeRequest({
			method: 'POST',
			url: `https://api.example.com/${hostile}`,
			qs: { q: hostile },
			body: { text: hostile },
		});
		const { payload } = bindRequest(
			[row('pathQuery', 'uri'), row('bodySha256Hex', 'bodyHash')],
			request,
			options,
		);
		expect(Object.keys(payload)).toEqual(['uri', 'bodyHash']);
		const received = new URL(`https://api.example.com${String(payload.uri)}`);
		expect(received.searchParams.get('q')).toBe(hostile);
		expect(payload.bodyHash).toBe(sha256(JSON.stringify({ text: hostile })).digest('hex'));
	});
});
