import {
	createHash,
	createPrivateKey,
	createPublicKey,
	createSecretKey,
	generateKeyPairSync,
} from 'node:crypto';
import {
	publicJwk,
	publicKeyFingerprint,
	publicKeyOf,
	publicKeyThumbprint,
} from '../../../core/keys/publicKey';
import { expectCode } from '../support/expectCode';
import { ec, FAMILIES, openssl, publicPem, rsa } from '../support/keyFixtures';

// RFC 7638 §3.1.
const RFC_7638 = {
	kty: 'RSA',
	n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
	e: 'AQAB',
	alg: 'RS256',
	kid: '2011-04-29',
};

/** Members that count, in their order: RFC 7638 §3.2, RFC 8037 §2, RFC 9964 §6. */
const THUMBPRINT_MEMBERS: Record<string, string[]> = {
	AKP: ['alg', 'kty', 'pub'],
	EC: ['crv', 'kty', 'x', 'y'],
	OKP: ['crv', 'kty', 'x'],
	RSA: ['e', 'kty', 'n'],
};

describe('publicKeyOf', () => {
	it.each(Object.entries(FAMILIES))('has nothing of the private part, %s', (_, { privateKey }) => {
		const publicKey = publicKeyOf(privateKey);
		expect(publicKey.type).toBe('public');
		expect(publicKey.equals(createPublicKey(privateKey))).toBe(true);
		expect(publicKeyOf(publicKey)).toBe(publicKey);
	});

	it('says which algorithms have a public key, where a shared secret has none', () => {
		const secret = createSecretKey(Buffer.alloc(32));
		const { message, hint } = expectCode('KEY_WRONG_TYPE', () => publicKeyOf(secret));
		expect(message).toContain('A shared secret was found');
		expect(hint).toContain('Choose an RS, PS, ES or EdDSA algorithm');
	});

	it('calls a key damaged whose public point is the one at infinity', () => {
		const der =
			'MEcCAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcELTArAgEBBCD5KAmNdQBPthNKwzmmyc1mCXZKZ/skqk2cJqzW4quIqaEEAwIAAA==';
		const key = createPrivateKey({
			key: Buffer.from(der, 'base64'),
			format: 'der',
			type: 'pkcs8',
		});
		for (const one of [key, createPublicKey(key)]) {
			const { message } = expectCode('KEY_MALFORMED', () => publicKeyOf(one));
			expect(message).toContain('no usable public part');
		}
	});
});

describe('publicKeyThumbprint', () => {
	it.each([
		['RFC 7638, §3.1', RFC_7638, 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs'],
		[
			'RFC 8037, appendix A.3',
			{ kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
			'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
		],
	])('matches the vector of %s', async (_, jwk, thumbprint) => {
		const key = createPublicKey({ key: jwk, format: 'jwk' });
		expect(await publicKeyThumbprint(key)).toBe(thumbprint);
	});

	it.each(Object.entries(FAMILIES))(
		'is made of the members that count, %s',
		async (_, { privateKey }) => {
			const jwk = publicJwk(privateKey);
			const members = THUMBPRINT_MEMBERS[String(jwk.kty)] ?? [];
			const counted = JSON.stringify(Object.fromEntries(members.map((name) => [name, jwk[name]])));
			expect(await publicKeyThumbprint(privateKey)).toBe(
				createHash('sha256').update(counted).digest('base64url'),
			);
		},
	);

	it('is not made of a shared secret, which could be guessed from it', async () => {
		await expect(publicKeyThumbprint(createSecretKey(Buffer.alloc(32)))).rejects.toMatchObject({
			code: 'KEY_WRONG_TYPE',
		});
	});
});

describe('publicJwk', () => {
	it.each(Object.entries(FAMILIES))('has the public members alone, %s', (_, { privateKey }) => {
		const jwk = publicJwk(privateKey);
		for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(jwk).not.toHaveProperty(member);
		const key = createPublicKey({ key: jwk, format: 'jwk' });
		expect(key.equals(createPublicKey(privateKey))).toBe(true);
		expect(publicJwk(key)).toEqual(jwk);
	});

	it('gives an id-RSASSA-PSS key as an ordinary RSA JWK', () => {
		const { privateKey } = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
		const jwk = publicJwk(privateKey);
		expect(jwk).toMatchObject({ kty: 'RSA', e: 'AQAB' });
		expect(Buffer.from(jwk.n ?? '', 'base64url')).toHaveLength(256);
	});

	it('refuses a shared secret', () => {
		expect(() => publicJwk(createSecretKey(Buffer.alloc(32)))).toThrow(
			expect.objectContaining({ code: 'KEY_WRONG_TYPE' }),
		);
	});
});

describe('publicKeyFingerprint', () => {
	it('is what Snowflake computes with openssl', () => {
		const der = openssl(rsa, 'rsa', '-in', 'key.pem', '-pubout', '-outform', 'PEM');
		const bytes = Buffer.from(der.replace(/-----.*-----/g, ''), 'base64');
		const expected = createHash('sha256').update(bytes).digest('base64');
		expect(expected).toMatch(/^[A-Za-z0-9+/]{43}=$/);
		expect(publicKeyFingerprint(rsa)).toBe(`SHA256:${expected}`);
		expect(publicKeyFingerprint(createPublicKey(publicPem(rsa)))).toBe(`SHA256:${expected}`);
	});

	it('differs from key to key', () => {
		expect(publicKeyFingerprint(ec)).not.toBe(publicKeyFingerprint(rsa));
	});
});
