import { randomUUID } from 'node:crypto';
import { readSigningSettings } from '../../../core/settings/readCredential';
import { mintOrReuseToken } from '../../../core/sign/reuseToken';
import { ec, ed25519, pem, rsa } from '../support/keyFixtures';

const KEYS: Record<string, typeof rsa> = { ES256: ec, PS256: rsa, EdDSA: ed25519 };

const begin = new Date('2026-01-01T00:00:00Z');
const after = (seconds: number) => new Date(begin.getTime() + seconds * 1000);

/** Settings of a credential that reuses its tokens; no test shares its tokens with another. */
function settings(data: Record<string, unknown> = {}) {
	return readSigningSettings({
		algorithm: 'HS256',
		secret: 'a-secret-of-thirty-two-characters',
		payload: JSON.stringify({ iss: randomUUID() }),
		expiresIn: '100s',
		useAdvanced: true,
		reuseUntilExpiry: true,
		...data,
	});
}

describe('mintOrReuseToken', () => {
	it('hands the same token out until 80 % of its life has passed', async () => {
		const reusing = settings();
		const { token } = await mintOrReuseToken(reusing, { now: begin });
		for (const seconds of [0, 79]) {
			expect((await mintOrReuseToken(reusing, { now: after(seconds) })).token).toBe(token);
		}
		expect((await mintOrReuseToken(reusing, { now: after(80) })).token).not.toBe(token);
	});

	it.each(['HS256', 'ES256', 'PS256', 'EdDSA'])(
		'makes one %s token for 40 items at once',
		async (algorithm) => {
			const key = algorithm === 'HS256' ? {} : { privateKey: pem(KEYS[algorithm] ?? rsa, 'pkcs8') };
			const reusing = settings({ algorithm, ...key });
			const minted = await Promise.all(
				Array.from({ length: 40 }, async () => await mintOrReuseToken(reusing, { now: begin })),
			);
			expect(new Set(minted.map(({ token }) => token)).size).toBe(1);
		},
	);

	it('lets everyone who waits have the failure, and then tries again', async () => {
		const reusing = settings();
		const bad = { now: begin, itemClaims: { aud: { no: 'audience' } } };
		const outcomes = await Promise.allSettled([1, 2].map(() => mintOrReuseToken(reusing, bad)));
		expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		expect(await mintOrReuseToken(reusing, { now: begin })).toMatchObject({
			token: expect.any(String),
		});
	});

	it('hands out no token of the future when the clock is put back', async () => {
		const reusing = settings();
		const { token } = await mintOrReuseToken(reusing, { now: after(86_400) });
		expect((await mintOrReuseToken(reusing, { now: after(86_399) })).token).toBe(token);
		const { token: current, claims } = await mintOrReuseToken(reusing, { now: begin });
		expect(current).not.toBe(token);
		expect(claims.iat).toBe(begin.getTime() / 1000);
		expect((await mintOrReuseToken(reusing, { now: after(1) })).token).toBe(current);
	});

	it('hands out no token that is older than it looks', async () => {
		const reusing = settings();
		let passed = 0;
		const clock = () => passed;
		const { token } = await mintOrReuseToken(reusing, { now: after(50) }, clock);
		passed += 79_999;
		expect((await mintOrReuseToken(reusing, { now: after(60) }, clock)).token).toBe(token);
		passed += 1;
		expect((await mintOrReuseToken(reusing, { now: after(60) }, clock)).token).not.toBe(token);
	});

	it('lets no failed signing take the place of a token', async () => {
		const reusing = settings();
		const { token } = await mintOrReuseToken(reusing, { now: begin });
		for (let index = 0; index < 600; index += 1) {
			const itemClaims = { aud: { index } };
			await expect(mintOrReuseToken(reusing, { now: begin, itemClaims })).rejects.toThrow();
		}
		expect((await mintOrReuseToken(reusing, { now: after(79) })).token).toBe(token);
	});

	it('counts Expires In as the life of a token without exp, as APNs wants it', async () => {
		const reusing = settings({
			payload: JSON.stringify({ iss: randomUUID(), exp: null }),
			expiresIn: '1h',
		});
		const { token, claims } = await mintOrReuseToken(reusing, { now: begin });
		expect(claims).not.toHaveProperty('exp');
		expect((await mintOrReuseToken(reusing, { now: after(47 * 60) })).token).toBe(token);
		expect((await mintOrReuseToken(reusing, { now: after(48 * 60) })).token).not.toBe(token);
	});

	it('goes by the exp of the payload where there is one, whatever Expires In says', async () => {
		const payload = { iss: randomUUID(), exp: after(50).toISOString() };
		const reusing = settings({ payload: JSON.stringify(payload), expiresIn: '1h' });
		const { token } = await mintOrReuseToken(reusing, { now: begin });
		expect((await mintOrReuseToken(reusing, { now: after(39) })).token).toBe(token);
		expect((await mintOrReuseToken(reusing, { now: after(40) })).token).not.toBe(token);
	});

	it('names Expires In where it is needed and no good', async () => {
		const bad = settings({
			payload: JSON.stringify({ iss: randomUUID(), exp: null }),
			expiresIn: 'soon',
			autoTimeClaims: false,
		});
		await expect(mintOrReuseToken(bad, { now: begin })).rejects.toMatchObject({
			code: 'DURATION_INVALID',
			message: expect.stringContaining('Expires In') as string,
		});
	});

	it.each([
		['the switch is off', { reuseUntilExpiry: false }],
		['every token has an ID of its own', { addJti: true }],
		[
			'tokens are bound to the request',
			{ requestBinding: { bindings: [{ target: 'payload', name: 'n', value: 'nonceHex' }] } },
		],
	])('signs every time when %s', async (_why, data) => {
		const unique = settings(data);
		const first = await mintOrReuseToken(unique, { now: begin });
		expect((await mintOrReuseToken(unique, { now: after(1) })).token).not.toBe(first.token);
	});

	it('reuses one whose times are milliseconds as long as any other, and no other one for it', async () => {
		const payload = JSON.stringify({ iss: randomUUID() });
		const reusing = settings({ payload, timesInMilliseconds: true });
		const { token, expiresAt } = await mintOrReuseToken(reusing, { now: begin });
		expect(expiresAt).toBe(begin.getTime() / 1000 + 100);
		expect((await mintOrReuseToken(reusing, { now: after(79) })).token).toBe(token);
		expect((await mintOrReuseToken(reusing, { now: after(80) })).token).not.toBe(token);
		const usual = await mintOrReuseToken(settings({ payload }), { now: begin });
		expect(usual.claims.exp).toBe(begin.getTime() / 1000 + 100);
	});

	it('never mixes tokens up: other key, claims, item claims, header or lifetime', async () => {
		const payload = JSON.stringify({ iss: randomUUID() });
		const base = settings({ payload });
		const calls: Array<Promise<{ token: string }>> = [
			mintOrReuseToken(base, { now: begin }),
			mintOrReuseToken(base, { now: begin, itemClaims: { sub: 'alice' } }),
			mintOrReuseToken(base, { now: begin, itemClaims: { sub: 'bob' } }),
			mintOrReuseToken(base, { now: begin, itemHeaderParameters: { typ: 'x' } }),
			mintOrReuseToken(base, { now: begin, expiresIn: '50s' }),
			mintOrReuseToken(settings({ payload, keyId: 'k' }), { now: begin }),
			mintOrReuseToken(settings({ payload, secret: 'another-secret-of-32-characters-x' }), {
				now: begin,
			}),
		];
		const tokens = (await Promise.all(calls)).map(({ token }) => token);
		expect(new Set(tokens).size).toBe(calls.length);
	});
});
