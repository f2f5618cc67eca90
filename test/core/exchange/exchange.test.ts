import type { JwtAuthError } from '../../../core/errors';
import { Cancelled } from '../../../core/shared/cancelled';
import { decodeToken } from '../../../core/jws/decode';
import { exchange } from '../../../core/exchange/exchange';
import type { NetworkRequest } from '../../../core/request/network';
import {
	exchangeSettings,
	granted,
	network,
	TOKEN_URL,
	type Reply,
} from '../support/exchangeCases';

const failing = (code: string): Error => Object.assign(new Error(code), { code });

describe('an exchange', () => {
	it('follows no redirect and is limited in time', async () => {
		const endpoint = network(granted());
		await exchange(exchangeSettings(), endpoint);
		expect(endpoint.requests).toMatchObject([
			{
				method: 'POST',
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				sendCredentialsOnCrossOriginRedirect: false,
				timeout: 15_000,
			},
		]);
	});

	it('is given up when the execution is cancelled, which is no failure of the endpoint', async () => {
		const execution = new AbortController();
		const endpoint = {
			...network(),
			cancelled: execution.signal,
			httpRequest: async () => {
				execution.abort();
				return await Promise.reject(failing('ERR_CANCELED'));
			},
		};
		await expect(exchange(exchangeSettings(), endpoint)).rejects.toThrow(Cancelled);
	});

	it.each<[string, Reply[], number[]]>([
		['503 twice', [{ statusCode: 503 }, { statusCode: 502 }, granted()], [500, 1500]],
		['a broken connection', [failing('ECONNRESET'), granted()], [500]],
		[
			'429 with a short wait',
			[{ statusCode: 429, headers: { 'retry-after': '3' } }, granted()],
			[3000],
		],
	])('is tried again after %s, each time with a new assertion', async (_what, replies, pauses) => {
		const endpoint = network(...replies);
		expect(await exchange(exchangeSettings(), endpoint)).toMatchObject({ token: 'at-1' });
		expect(endpoint.pauses).toEqual(pauses);
		expect(new Set(endpoint.requests.map(({ body }) => body)).size).toBe(replies.length);
	});

	it.each<[string, Reply[], string, number]>([
		['is refused', [{ statusCode: 400, body: { error: 'invalid_grant' } }], 'EXCHANGE_REJECTED', 1],
		[
			'has to wait long',
			[{ statusCode: 429, headers: { 'retry-after': '11' } }],
			'EXCHANGE_RATE_LIMITED',
			1,
		],
		['takes too long', [failing('ECONNABORTED')], 'EXCHANGE_TIMEOUT', 1],
		['is cut off in time', [failing('ERR_CANCELED')], 'EXCHANGE_TIMEOUT', 1],
		['finds nobody', [failing('ECONNREFUSED')], 'EXCHANGE_UNREACHABLE', 3],
		['finds a fault three times', [{ statusCode: 500 }], 'EXCHANGE_SERVER_ERROR', 3],
	])('that %s ends with a code', async (_what, replies, code, requests) => {
		const endpoint = network(...replies);
		await expect(exchange(exchangeSettings(), endpoint)).rejects.toMatchObject({ code });
		expect(endpoint.requests).toHaveLength(requests);
	});
});

/** A server whose clock differs from ours, and which takes assertions that fit its own. */
function serverAhead(seconds: number, host: string, refuseAnyway = false) {
	const requests: string[] = [];
	const stand = network();
	const httpRequest: typeof stand.httpRequest = async (options) => {
		requests.push(options.body ?? '');
		const now = Date.now() + seconds * 1000;
		const assertion = new URLSearchParams(options.body).get('assertion') ?? '';
		const { iat } = decodeToken(assertion).payload;
		const isGood = !refuseAnyway && Math.abs(Number(iat) - now / 1000) <= 5;
		const refusal = { error: 'invalid_grant', error_description: '"iat" lies in the future' };
		const one = network({
			...(isGood ? granted() : { statusCode: 400, body: refusal }),
			headers: { date: new Date(now).toUTCString() },
		});
		return await one.httpRequest(options);
	};
	const tokenUrl = `https://${host}/token`;
	return {
		...stand,
		requests,
		httpRequest,
		settings: (data = {}) => exchangeSettings({ tokenUrl, ...data }),
	};
}

