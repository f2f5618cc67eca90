import { randomUUID } from 'node:crypto';
import { storedFields } from '../../../core/exchange/storedToken';
import { exchangeFingerprint } from '../../../core/exchange/fingerprint';
import {
	awaitToken,
	fetchToken,
	findToken,
	obtainToken,
	suspectToken,
} from '../../../core/exchange/session';
import { FAILURE_MEMORY } from '../../../core/exchange/accessTokenCache';
import { Cancelled } from '../../../core/shared/cancelled';
import { exchangeSettings, granted, network } from '../support/exchangeCases';

const DAY = 86_400_000;

/** Settings of which this process knows nothing yet. */
const fresh = (data = {}) =>
	exchangeSettings({ payload: JSON.stringify({ sub: randomUUID() }), ...data });

let passed: number;
let timeOfDay: number;

beforeEach(() => {
	passed = 1000;
	timeOfDay = Date.parse('2026-03-01T12:00:00Z');
	jest.spyOn(performance, 'now').mockImplementation(() => passed);
	jest.spyOn(Date, 'now').mockImplementation(() => timeOfDay);
});

afterEach(() => {
	jest.restoreAllMocks();
});

function pass(milliseconds: number): void {
	passed += milliseconds;
	timeOfDay += milliseconds;
}

describe('a stored token that has to be bound to a key', () => {
	it('is used with its key, and replaced without it', async () => {
		const settings = fresh({ useAdvanced: ['proof'], useDpop: true });
		const endpoint = network(granted('at-1', { token_type: 'DPoP' }));
		const token = await obtainToken(settings, endpoint);
		const stored = (later: number, changes: object) => ({
			...settings,
			stored: storedFields({ ...token, ...changes, obtainedAt: token.obtainedAt + later }),
		});
		const fingerprint = exchangeFingerprint(settings);
		const whole = stored(1, { token: 'at-2' });
		const halved = stored(2, { token: 'at-3', proofKey: undefined });
		expect(findToken(whole, fingerprint)?.token).toBe('at-2');
		expect(findToken(halved, fingerprint)?.token).toBe('at-2');
	});
});

describe('a refusal', () => {
	it('is what everyone gets until it is over; then the endpoint is asked again', async () => {
		const settings = fresh();
		const endpoint = network({ statusCode: 400 }, granted('at-1'));
		for (let index = 0; index < 50; index += 1) {
			await expect(obtainToken(settings, endpoint)).rejects.toMatchObject({
				code: 'EXCHANGE_REJECTED',
			});
			await expect(fetchToken(settings, endpoint)).rejects.toMatchObject({
				code: 'EXCHANGE_REJECTED',
			});
			await expect(awaitToken(settings, endpoint.sleep)).rejects.toMatchObject({
				code: 'EXCHANGE_REJECTED',
			});
		}
		pass(FAILURE_MEMORY - 1);
		await expect(obtainToken(settings, endpoint)).rejects.toThrow();
		expect(endpoint.requests).toHaveLength(1);
		pass(1);
		expect(await obtainToken(settings, endpoint)).toMatchObject({ token: 'at-1' });
		expect(endpoint.requests).toHaveLength(2);
	});

	it('lasts as long as the endpoint asks to be left alone', async () => {
		const settings = fresh();
		const endpoint = network({ statusCode: 429, headers: { 'retry-after': '60' } }, granted());
		await expect(obtainToken(settings, endpoint)).rejects.toThrow('429');
		pass(59_999);
		await expect(obtainToken(settings, endpoint)).rejects.toThrow('429');
		pass(1);
		await obtainToken(settings, endpoint);
		expect(endpoint.requests).toHaveLength(2);
	});

	it('does not outlast a clock that was a day fast', async () => {
		const settings = fresh();
		const endpoint = network({ statusCode: 400 }, granted());
		timeOfDay += DAY;
		await expect(obtainToken(settings, endpoint)).rejects.toThrow();
		timeOfDay -= DAY;
		pass(FAILURE_MEMORY);
		await obtainToken(settings, endpoint);
		expect(endpoint.requests).toHaveLength(2);
	});

	it('says nothing about a changed credential, a test, or a token that another process got', async () => {
		const settings = fresh();
		const refusing = network({ statusCode: 400 });
		await expect(obtainToken(settings, refusing)).rejects.toThrow();

		const changed = { ...settings, scope: 'read' };
		expect(await obtainToken(changed, network(granted('at-changed')))).toMatchObject({
			token: 'at-changed',
		});

		const token = {
			token: 'at-stored',
			tokenType: 'Bearer',
			issuedTokenType: '',
			obtainedAt: timeOfDay - 1,
			expiresAt: timeOfDay + 3_600_000,
			baseUrl: '',
			fingerprint: exchangeFingerprint(settings),
		};
		const stored = { ...settings, stored: storedFields(token) };
		expect(await obtainToken(stored, refusing)).toMatchObject({ token: 'at-stored' });
		expect(refusing.requests).toHaveLength(1);

		const other = fresh();
		await expect(obtainToken(other, network({ statusCode: 400 }))).rejects.toThrow();
		const tested = await fetchToken(other, network(granted('at-tested')), { anyway: true });
		expect(tested).toMatchObject({ own: true, value: { token: 'at-tested' } });
		expect(await obtainToken(other, refusing)).toMatchObject({ token: 'at-tested' });
	});
});

