import fc from 'fast-check';
import {
	describeRequest,
	freezeRequest,
	type OutgoingRequest,
} from '../../../core/request/outgoingRequest';
import { expectCode, onlyJwtAuthErrors } from '../support/expectCode';
import { BODY_CASES, QUERY_CASES } from '../support/requestCases';

const ORIGIN = 'https://api.example.com';
const HELPERS = [
	{ helper: 'modern', address: 'url' },
	{ helper: 'legacy', address: 'uri' },
] as const;

describe.each(HELPERS)('freezeRequest, $helper helper', ({ helper, address }) => {
	const cases = BODY_CASES.filter((bodyCase) => bodyCase[helper] !== undefined);

	it.each(cases)('sends what n8n sends: $name', (bodyCase) => {
		const request = { method: 'POST', [address]: `${ORIGIN}/x`, ...bodyCase.request };
		const frozen = freezeRequest(request);
		const headers = Object.entries(frozen.request.headers ?? {});
		const types = headers.filter(([name]) => name.toLowerCase() === 'content-type');
		expect([types[0]?.[1], frozen.bodyBytes?.toString('utf8')]).toEqual(bodyCase[helper]);
		expect(types.length).toBeLessThan(2);
	});

	it.each(cases)('gives the same bytes a second time: $name', (bodyCase) => {
		const request = { method: 'POST', [address]: `${ORIGIN}/x?q=1`, ...bodyCase.request };
		const once = freezeRequest({ ...request, qs: { a: [1, 'ü'] } });
		const twice = freezeRequest(once.request);
		expect(twice).toEqual(once);
	});

	it.each(QUERY_CASES)('sends the query n8n sends: $name', (queryCase) => {
		const { request, basePath, legacy, modern } = queryCase;
		const base = basePath === undefined ? {} : { baseURL: ORIGIN + basePath };
		const target = basePath === undefined ? ORIGIN + queryCase.address : queryCase.address;
		const whole = { [address]: target, ...base, ...request };
		const expected = ORIGIN + (helper === 'legacy' ? (legacy ?? modern) : modern);
		expect(describeRequest(whole).url.href).toBe(expected);
		const frozen = freezeRequest(whole).request as OutgoingRequest;
		expect(frozen).toMatchObject({ [address]: expected });
		expect([frozen.qs, frozen.baseURL]).toEqual([undefined, undefined]);
	});

	it('leaves its argument alone', () => {
		const request = Object.freeze({
			[address]: `${ORIGIN}/x`,
			method: 'POST',
			headers: Object.freeze({ 'X-A': '1' }),
			qs: Object.freeze({ a: 1 }),
			body: Object.freeze({ a: 1 }),
		});
		const frozen = freezeRequest(request);
		expect(frozen.request.headers).not.toBe(request.headers);
		expect(frozen.request.headers).toMatchObject({ 'X-A': '1' });
		expect(freezeRequest(request, { body: false }).request.headers).not.toBe(request.headers);
	});
});

