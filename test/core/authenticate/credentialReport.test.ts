import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { credentialReport } from '../../../core/authenticate/credentialReport';
import type { CredentialData } from '../../../core/settings/credentialFields';
import { certificate, ec, ed25519, pem, rsa } from '../support/keyFixtures';
import { publicKeyThumbprint } from '../../../core/keys/publicKey';
import { signByHand } from '../support/tokens';

const NOW = new Date('2026-12-01T12:00Z');
const DAY = 86_400_000;
const SECRET = 'a secret of thirty-two characters';

const inDays = (days: number) => new Date(NOW.getTime() + days * DAY).toISOString();

const NOTHING = {
	keyMadeAt: null,
	nextKeyId: null,
	nextKeySignsFrom: null,
	certificateExpiresAt: null,
	clientCertificateExpiresAt: null,
	credentialExpiresAt: null,
	tokenExpiresAt: null,
	expiresFirst: null,
	expiresAt: null,
	daysLeft: null,
};

function made(key: typeof ec, day: string): string {
	const der = key.export({ format: 'der', type: 'pkcs8' });
	return `n8n-key-1.${Date.parse(day)}.${der.toString('base64url')}`;
}

describe('a credential of which nothing ends', () => {
	it('is told by its key, with a shared secret by its algorithm alone', async () => {
		const hmac = { algorithm: 'HS256', secret: SECRET };
		expect(await credentialReport('jwtSignApi', hmac, NOW)).toEqual({
			...NOTHING,
			...{ algorithm: 'HS256', keyId: null, thumbprint: null },
		});
		const pasted = { algorithm: 'RS256', privateKey: pem(rsa, 'pkcs8'), keyId: 'k1' };
		expect(await credentialReport('jwtSignApi', pasted, NOW)).toEqual({
			...NOTHING,
			...{ algorithm: 'RS256', keyId: 'k1', thumbprint: await publicKeyThumbprint(rsa) },
		});
	});

	it('has no key to tell of before n8n has made one, and none is made', async () => {
		const data = { algorithm: 'ES256', keySource: 'generate' };
		expect(await credentialReport('jwtSignApi', data, NOW)).toEqual({
			...NOTHING,
			...{ algorithm: 'ES256', keyId: null, thumbprint: null },
		});
		expect(data).not.toHaveProperty('generatedPrivateKey');
	});
});

it('a credential that went on to a pasted key does not tell when n8n made the one it still keeps', async () => {
	const pasted = { algorithm: 'RS256', keySource: 'paste', privateKey: pem(rsa, 'pkcs8') };
	const kept = { ...pasted, generatedPrivateKey: made(ec, '2026-01-01') };
	expect(await credentialReport('jwtSignApi', kept, NOW)).toMatchObject({
		thumbprint: await publicKeyThumbprint(rsa),
		keyMadeAt: null,
	});
});

it('fields of an exchange are read of a credential that exchanges alone', async () => {
	const data = { algorithm: 'HS256', secret: SECRET, grant: 'barter' };
	await expect(credentialReport('jwtExchangeApi', data, NOW)).rejects.toMatchObject({
		code: 'FIELD_INVALID',
	});
	await expect(credentialReport('jwtSignApi', data, NOW)).resolves.toHaveProperty('algorithm');
});

describe('a credential that changes its key', () => {
	const data = {
		algorithm: 'ES256',
		keySource: 'generate',
		keyId: 'one',
		newestKey: '2',
		newestKeyId: 'two',
		newestKeyFrom: inDays(3),
		generatedPrivateKey: made(ec, '2026-01-01'),
		generatedPrivateKey2: made(ec, '2026-11-01'),
	};

	it('tells the key that signs, and when the next one takes over', async () => {
		expect(await credentialReport('jwtExchangeApi', data, NOW)).toMatchObject({
			keyId: 'one',
			keyMadeAt: '2026-01-01T00:00:00.000Z',
			nextKeyId: 'two',
			nextKeySignsFrom: inDays(3),
			daysLeft: null,
		});
	});

	it('after that tells the other, and no next one', async () => {
		const later = new Date(inDays(3));
		expect(await credentialReport('jwtExchangeApi', data, later)).toMatchObject({
			keyId: 'two',
			keyMadeAt: '2026-11-01T00:00:00.000Z',
			nextKeyId: null,
			nextKeySignsFrom: null,
		});
	});

	it('calls a next key without Key ID by its thumbprint, as its tokens will', async () => {
		const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
		const generatedPrivateKey2 = made(other, '2026-11-01');
		const unnamed = { ...data, generatedPrivateKey2, newestKeyId: '' };
		expect(await credentialReport('jwtSignApi', unnamed, NOW)).toMatchObject({
			keyId: 'one',
			nextKeyId: await publicKeyThumbprint(other),
		});
	});

	it('has no date for a key whose time has come while it is left alone still', async () => {
		const justMade = made(ec, new Date(NOW.getTime() - 5000).toISOString());
		const due = { ...data, generatedPrivateKey2: justMade, newestKeyFrom: inDays(0) };
		expect(await credentialReport('jwtSignApi', due, NOW)).toMatchObject({
			keyId: 'one',
			nextKeyId: 'two',
			nextKeySignsFrom: null,
		});
	});

	it('has no date for a key whose date does not count', async () => {
		const early = { ...data, newestKeyFrom: '2026-10-01T00:00Z' };
		expect(await credentialReport('jwtSignApi', early, NOW)).toMatchObject({
			keyId: 'one',
			nextKeyId: 'two',
			nextKeySignsFrom: null,
		});
	});
});

