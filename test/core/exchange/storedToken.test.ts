import { newProofKey } from '../../../core/keys/proofKey';
import {
	isFresh,
	readStoredToken,
	storedFields,
	type AccessToken,
} from '../../../core/exchange/storedToken';

const token: AccessToken = {
	token: 'at-1',
	tokenType: 'Bearer',
	issuedTokenType: '',
	obtainedAt: 1_000_000,
	expiresAt: 1_000_000 + 10_000,
	baseUrl: 'https://api.example.com',
	fingerprint: 'f',
};

describe('an access token', () => {
	it.each([
		// A quarter of its ten seconds is less than the minute that is asked for.
		[60, 1_007_499, true],
		[60, 1_007_500, false],
		[2.5, 1_007_499, true],
		[2.5, 1_007_500, false],
		[1, 1_008_999, true],
		[1, 1_009_000, false],
		[0, 1_009_999, true],
		[0, 1_010_000, false],
	])('renewed %s seconds before its end is used at %s: %s', (renewBefore, now, fresh) => {
		expect(isFresh(token, renewBefore, now)).toBe(fresh);
	});
});

describe('a token that n8n keeps', () => {
	const state = JSON.parse(storedFields(token).tokenState) as Record<string, unknown>;
	const read = (changes: Record<string, unknown>, accessToken = 'at-1') =>
		readStoredToken({ accessToken, tokenState: JSON.stringify({ ...state, ...changes }) });

	it('is stored as the token, and JSON without it', () => {
		expect(storedFields(token).accessToken).toBe('at-1');
		expect(state).toEqual({
			tokenType: 'Bearer',
			issuedTokenType: '',
			obtainedAt: 1_000_000,
			expiresAt: 1_010_000,
			baseUrl: 'https://api.example.com',
			fingerprint: 'f',
		});
	});

	it('is read back as it was stored', () => {
		expect(readStoredToken(storedFields(token))).toEqual(token);
	});

	it('keeps the key that it is bound to, and no other value in its place', async () => {
		const bound = { ...token, proofKey: await newProofKey('ES256') };
		expect(readStoredToken(storedFields(bound))).toEqual(bound);
		expect(read({ proofKey: { kty: 'EC', alg: 'none' } })).toEqual(token);
	});

	it('is read back with what was kept of its answer', () => {
		const full = { ...token, answer: { SecretAccessKey: 's', roles: ['a', { b: null }] } };
		const { accessToken, tokenState } = storedFields(full);
		expect(accessToken).toBe('at-1');
		expect(readStoredToken({ accessToken, tokenState })).toEqual(full);
		expect(read({ answer: 'text' })).toEqual(token);
	});

	it('has no type and no base URL where an older version stored none', () => {
		expect(read({ tokenType: undefined, issuedTokenType: undefined, baseUrl: undefined })).toEqual({
			...token,
			tokenType: '',
			issuedTokenType: '',
			baseUrl: '',
		});
	});

	it.each([
		{ fingerprint: undefined },
		{ fingerprint: 7 },
		{ obtainedAt: '1' },
		{ obtainedAt: undefined },
		{ expiresAt: '1' },
		{ expiresAt: null },
	])('is none where its state has %j', (changes) => {
		expect(read(changes)).toBeUndefined();
	});

	it.each(['', '{}', 'x', 'null', '7', '[]'])('is none where its state is %j', (tokenState) => {
		expect(readStoredToken({ accessToken: 'at-1', tokenState })).toBeUndefined();
	});

	it('is none without the token itself', () => {
		expect(read({}, '')).toBeUndefined();
	});
});