describe('a clock that differs from the one of the server', () => {
	// Ours stands still, so that the difference is the same however long a test takes.
	beforeEach(() => {
		const now = Date.parse('2026-03-01T12:00:00Z');
		jest.spyOn(Date, 'now').mockImplementation(() => now);
	});

	afterEach(() => {
		jest.restoreAllMocks();
	});

	it.each([90, -90])(
		'by %s seconds costs one more try, and none for the next hour',
		async (ahead) => {
			const server = serverAhead(ahead, `clock-${ahead}.test`);
			expect(await exchange(server.settings(), server)).toMatchObject({ token: 'at-1' });
			expect(server.requests).toHaveLength(2);
			expect(
				await exchange(server.settings({ payload: '{ "sub": "other" }' }), server),
			).toMatchObject({
				token: 'at-1',
			});
			expect(server.requests).toHaveLength(3);
		},
	);

	it('is told in the error where the second try does not help, and is not kept', async () => {
		const server = serverAhead(90, 'clock-vain.test', true);
		for (const count of [2, 4]) {
			await expect(exchange(server.settings(), server)).rejects.toMatchObject({
				code: 'EXCHANGE_REJECTED',
				message: expect.stringMatching(/lies in the future.*90 seconds behind/),
			});
			expect(server.requests).toHaveLength(count);
		}
	});

	it.each([100_000, -100_000])(
		'by %s seconds, more than a day, is told and not followed',
		async (ahead) => {
			const server = serverAhead(ahead, `clock-far-${ahead}.test`);
			await expect(exchange(server.settings(), server)).rejects.toMatchObject({
				code: 'EXCHANGE_REJECTED',
				message: expect.stringMatching(
					/100000 seconds (?:behind|ahead of) that of the server; that is too far/,
				),
			});
			const times = server.requests.map((body) => {
				const assertion = new URLSearchParams(body).get('assertion') ?? '';
				return Number(decodeToken(assertion).payload.exp) - Date.now() / 1000;
			});
			expect(times).toHaveLength(1);
			// Signed by the clock of this machine.
			expect(Math.abs(times[0] ?? Number.NaN)).toBeLessThan(3600);
		},
	);

	it('by no more than 5 seconds is no reason to try again', async () => {
		const server = serverAhead(0, 'clock-right.test', true);
		const error = await exchange(server.settings(), server).catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({
			code: 'EXCHANGE_REJECTED',
			message: expect.not.stringContaining('clock of this machine'),
		});
		expect(server.requests).toHaveLength(1);
	});

	it.each([
		['as far as it is known', 90, 1],
		['by 5 seconds more than is known', 95, 1],
		['by more than that', 96, 2],
	])('%s is no reason, or one to try again: %d seconds', async (_what, ahead, requests) => {
		const host = `clock-known-${ahead}.test`;
		const before = serverAhead(90, host);
		await exchange(before.settings(), before);
		const server = serverAhead(ahead, host, true);
		await expect(exchange(server.settings(), server)).rejects.toMatchObject({
			code: 'EXCHANGE_REJECTED',
		});
		expect(server.requests).toHaveLength(requests);
	});

	it.each([86_400, -86_400])('by a day, %d seconds, is still followed', async (ahead) => {
		const server = serverAhead(ahead, `clock-day-${ahead}.test`);
		expect(await exchange(server.settings(), server)).toMatchObject({ token: 'at-1' });
	});

	it('is no reason where the endpoint minds something else', async () => {
		const date = new Date(Date.now() + 90_000).toUTCString();
		const endpoint = network({
			statusCode: 400,
			headers: { date },
			body: { error: 'invalid_client' },
		});
		await expect(exchange(exchangeSettings(), endpoint)).rejects.toMatchObject({
			code: 'EXCHANGE_REJECTED',
		});
		expect(endpoint.requests).toHaveLength(1);
	});
});

