import {
	isFresh,
	readStoredToken,
	storedFields,
	type AccessToken,
} from '../../../core/exchange/accessToken';

describe('a token', () => {
	const token = {
		token: 'at-1',
		tokenType: 'Bearer',
		obtainedAt: 1_000_000,
		expiresAt: 1_000_000 + 10_000,
		baseUrl: '',
		fingerprint: 'f',
	};

	it('is renewed before its end, by no more than a quarter of its life', () => {
		expect(isFresh(token, 60, 1_007_499)).toBe(true);
		expect(isFresh(token, 60, 1_007_500)).toBe(false);
		expect(isFresh(token, 1, 1_008_999)).toBe(true);
		expect(isFresh(token, 1, 1_009_000)).toBe(false);
	});

	it('is read back from the fields it was stored in, and from nothing else', () => {
		expect(readStoredToken(storedFields(token))).toEqual(token);
		for (const tokenState of ['', '{}', 'x', 'null', '{"fingerprint":"f","expiresAt":"1"}']) {
			expect(readStoredToken({ accessToken: 'at-1', tokenState })).toBe(undefined);
		}
	});
});
