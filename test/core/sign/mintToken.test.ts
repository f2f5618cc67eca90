import { createHash, createHmac, generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint, jwtVerify, type JWK } from 'jose';
import { readSigningSettings } from '../../../core/settings/readCredential';
import { mintToken, type MintOptions } from '../../../core/sign/mintToken';
import { certificate, pem, rsa } from '../support/keyFixtures';

const NOW = new Date(1_750_000_000_900);
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'of-the-file' };
const fingerprint = `SHA256:${createHash('sha256')
	.update(publicKey.export({ format: 'der', type: 'spki' }))
	.digest('base64')}`;

const mint = async (data: Record<string, unknown> = {}, options: Partial<MintOptions> = {}) =>
	await mintToken(
		readSigningSettings({
			algorithm: 'EdDSA',
			privateKey: JSON.stringify(jwk),
			payload: '{ "sub": "user-1" }',
			...data,
		}),
		{ now: NOW, ...options },
	);
const bound = (...values: string[]) => ({
	useAdvanced: true,
	requestBinding: {
		bindings: values.map((value) => ({ target: 'payload', name: value, value })),
	},
});

describe('a token', () => {
	it('is what another implementation reads and verifies', async () => {
		const { token, header, claims } = await mint();
		const { payload, protectedHeader } = await jwtVerify(token, publicKey, { currentDate: NOW });
		expect(payload).toEqual(claims);
		expect(protectedHeader).toEqual(header);
		expect(claims).toEqual({ sub: 'user-1', iat: 1_750_000_000, exp: 1_750_003_600 });
		expect(header).toEqual({ alg: 'EdDSA', typ: 'JWT', kid: 'of-the-file' });
	});

	it('names the Key ID of the form before that of the key file', async () => {
		expect((await mint({ keyId: 'of-the-form' })).header.kid).toBe('of-the-form');
		expect((await mint({ keyId: '  ' })).header.kid).toBe('of-the-file');
		const pem = String(privateKey.export({ format: 'pem', type: 'pkcs8' }));
		expect((await mint({ privateKey: pem })).header).not.toHaveProperty('kid');
	});

	it('has the Key ID of its key where that is asked for and there is no other', async () => {
		const pem = String(privateKey.export({ format: 'pem', type: 'pkcs8' }));
		const thumbprint = await calculateJwkThumbprint(publicKey.export({ format: 'jwk' }) as JWK);
		const asked = { privateKey: pem, keyIdFromKey: true };
		expect((await mint(asked)).header.kid).toBe(thumbprint);
		expect((await mint({ ...asked, keyId: 'of-the-form' })).header.kid).toBe('of-the-form');
	});

	it('lives as long as the item says, else as the credential does', async () => {
		const life = async (expiresIn: MintOptions['expiresIn']) => {
			const { exp, iat } = (await mint({ expiresIn: '10m' }, { expiresIn })).claims;
			return Number(exp) - Number(iat);
		};
		expect(await life(undefined)).toBe(600);
		expect(await life('90s')).toBe(90);
		expect(await life(5)).toBe(5);
	});

	it('has the claims and header parameters of the item over those of the credential', async () => {
		const { header, claims } = await mint(
			{ useAdvanced: true, headerParameters: '{ "typ": "a", "x": 1 }' },
			{ itemClaims: { sub: 'item', role: 'r' }, itemHeaderParameters: { typ: 'b' } },
		);
		expect(claims).toMatchObject({ sub: 'item', role: 'r' });
		expect(header).toMatchObject({ typ: 'b', x: 1 });
	});
});

describe('the fingerprint of the key', () => {
	it('is filled into the payload and bound to the token', async () => {
		const payload = '{ "iss": "me.{publicKeyFingerprint}" }';
		const { claims } = await mint({ payload, ...bound('publicKeyFingerprint') });
		expect(claims).toMatchObject({ iss: `me.${fingerprint}`, publicKeyFingerprint: fingerprint });
	});

	it('is there for no secret', async () => {
		const secret = { algorithm: 'HS256', secret: 's'.repeat(32) };
		await expect(mint({ ...secret, ...bound('publicKeyFingerprint') })).rejects.toMatchObject({
			code: 'REQUEST_BINDING_INVALID',
			message: expect.stringContaining('the key is a secret'),
		});
		const { claims } = await mint(secret);
		expect(claims.sub).toBe('user-1');
	});
});

