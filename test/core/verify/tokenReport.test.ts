import {
	REPORT_MEMBERS,
	reportDecoded,
	reportVerification,
} from '../../../core/verify/tokenReport';
import { JwtAuthError } from '../../../core/errors';
import { pastedPublicKeys, pastedSecret } from '../../../core/verify/keySource';
import { verifyToken } from '../../../core/verify/verifyToken';
import { publicKeyThumbprint } from '../../../core/keys/publicKey';
import { expectCode } from '../support/expectCode';
import { ed25519, publicPem } from '../support/keyFixtures';
import { part, signByHand } from '../support/tokens';

const SECONDS = 1_750_000_000;
const NOW = new Date(SECONDS * 1000 + 400);
const claims = { sub: 'x', iat: SECONDS - 60, nbf: SECONDS - 30, exp: SECONDS + 90 };
const times = {
	issuedAt: '2025-06-15T15:05:40.000Z',
	notBefore: '2025-06-15T15:06:10.000Z',
	expiresAt: '2025-06-15T15:08:10.000Z',
	// 89.6 seconds, cut.
	expiresInSeconds: 89,
};
const noTimes = { issuedAt: null, notBefore: null, expiresAt: null, expiresInSeconds: null };
const signed = (payload: unknown, header = {}) =>
	signByHand({ alg: 'EdDSA', ...header }, payload, ed25519, 'EdDSA');

describe('the report of a verification', () => {
	const report = async (token: string, source = pastedPublicKeys(publicPem(ed25519))) =>
		await reportVerification(await verifyToken(token, source, { now: NOW }), NOW);

	it('has header, payload, times and key of a token that may be trusted', async () => {
		expect(await report(signed(claims))).toEqual({
			valid: true,
			header: { alg: 'EdDSA' },
			payload: claims,
			keyId: null,
			thumbprint: await publicKeyThumbprint(ed25519),
			...times,
		});
	});

	it('names the kid of the key, and no thumbprint of a secret', async () => {
		const key = `5f1d7c2e9b3a4d0012345678:${'ab'.repeat(32)}`;
		const secret = Buffer.from('ab'.repeat(32), 'hex').toString('latin1');
		const bytes = Buffer.from(secret, 'latin1');
		const token = signByHand({ alg: 'HS256' }, { sub: 'x' }, bytes as never, 'HS256');
		expect(await report(token, pastedSecret({ key }))).toEqual({
			valid: true,
			header: { alg: 'HS256' },
			payload: { sub: 'x' },
			keyId: '5f1d7c2e9b3a4d0012345678',
			thumbprint: null,
			...noTimes,
		});
	});

	it('has the reason why a token may not, and no claim of it', async () => {
		expect(await report(signed({ exp: SECONDS - 5 }, { kid: 'k' }))).toEqual({
			valid: false,
			reason: 'TOKEN_EXPIRED',
			message: expect.any(String),
			hint: expect.any(String),
			header: { alg: 'EdDSA', kid: 'k' },
			statusCode: 401,
			wwwAuthenticate: expect.stringMatching(/^Bearer error="invalid_token", error_description=/),
		});
		const error = new JwtAuthError('TOKEN_MALFORMED', 'This is not a JWT.');
		expect(await reportVerification({ valid: false, error }, NOW)).toMatchObject({
			valid: false,
			reason: 'TOKEN_MALFORMED',
			message: 'This is not a JWT.',
			hint: error.hint,
			header: null,
		});
	});

	it('has the members it says it has, and none that n8n takes for a failure', async () => {
		const good = await report(signed(claims));
		const bad = await report(signed({ exp: 1 }));
		const members = new Set([...Object.keys(good), ...Object.keys(bad)]);
		expect([...members].sort()).toEqual([...REPORT_MEMBERS].sort());
		expect(REPORT_MEMBERS).not.toContain('error');
	});
});

describe('what a token says of itself', () => {
	const decode = (token: string, maximumLength?: number) =>
		reportDecoded(token, NOW, maximumLength);
	const base = { verified: false, notice: expect.stringContaining('Nothing was verified') };

	it('is header, payload and times, signed or not', () => {
		const token = signed(claims);
		expect(decode(token)).toEqual({
			...base,
			kind: 'signed',
			header: { alg: 'EdDSA' },
			payload: claims,
			...times,
		});
		const unsigned = token.slice(0, token.lastIndexOf('.') + 1);
		expect(decode(unsigned)).toMatchObject({ kind: 'unsigned', payload: claims });
	});

	it('has null for times that are none, and the seconds since the end as a negative number', () => {
		const odd = signed({ iat: '1', nbf: true, exp: null });
		expect(decode(odd)).toMatchObject(noTimes);
		expect(decode(signed({ exp: SECONDS }))).toMatchObject({ expiresInSeconds: -1 });
		expect(decode(signed({ exp: 1e300 }))).toMatchObject({ expiresAt: 'a time out of range' });
	});

	it('is the header alone of an encrypted token', () => {
		const token = `${part({ alg: 'dir', enc: 'A128GCM' })}..aXY.Y2lw.dGFn`;
		expect(decode(token)).toEqual({
			...base,
			kind: 'encrypted',
			header: { alg: 'dir', enc: 'A128GCM' },
		});
	});

	it('is the token within a nested one, four levels deep', () => {
		const nest = (levels: number): string =>
			levels === 1 ? signed({ sub: 'inmost' }) : signed(nest(levels - 1), { level: levels });
		const two = decode(nest(2));
		expect(two).toEqual({
			...base,
			kind: 'nested',
			header: { alg: 'EdDSA', level: 2 },
			nested: expect.objectContaining({ kind: 'signed', payload: { sub: 'inmost' } }),
		});
		expect(JSON.stringify(decode(nest(4)))).toContain('inmost');
		expectCode('TOKEN_NESTED', () => decode(nest(5)));
	});

	it.each([
		['TOKEN_MISSING', '', undefined],
		['TOKEN_MALFORMED', 'abc', undefined],
		['TOKEN_MALFORMED', `${part('x')}.${part({})}.`, undefined],
		['TOKEN_TOO_LARGE', signed(claims), 10],
	] as const)('is an error where it says nothing: %s', (code, token, maximumLength) => {
		expectCode(code, () => decode(token, maximumLength));
	});

	it('names the part that cannot be read', () => {
		const { message } = expectCode('TOKEN_MALFORMED', () => decode(`${part('[]')}.e30.`));
		expect(message).toBe('The header of the token is not a JSON object.');
	});

	it('holds the size of a token within as well', () => {
		const inner = signed({ sub: 'x' });
		const outer = signed(inner);
		expect(decode(outer, outer.length)).toMatchObject({ kind: 'nested' });
		expectCode('TOKEN_TOO_LARGE', () => decode(outer, outer.length - 1));
	});
});