describe('freezeRequest', () => {
	it('writes lists of the legacy helper as qsStringifyOptions and useQuerystring say', () => {
		const query = (options: object) =>
			describeRequest({ uri: `${ORIGIN}/x`, qs: { a: [1] }, ...options }).url.search;
		expect(query({ qsStringifyOptions: { arrayFormat: 'repeat' } })).toBe('?a=1');
		expect(query({ qsStringifyOptions: { arrayFormat: 'brackets' } })).toBe('?a%5B%5D=1');
		expect(query({ qsStringifyOptions: { arrayFormat: 'indices' } })).toBe('?a%5B0%5D=1');
		expect(query({ useQuerystring: true })).toBe('?a=1');
		expect(query({ useQuerystring: false })).toBe('?a%5B0%5D=1');
	});

	it('leaves question marks in the URL alone, the first time and the second', () => {
		const once = freezeRequest({ url: `${ORIGIN}/x???a?=1`, qs: { b: '?' } });
		expect(once.url.href).toBe(`${ORIGIN}/x???a?=1&b=%3F`);
		expect(freezeRequest(once.request).url.href).toBe(once.url.href);
	});

	it('takes a request for one of the new helper while members of the other have no value', () => {
		const request = { url: `${ORIGIN}/x`, qs: { a: [1, 2] }, arrayFormat: 'comma' };
		const { url } = describeRequest({ ...request, uri: undefined, form: undefined });
		expect(url.search).toBe('?a=1%2C2');
	});

	it.each([
		['the new helper', { url: `${ORIGIN}/x` }, { url: `${ORIGIN}/x` }],
		['the legacy helper', { uri: `${ORIGIN}/x` }, { uri: `${ORIGIN}/x` }],
		['a base URL alone', { baseURL: `${ORIGIN}/x` }, { url: `${ORIGIN}/x` }],
		[
			'two addresses, of which the first is sent',
			{ url: `${ORIGIN}/x`, uri: 'https://other.example/' },
			{ url: `${ORIGIN}/x`, uri: `${ORIGIN}/x` },
		],
	])('gives a request of %s no member that it did not have', (_, request, address) => {
		const frozen = freezeRequest({ method: 'POST', qs: { a: 1 }, ...request }).request;
		const withQuery = Object.entries(address).map(([name, url]) => [name, `${url}?a=1`]);
		expect(frozen).toStrictEqual({
			method: 'POST',
			...Object.fromEntries(withQuery),
			headers: {},
		});
	});

	it('leaves the length to whoever sends the body', () => {
		const headers = { 'Content-Length': 3, 'X-A': '1' };
		const request = { url: `${ORIGIN}/x`, method: 'POST', headers };
		expect(freezeRequest({ ...request, body: 'four' }).request.headers).toStrictEqual({
			'X-A': '1',
			'content-type': 'application/x-www-form-urlencoded',
		});
		const empty = freezeRequest({ ...request, body: {} }).request;
		expect(empty).toStrictEqual({ url: `${ORIGIN}/x`, method: 'POST', headers: { 'X-A': '1' } });
	});

	it.each([undefined, null, 'jwt=old', {}, { a: undefined }])(
		'has no parameter of the token to keep in the query %j',
		(qs) => {
			const options = { tokenParameter: 'jwt' };
			const frozen = freezeRequest({ url: `${ORIGIN}/x`, qs }, options);
			expect(frozen.url.href).toBe(`${ORIGIN}/x`);
			expect(frozen.request).not.toHaveProperty('qs');
		},
	);

	it('sends every parameter where the token is none of them, whatever it is called', () => {
		const request = { url: `${ORIGIN}/x`, qs: { undefined: 1 } };
		expect(describeRequest(request).url.search).toBe('?undefined=1');
	});

	it('keeps the query parameter of the token out of the URL', () => {
		const request = { url: `${ORIGIN}/x`, qs: { a: 1, jwt: 'old' } };
		const options = { tokenParameter: ' jwt ' };
		expect(describeRequest(request, options).url.search).toBe('?a=1');
		const frozen = freezeRequest(request, options).request;
		expect(frozen).toMatchObject({ url: `${ORIGIN}/x?a=1`, qs: { jwt: 'old' } });
	});

	it('leaves the body alone when asked to, multipart included', () => {
		const formData = { file: 1 };
		const request = { uri: `${ORIGIN}/x`, method: 'POST', formData, qs: { a: 1 } };
		const frozen = freezeRequest(request, { body: false });
		expect(frozen.request).toMatchObject({ uri: `${ORIGIN}/x?a=1`, formData });
		expect(frozen.bodyBytes).toBeUndefined();
		expectCode('REQUEST_BODY_UNBINDABLE', () => freezeRequest(request));
	});

	it('hands a form on as text and everything else as bytes', () => {
		const base = { uri: `${ORIGIN}/x`, method: 'POST' };
		expect(freezeRequest({ ...base, form: { a: 1 } }).request).toMatchObject({ body: 'a=1' });
		const json = freezeRequest({ ...base, body: { a: 1 } }).request;
		expect(Buffer.isBuffer(json.body)).toBe(true);
	});

	it('refuses bytes under a form type that are not text', () => {
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		const body = Buffer.from([0xff, 0xfe]);
		const { message } = expectCode('REQUEST_BODY_UNBINDABLE', () =>
			freezeRequest({ url: `${ORIGIN}/x`, method: 'POST', headers, body }),
		);
		expect(message).toMatch(/called a form but is not text/);
	});
});

