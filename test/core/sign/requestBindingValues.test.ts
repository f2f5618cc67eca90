import { createHash } from 'node:crypto';
import {
	BODY_VALUES,
	boundValue,
	isIn,
	OTHER_VALUES,
	requestBindingError,
	URL_VALUES,
	type BoundValue,
} from '../../../core/sign/requestBindingValues';
import { expectCode } from '../support/expectCode';

const url = new URL('https://me:pass@API.example.com:8443/v1/a b?x=1&y=%20#part');
const body = Buffer.from('{"b":1,"a":{"d":2,"c":3}}');
const request = { method: 'PUT', url, bodyBytes: body };
const options = { now: new Date(1_750_000_000_123), publicKeyFingerprint: () => 'SHA256:abc=' };
const sha256 = (data: Buffer | string) => createHash('sha256').update(data);

describe('a value of a request', () => {
	it.each<[BoundValue, unknown]>([
		['method', 'PUT'],
		['host', 'api.example.com:8443'],
		['path', '/v1/a%20b'],
		['pathQuery', '/v1/a%20b?x=1&y=%20'],
		['url', 'https://api.example.com:8443/v1/a%20b?x=1&y=%20'],
		['urlWithoutQuery', 'https://api.example.com:8443/v1/a%20b'],
		['methodLowerCase', 'put'],
		['querySha256Hex', sha256('x=1&y=%20').digest('hex')],
		['querySha512Hex', createHash('sha512').update('x=1&y=%20').digest('hex')],
		['methodHostPath', 'PUT api.example.com:8443/v1/a%20b'],
		['bodySha256Hex', sha256(body).digest('hex')],
		['bodySha256Base64', sha256(body).digest('base64')],
		['bodySha256Base64url', sha256(body).digest('base64url')],
		['bodySha256HexSorted', sha256('{"a":{"c":3,"d":2},"b":1}').digest('hex')],
		['unixMs', 1_750_000_000_123],
		['publicKeyFingerprint', 'SHA256:abc='],
	])('%s is %s', (value, expected) => {
		expect(boundValue(value, request, options)).toBe(expected);
	});

	it.each<BoundValue>(['querySha256Hex', 'querySha512Hex'])(
		'%s is left out without a query',
		(value) => {
			for (const address of [
				'https://api.test/x',
				'https://api.test/x?',
				'https://api.test/x#?a',
			]) {
				expect(
					boundValue(value, { method: 'GET', url: new URL(address) }, options),
				).toBeUndefined();
			}
		},
	);

	it('that is random is another each time, with 128 and 122 bits', () => {
		const make = (value: BoundValue) => String(boundValue(value, request, options));
		expect(make('nonceHex')).toMatch(/^[\da-f]{32}$/);
		expect(make('uuid')).toMatch(
			/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
		);
		for (const value of ['nonceHex', 'uuid'] as const) expect(make(value)).not.toBe(make(value));
	});
});

describe('a hash of the body', () => {
	it('of no bytes is that of nothing, and the sorted one is left out', () => {
		const empty = { ...request, bodyBytes: Buffer.alloc(0) };
		expect(boundValue('bodySha256Hex', empty, options)).toBe(sha256('').digest('hex'));
		expect(boundValue('bodySha256HexSorted', empty, options)).toBeUndefined();
		const blank = { ...request, bodyBytes: Buffer.from(' ') };
		expectCode('REQUEST_BODY_UNBINDABLE', () => boundValue('bodySha256HexSorted', blank, options));
	});

	it('is refused where the bytes are not known', () => {
		for (const value of Object.keys(BODY_VALUES) as BoundValue[]) {
			const { message } = expectCode('REQUEST_BODY_UNBINDABLE', () =>
				boundValue(value, { method: 'PUT', url }, options),
			);
			expect(message).toContain('The bytes of the body are not known');
		}
	});

	it('cannot be sorted where the body is no JSON', () => {
		const text = { ...request, bodyBytes: Buffer.from('a=1') };
		const error = expectCode('REQUEST_BODY_UNBINDABLE', () =>
			boundValue('bodySha256HexSorted', text, options),
		);
		expect(error.message).toContain('The body is not JSON');
		expect(error.hint).toContain('choose the plain body hash');
	});
});

describe('a fingerprint', () => {
	it.each([undefined, () => undefined])('of a secret is refused', (publicKeyFingerprint) => {
		const { message } = expectCode('REQUEST_BINDING_INVALID', () =>
			boundValue('publicKeyFingerprint', request, { now: options.now, publicKeyFingerprint }),
		);
		expect(message).toContain('the key is a secret');
	});
});

describe('a row of Request Binding', () => {
	it.each(['nonsense', '', 'toString', '__proto__'])('has no value named %j', (value) => {
		const { message } = expectCode('REQUEST_BINDING_INVALID', () =>
			boundValue(value as BoundValue, request, options),
		);
		expect(message).toBe('A row of Request Binding has an unknown value.');
	});

	it('is in a table by its own members only', () => {
		expect(isIn(URL_VALUES, 'path')).toBe(true);
		expect(isIn(URL_VALUES, 'uuid')).toBe(false);
		expect(isIn(OTHER_VALUES, 'uuid')).toBe(true);
		expect(isIn(URL_VALUES, 'toString')).toBe(false);
	});

	it('is refused with what is said of it', () => {
		expect(requestBindingError('So it is.')).toMatchObject({
			code: 'REQUEST_BINDING_INVALID',
			message: 'So it is.',
		});
	});
});