describe('a fetch', () => {
	it('that comes late gets the token that is there, without asking', async () => {
		const settings = fresh();
		const endpoint = network(granted('at-1'), granted('at-2'));
		await obtainToken(settings, endpoint);
		expect(await fetchToken(settings, endpoint)).toMatchObject({ value: { token: 'at-1' } });
		expect(endpoint.requests).toHaveLength(1);
	});
});

describe('those who wait for a token', () => {
	/** Whether something is still waited for, after everything that goes on without an event. */
	async function isPending(outcome: Promise<unknown>): Promise<boolean> {
		const next = new Promise((resolve) => {
			setImmediate(() => resolve('pending'));
		});
		return (await Promise.race([outcome, next])) === 'pending';
	}

	/** A stand-in for time that passes when it is told to. */
	function patience() {
		const open: Array<() => void> = [];
		return {
			sleep: async () => {
				await new Promise<void>((resolve) => {
					open.push(resolve);
				});
			},
			count: () => open.length,
			end: () => {
				for (const resolve of open) resolve();
			},
		};
	}

	it('get the one that the first of them is told to fetch', async () => {
		const settings = fresh();
		const endpoint = network(granted('at-1'), granted('at-2'));
		expect(await awaitToken(settings, endpoint.sleep)).toBeUndefined();
		const others = [1, 2, 3].map(async () => await awaitToken(settings, endpoint.sleep));
		expect(await isPending(Promise.race(others))).toBe(true);
		expect(await fetchToken(settings, endpoint)).toMatchObject({ own: true });
		expect(await Promise.all(others)).toMatchObject(others.map(() => ({ token: 'at-1' })));
		expect(endpoint.requests).toHaveLength(1);
	});

	it('get the refusal that the first of them gets', async () => {
		const settings = fresh();
		const endpoint = network({ statusCode: 400 });
		await awaitToken(settings, endpoint.sleep);
		const other = awaitToken(settings, endpoint.sleep);
		await expect(fetchToken(settings, endpoint)).rejects.toThrow();
		await expect(other).rejects.toMatchObject({ code: 'EXCHANGE_REJECTED' });
		expect(endpoint.requests).toHaveLength(1);
	});

	it('are told what is wrong with the credential, though nobody was asked', async () => {
		const settings = fresh({ privateKey: 'no key' });
		const endpoint = network();
		await awaitToken(settings, endpoint.sleep);
		const other = awaitToken(settings, endpoint.sleep);
		const failure = await fetchToken(settings, endpoint).catch((error: unknown) => error);
		expect(failure).toMatchObject({ code: expect.stringMatching(/^KEY_/) });
		await expect(other).rejects.toBe(failure);
		expect(endpoint.requests).toEqual([]);
	});

	it('hear nothing of an execution that is cancelled: the next of them is told to fetch', async () => {
		const settings = fresh();
		const endpoint = network(granted('at-1'));
		await awaitToken(settings, endpoint.sleep);
		const next = awaitToken(settings, endpoint.sleep);
		const last = awaitToken(settings, endpoint.sleep);
		const cancelled = { ...network(), cancelled: AbortSignal.abort() };
		await expect(fetchToken(settings, cancelled)).rejects.toThrow(Cancelled);
		expect(await next).toBeUndefined();
		expect(await isPending(last)).toBe(true);
		await fetchToken(settings, endpoint);
		expect(await last).toMatchObject({ token: 'at-1' });
	});

	it('are told to fetch in place of one who never does', async () => {
		const settings = fresh();
		const { sleep, end } = patience();
		await awaitToken(settings, sleep);
		const next = awaitToken(settings, sleep);
		expect(await isPending(next)).toBe(true);
		end();
		expect(await next).toBeUndefined();
	});

	it('do not wait for anybody where there is a token', async () => {
		const settings = fresh();
		await obtainToken(settings, network(granted('at-1')));
		const { sleep, count } = patience();
		expect(await awaitToken(settings, sleep)).toMatchObject({ token: 'at-1' });
		expect(count()).toBe(0);
	});

	it('get what was fetched though the clock is put back in the meantime', async () => {
		const settings = fresh();
		const endpoint = network(granted('at-1'));
		await awaitToken(settings, endpoint.sleep);
		const other = awaitToken(settings, endpoint.sleep);
		const httpRequest: typeof endpoint.httpRequest = async (options) => {
			timeOfDay -= DAY;
			return await endpoint.httpRequest(options);
		};
		await fetchToken(settings, { ...endpoint, httpRequest });
		expect(await other).toMatchObject({ token: 'at-1' });
	});
});

describe('a token with which a request failed', () => {
	it('is replaced, and that of another credential is not', async () => {
		const [settings, others] = [fresh(), fresh()];
		const endpoint = network(granted('at-1'), granted('at-2'), granted('at-3'));
		await obtainToken(settings, endpoint);
		await obtainToken(others, endpoint);
		suspectToken(exchangeFingerprint(settings), 'at-1');
		expect(findToken(settings, exchangeFingerprint(settings))).toBeUndefined();
		expect(await obtainToken(settings, endpoint)).toMatchObject({ token: 'at-3' });
		expect(await obtainToken(others, endpoint)).toMatchObject({ token: 'at-2' });
	});
});