describe('describeRequest', () => {
	it('gives method and URL, user name kept, fragment dropped', () => {
		const { method, url } = describeRequest({
			method: 'post',
			url: 'https://user:pw@API.Example.com:443/a#b',
		});
		expect([method, url.href]).toEqual(['POST', 'https://user:pw@api.example.com/a']);
		expect(describeRequest({ uri: new URL('http://localhost:3000') }).method).toBe('GET');
		expect(describeRequest({ url: ORIGIN, method: ' patch\n' }).method).toBe('PATCH');
	});

	it.each([
		['an address without a base', { url: `${ORIGIN}/x` }, `${ORIGIN}/x`],
		[
			'one that has no slashes, as axios reads it',
			{ url: 'https:api.example.com/x' },
			`${ORIGIN}/x`,
		],
		[
			'a whole address, which wins over the base',
			{ url: `${ORIGIN}/x`, baseURL: 'https://b.example/v1' },
			`${ORIGIN}/x`,
		],
		[
			'an address in the query of a relative one',
			{ url: 'x?to=https://b.example', baseURL: `${ORIGIN}/v1` },
			`${ORIGIN}/v1/x?to=https://b.example`,
		],
		[
			'a base without an address, to which no slash is added',
			{ url: '', baseURL: `${ORIGIN}/v1` },
			`${ORIGIN}/v1`,
		],
		['a base alone', { baseURL: `${ORIGIN}/v1` }, `${ORIGIN}/v1`],
	])('goes to %s', (_, request, expected) => {
		expect(describeRequest(request).url.href).toBe(expected);
	});

	it.each([
		{},
		{ url: '' },
		{ url: '/v1/x' },
		{ url: 'api.example.com/x' },
		{ url: '//evil.example/x', baseURL: ORIGIN },
		{ url: 's3://bucket/x', baseURL: ORIGIN },
		{ url: 'file:///etc/passwd' },
		{ url: 'https://' },
		{ url: 5 },
		{ uri: null },
	])('refuses %j', (request) => {
		const { message } = expectCode('URL_INVALID', () => describeRequest(request));
		expect(message).toContain('no valid, absolute http or https URL');
	});

	it('refuses a query without an end', () => {
		const qs: Record<string, unknown> = {};
		qs.self = qs;
		expectCode('URL_INVALID', () => describeRequest({ url: ORIGIN, qs }));
	});

	it('throws nothing but JwtAuthError', () => {
		const part = fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true }), fc.anything());
		const request = fc.record(
			{ url: part, uri: part, baseURL: part, method: part, qs: fc.anything(), arrayFormat: part },
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(request, (value) => {
				const target = onlyJwtAuthErrors(() => describeRequest(value));
				if (target) expect(target.url.hash).toBe('');
			}),
			{ numRuns: 5000 },
		);
	});

	it('freezes any body to the same bytes twice or refuses it', () => {
		const body = fc.anything({ withBigInt: true, withDate: true, withTypedArray: true });
		const headers = fc.constantFrom(
			{},
			{ 'Content-Type': 'application/json' },
			{ 'content-type': 'application/x-www-form-urlencoded' },
			{ 'content-type': 'text/plain' },
		);
		fc.assert(
			fc.property(body, headers, fc.constantFrom('url', 'uri'), (value, given, address) => {
				const request = { [address]: ORIGIN, method: 'PUT', headers: given, body: value };
				const once = onlyJwtAuthErrors(() => freezeRequest(request));
				if (!once) return;
				expect(freezeRequest(once.request).bodyBytes).toEqual(once.bodyBytes);
			}),
			{ numRuns: 5000 },
		);
	});
});
