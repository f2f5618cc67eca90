import { readOptions } from '../../../../nodes/JwtHttpRequest/read/options';
import { expectCode } from '../../../core/support/expectCode';
import { standIn } from '../../support/standIn';

const read = (options?: Record<string, unknown>) =>
	readOptions(standIn({ parameters: [{ ...(options && { options }) }] }).context, 0);

it('has defaults for all that was not added', () => {
	expect(read()).toEqual({
		timeout: 300_000,
		proxy: undefined,
		ignoreSslIssues: false,
		maxRedirects: 21,
		retry: undefined,
		arrayFormat: 'indices',
		lowercaseHeaders: true,
		response: {
			fullResponse: false,
			neverError: false,
			responseFormat: 'autodetect',
			outputPropertyName: 'data',
		},
		optimization: undefined,
	});
	expect(read({})).toEqual(read());
});

describe('Proxy', () => {
	it.each([
		['http://proxy.test', { protocol: 'http', host: 'proxy.test', port: 80 }],
		['https://proxy.test', { protocol: 'https', host: 'proxy.test', port: 443 }],
		['http://proxy.test:3128/', { protocol: 'http', host: 'proxy.test', port: 3128 }],
		[
			' http://u:p%40ss@proxy.test:1 ',
			{ protocol: 'http', host: 'proxy.test', port: 1, auth: { username: 'u', password: 'p@ss' } },
		],
	])('%j', (proxy, expected) => {
		expect(read({ proxy }).proxy).toEqual(expected);
	});

	it.each(['proxy.test:3128', 'socks5://u:hunter2@proxy.test', 'http://u:hunter2%@proxy.test'])(
		'is refused and not quoted: %j',
		(proxy) => {
			const error = expectCode('PROXY_INVALID', () => read({ proxy }));
			expect(`${error.message} ${error.hint}`).not.toContain('hunter2');
		},
	);
});

describe('Redirects', () => {
	const redirects = (redirect: unknown) => read({ redirect: { redirect } }).maxRedirects;

	it('are followed as often as said, and not at all where that is off', () => {
		expect(redirects({ maxRedirects: 3 })).toBe(3);
		expect(redirects({ followRedirects: false, maxRedirects: 3 })).toBe(0);
	});

	it('are not counted in parts', () => {
		expectCode('FIELD_INVALID', () => redirects({ maxRedirects: 1.5 }));
		expectCode('FIELD_INVALID', () => redirects({ maxRedirects: 0 }));
	});
});

describe('Retry', () => {
	const retry = (fields: unknown) => read({ retry: { retry: fields } }).retry;

	it('is on where it was added, with defaults of its own', () => {
		expect(retry({})).toEqual({
			maxTries: 3,
			waitBetweenTries: 1000,
			maxWait: 60_000,
			retryNonIdempotent: false,
		});
	});

	it('is off where the section is there and nothing was added to it', () => {
		expect(read({ retry: {} }).retry).toBeUndefined();
	});

	it.each([
		['FIELD_INVALID', { maxTries: 1 }],
		['FIELD_INVALID', { maxTries: 11 }],
		['DURATION_INVALID', { waitBetweenTries: 0 }],
		['DURATION_INVALID', { maxWait: 'soon' }],
		['FIELD_INVALID', { retryNonIdempotent: 1 }],
	] as const)('is refused with %s: %j', (code, fields) => {
		expectCode(code, () => retry(fields));
	});
});

it.each([
	['DURATION_INVALID', { timeout: 0 }],
	['DURATION_INVALID', { timeout: 2 ** 31 }],
	['FIELD_INVALID', { response: { response: { outputPropertyName: ' ' } } }],
	['FIELD_INVALID', { response: { response: { responseFormat: 'xml' } } }],
	['FIELD_INVALID', { allowUnauthorizedCerts: 'no' }],
	['FIELD_INVALID', { queryParameterArrays: 'commas' }],
] as const)('an option that is odd is refused with %s: %j', (code, options) => {
	expectCode(code, () => read(options));
});