describe('the audience that is found by discovery', () => {
	const data = {
		useAdvanced: true,
		tokenUrl: 'https://oidc.test/token',
		assertionAudience: 'issuer',
		payload: '{ "iss": "me", "aud": "" }',
	};
	const metadata = { issuer: 'https://oidc.test', token_endpoint: 'https://oidc.test/token' };

	it('is the "aud" of the assertion', async () => {
		const endpoint = network({ body: metadata }, granted());
		await exchange(exchangeSettings(data), endpoint);
		const [, request] = endpoint.requests;
		const assertion = new URLSearchParams(request?.body).get('assertion') ?? '';
		expect(decodeToken(assertion).payload.aud).toBe('https://oidc.test');
	});

	it('is not looked for where the payload has one, or nothing takes it', async () => {
		for (const more of [{ payload: '{ "aud": "x" }' }, { grant: 'tokenExchange' }]) {
			const endpoint = network(granted());
			await exchange(exchangeSettings({ ...data, ...more }), endpoint);
			expect(endpoint.requests).toHaveLength(1);
		}
	});
});

describe('what an endpoint quotes', () => {
	const custom = { grant: 'custom', useAdvanced: true };
	const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;
	const PLACES: Record<string, Record<string, unknown>> = {
		'a grant': {},
		'a Bearer token': custom,
		'a header': { ...custom, exchangeHeaders: '{ "X-Copy": "JWT {assertion}" }' },
		'a member deep in the body': { ...custom, bodyParameters: '{ "a": [{ "b": "{assertion}" }] }' },
		'a parameter of the query': { ...custom, tokenUrl: `${TOKEN_URL}?jwt={assertion}` },
	};

	it.each(Object.entries(PLACES))('is shown without the assertion that was %s', async (_, data) => {
		let jwt = '';
		const answering = (reply: (quoted: string) => Reply) => ({
			...network(),
			httpRequest: async (options: NetworkRequest) => {
				jwt = JWT.exec(JSON.stringify(options))?.[0] ?? '';
				return await network(reply(jwt)).httpRequest(options);
			},
		});
		const says = async (reply: (quoted: string) => Reply) => {
			const error = await exchange(exchangeSettings(data), answering(reply)).catch(
				(thrown: unknown) => thrown,
			);
			return String((error as Error).message);
		};
		// The host of an address is in small letters.
		const host = await says((quoted) => ({
			statusCode: 307,
			headers: { location: `https://${quoted}.other.test/` },
		}));
		expect(host).toBe(
			'The token endpoint redirects to [removed].other.test (307). The assertion is not sent on.',
		);
		const capitals = await says((quoted) => ({
			statusCode: 400,
			body: { error: 'invalid_grant', error_description: `No: ${quoted.toUpperCase()}` },
		}));
		expect(capitals).toBe('The token endpoint answered 400 with "invalid_grant: No: [removed]".');
		expect(jwt).not.toBe('');
	});
});

describe('the size of an answer', () => {
	const answerOf = (bytes: number): Reply => {
		const start = '{"access_token":"at-1","expires_in":60,"x":"';
		return { body: `${start}${'x'.repeat(bytes - start.length - 2)}"}` };
	};

	it('is 1 MB at most, though a token stands in it', async () => {
		const largest = network(answerOf(1_048_576));
		expect(await exchange(exchangeSettings(), largest)).toMatchObject({ token: 'at-1' });
		const tooLarge = network(answerOf(1_048_577));
		await expect(exchange(exchangeSettings(), tooLarge)).rejects.toMatchObject({
			code: 'EXCHANGE_BAD_RESPONSE',
			message: "The token endpoint's answer is larger than 1 MB.",
		});
		expect(tooLarge.requests).toHaveLength(1);
	});
});

