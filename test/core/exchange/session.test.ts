import { randomUUID } from 'node:crypto';
import { storedFields } from '../../../core/exchange/storedToken';
import { exchangeFingerprint } from '../../../core/exchange/fingerprint';
import { awaitToken, fetchToken, findToken, obtainToken } from '../../../core/exchange/session';
import { FAILURE_MEMORY } from '../../../core/exchange/accessTokenCache';
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
		const stored = (changes: object) => ({
			...settings,
			stored: storedFields({ ...token, ...changes, obtainedAt: token.obtainedAt + 1 }),
		});
		const fingerprint = exchangeFingerprint(settings);
		expect(findToken(stored({ token: 'at-2' }), fingerprint)?.token).toBe('at-2');
		expect(findToken(stored({ token: 'at-3', proofKey: undefined }), fingerprint)?.token).toBe(
			'at-2',
		);
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