describe('what ends', () => {
	const own = certificate(rsa);
	const tls = certificate(ed25519);
	const endOf = (text: string) => new Date(new X509Certificate(text).validTo).toISOString();
	const all: CredentialData = {
		algorithm: 'RS256',
		privateKey: pem(rsa, 'pkcs8'),
		useAdvanced: true,
		x509: own,
		tlsCertificate: tls,
		tlsPrivateKey: pem(ed25519, 'pkcs8'),
		credentialExpiresAt: inDays(5.5),
	};

	it('are certificates and the credential, the first of them with its days', async () => {
		const report = await credentialReport('jwtSignApi', all, NOW);
		expect(report).toMatchObject({
			certificateExpiresAt: endOf(own),
			clientCertificateExpiresAt: endOf(tls),
			credentialExpiresAt: inDays(5.5),
		});
		const [first] = [endOf(own), endOf(tls), inDays(5.5)].sort();
		expect(report.expiresAt).toBe(first);
		const left = Math.floor((Date.parse(String(first)) - NOW.getTime()) / DAY);
		expect(report.daysLeft).toBe(left);
	});

	it('is told after it has ended, too, and in the time zone of n8n', async () => {
		const data = { algorithm: 'HS256', secret: SECRET, useAdvanced: ['expiry'] };
		const ended = { ...data, credentialExpiresAt: '2026-11-30T13:00:00' };
		expect(await credentialReport('jwtSignApi', ended, NOW, 'Europe/Berlin')).toMatchObject({
			expiresFirst: 'credentialExpiresAt',
			expiresAt: '2026-11-30T12:00:00.000Z',
			daysLeft: -1,
		});
	});

	it('is the pasted token, whatever it was signed with', async () => {
		const exp = NOW.getTime() / 1000 + 86_400 * 3;
		const token = signByHand({ alg: 'HS256', kid: 'k1' }, { exp }, SECRET, 'HS256');
		expect(await credentialReport('jwtTokenApi', { token: `Bearer ${token}` }, NOW)).toEqual({
			...NOTHING,
			...{ algorithm: 'HS256', keyId: 'k1', thumbprint: null },
			...{ tokenExpiresAt: inDays(3), expiresFirst: 'tokenExpiresAt' },
			...{ expiresAt: inDays(3), daysLeft: 3 },
		});
		const endless = signByHand({ alg: 'HS256' }, { sub: 'x' }, SECRET, 'HS256');
		expect(await credentialReport('jwtTokenApi', { token: endless }, NOW)).toMatchObject({
			keyId: null,
			expiresFirst: null,
			daysLeft: null,
		});
	});

	it.each(['1796126400', true, null])('is no pasted token with an exp of %p', async (exp) => {
		const token = signByHand({ alg: 'HS256' }, { exp }, SECRET, 'HS256');
		expect(await credentialReport('jwtTokenApi', { token }, NOW)).toMatchObject({
			tokenExpiresAt: null,
			expiresFirst: null,
		});
	});

	it('a certificate of another key is refused as when signing', async () => {
		const foreign = { ...all, x509: tls };
		await expect(credentialReport('jwtSignApi', foreign, NOW)).rejects.toMatchObject({
			code: 'CERTIFICATE_MISMATCH',
		});
	});
});

it('no secret is in a report', async () => {
	const data = {
		algorithm: 'ES256',
		keySource: 'generate',
		newestKey: '2',
		generatedPrivateKey: made(ec, '2026-01-01'),
		generatedPrivateKey2: made(ec, '2026-11-01'),
		useAdvanced: true,
		metadata: `{ "note": "${SECRET}" }`,
		additionalHeaders: `{ "X-Key": "${SECRET}" }`,
	};
	const text = JSON.stringify(await credentialReport('jwtSignApi', data, NOW));
	const { d = '' } = ec.export({ format: 'jwk' });
	expect([text.includes(SECRET), text.includes(d)]).toEqual([false, false]);
});