describe('a failure of the endpoint', () => {
	const noted = async (...replies: Reply[]) => {
		const notes: Array<{ code: string; seconds: number }> = [];
		const outcome = exchange(exchangeSettings(), network(...replies), (error, wanted) => {
			notes.push({ code: (error as JwtAuthError).code, seconds: Math.round(wanted / 1000) });
		});
		return { error: await outcome.catch((error: unknown) => error), notes };
	};
	const html: Reply = { headers: { 'content-type': 'text/html' }, body: '<html>' };

	it.each<[string, Reply[], string, number]>([
		['a refusal', [{ statusCode: 400 }], 'EXCHANGE_REJECTED', 0],
		[
			'429 with a long wait',
			[{ statusCode: 429, headers: { 'retry-after': '60' } }],
			'EXCHANGE_RATE_LIMITED',
			60,
		],
		[
			'503 with a long wait',
			[{ statusCode: 503, headers: { 'retry-after': ['3600'] } }],
			'EXCHANGE_SERVER_ERROR',
			3600,
		],
		[
			'403 with a wait (GitHub)',
			[{ statusCode: 403, headers: { 'retry-after': '30' } }],
			'EXCHANGE_REJECTED',
			30,
		],
		[
			'a date, by the clock of the server',
			[
				{
					statusCode: 503,
					headers: {
						date: 'Thu, 01 Jan 2015 00:00:00 GMT',
						'retry-after': 'Thu, 01 Jan 2015 00:02:00 GMT',
					},
				},
			],
			'EXCHANGE_SERVER_ERROR',
			120,
		],
		['three faults', [{ statusCode: 500 }], 'EXCHANGE_SERVER_ERROR', 0],
		['a redirect', [{ statusCode: 302 }], 'EXCHANGE_REDIRECTED', 0],
		['a web page', [html], 'EXCHANGE_HTML', 0],
		['nothing', [{ body: '' }], 'EXCHANGE_EMPTY', 0],
		['no token', [{ body: {} }], 'EXCHANGE_TOKEN_MISSING', 0],
		['no answer', [failing('ECONNABORTED')], 'EXCHANGE_TIMEOUT', 0],
		['nobody there', [failing('ECONNREFUSED')], 'EXCHANGE_UNREACHABLE', 0],
		['the last of several', [{ statusCode: 503 }, html], 'EXCHANGE_HTML', 0],
	])('is noted once, with the wait that it asks for: %s', async (_what, replies, code, seconds) => {
		const { error, notes } = await noted(...replies);
		expect(error).toMatchObject({ code });
		expect(notes).toEqual([{ code, seconds }]);
	});

	it('is noted too where the settings keep the answer from being read', async () => {
		const notes: unknown[] = [];
		const settings = exchangeSettings({ useAdvanced: true, fallbackLifetime: 'soon' });
		const endpoint = network({ body: { access_token: 'at-1' } });
		const outcome = exchange(settings, endpoint, (error) => notes.push(error));
		await expect(outcome).rejects.toMatchObject({ code: 'DURATION_INVALID' });
		expect(notes).toHaveLength(1);
	});

	it('is not noted where the endpoint was not asked, or gave a token', async () => {
		const note = jest.fn();
		const settings = exchangeSettings({ privateKey: 'no key' });
		await expect(exchange(settings, network(granted()), note)).rejects.toThrow();
		await exchange(exchangeSettings(), network({ statusCode: 503 }, granted()), note);
		expect(note).not.toHaveBeenCalled();
	});

	it.each(['2147484', '99999999999', '9'.repeat(40)])(
		'that asks to wait %s seconds is not tried again, and the number is one',
		async (seconds) => {
			const reply = { statusCode: 429, headers: { 'retry-after': seconds } };
			const endpoint = network(reply);
			await expect(exchange(exchangeSettings(), endpoint)).rejects.toMatchObject({
				message: expect.stringMatching(/asks to wait \d{7,9} seconds/),
			});
			expect(endpoint.pauses).toEqual([]);
		},
	);
});