describe('a token bound to its request', () => {
	it('is refused where there is none, with what to do about it', async () => {
		for (const value of ['path', 'bodySha256Hex']) {
			await expect(mint(bound(value))).rejects.toMatchObject({
				code: 'REQUEST_BINDING_INVALID',
				message: expect.stringContaining('there is none here'),
				hint: expect.stringContaining('JWT HTTP Request'),
			});
		}
	});

	it('needs none where nothing is taken from it', async () => {
		const { claims } = await mint(bound('unixMs', 'uuid'));
		expect(claims).toMatchObject({ unixMs: NOW.getTime(), uuid: expect.any(String) });
	});

	it('has the values of the request it is given, as claim or header parameter', async () => {
		const request = { method: 'GET', url: new URL('https://api.example.com/v1') };
		const data = bound('methodHostPath');
		data.requestBinding.bindings.push({ target: 'header', name: 'h', value: 'host' });
		const { claims, header } = await mint(data, { request });
		expect(claims.methodHostPath).toBe('GET api.example.com/v1');
		expect(header.h).toBe('api.example.com');
	});
});

describe('times in milliseconds', () => {
	it('make a token as Zhipu GLM takes it', async () => {
		const secret = 'the-secret-half-of-an-api-key-of-zhipu';
		const { token, header } = await mint({
			algorithm: 'HS256',
			secret,
			payload: '{ "api_key": "the-id-half", "iat": null }',
			expiresIn: '210s',
			useAdvanced: true,
			timesInMilliseconds: true,
			headerParameters: '{ "sign_type": "SIGN" }',
			requestBinding: {
				bindings: [{ target: 'payload', name: 'timestamp', value: 'unixMs' }],
			},
		});
		expect(header).toEqual({ alg: 'HS256', typ: 'JWT', sign_type: 'SIGN' });
		const [signed = '', payload = '', signature] = [
			token.slice(0, token.lastIndexOf('.')),
			...token.split('.').slice(1),
		];
		expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toEqual({
			api_key: 'the-id-half',
			exp: 1_750_000_210_000,
			timestamp: NOW.getTime(),
		});
		expect(createHmac('sha256', secret).update(signed).digest('base64url')).toBe(signature);
	});

	it('are those of the payload, to the millisecond, and of nothing else', async () => {
		const { claims, expiresAt } = await mint({
			useAdvanced: true,
			timesInMilliseconds: true,
			addNbf: true,
			payload: '{ "exp": 1750009999123, "auth_time": 1750000000, "sub": "x" }',
		});
		expect(claims).toEqual({
			sub: 'x',
			auth_time: 1_750_000_000,
			iat: 1_750_000_000_000,
			nbf: 1_750_000_000_000,
			exp: 1_750_009_999_123,
		});
		expect(expiresAt).toBe(1_750_009_999.123);
	});
});

describe('a certificate', () => {
	it('of the key is named in the header as it was chosen', async () => {
		const pair = { algorithm: 'RS256', privateKey: pem(rsa, 'pkcs8'), x509: certificate(rsa) };
		const thumbprints = await mint({ useAdvanced: true, ...pair });
		expect(Object.keys(thumbprints.header)).toEqual(['alg', 'typ', 'x5t', 'x5t#S256']);
		const whole = await mint({ useAdvanced: true, ...pair, x509Header: 'x5c' });
		expect(Object.keys(whole.header)).toEqual(['alg', 'typ', 'x5c']);
	});

	it('of another key is refused', async () => {
		await expect(mint({ useAdvanced: true, x509: certificate(rsa) })).rejects.toMatchObject({
			code: 'CERTIFICATE_MISMATCH',
		});
	});
});
