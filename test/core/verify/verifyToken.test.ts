import { spawnSync } from 'node:child_process';
import {
	createHash,
	createPublicKey,
	createSecretKey,
	generateKeyPairSync,
	sign,
	X509Certificate,
	type KeyObject,
} from 'node:crypto';
import { ALGORITHMS } from '../../../core/keys/algorithms';
import { newProofKey } from '../../../core/keys/proofKey';
import { signProof } from '../../../core/sign/dpopProof';
import {
	pastedPublicKeys,
	pastedSecret,
	signingCredentialKey,
} from '../../../core/verify/keySource';
import { verifyToken, type PossessionChecks } from '../../../core/verify/verifyToken';
import { issue } from '../support/certificateChains';
import { FAMILIES, pem, publicPem, rsa } from '../support/keyFixtures';
import { jktOf } from '../support/proofs';
import { part, signByHand } from '../support/tokens';

const now = new Date('2026-01-01T00:00:00Z');
const SECRET = 'a secret that is long enough for the longest of the three hashes, 64+ bytes';
const payload = { iss: 'maker', sub: 'Grüße', exp: now.getTime() / 1000 + 60 };

/** Private key of every asymmetric algorithm this Node.js can sign with. */
const signers = new Map<string, KeyObject>();
for (const { name, keyType, curve } of ALGORITHMS) {
	const families = Object.values(FAMILIES);
	if (keyType === 'RSA') signers.set(name, rsa);
	if (keyType === 'OKP') signers.set(name, families.at(-1)?.privateKey ?? rsa);
	if (keyType === 'EC') {
		const found = families.find(({ algorithm }) => algorithm === name);
		if (found && curve) signers.set(name, found.privateKey);
	}
}

function anotherKeyLike({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): KeyObject {
	if (asymmetricKeyType === 'rsa') {
		return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
	}
	const namedCurve = asymmetricKeyDetails?.namedCurve;
	return namedCurve === undefined
		? generateKeyPairSync('ed25519').privateKey
		: generateKeyPairSync('ec', { namedCurve }).privateKey;
}

function source(algorithm: string) {
	const key = signers.get(algorithm);
	return key ? pastedPublicKeys(publicPem(key)) : pastedSecret({ key: SECRET });
}

const algorithms = [...signers.keys(), 'HS256', 'HS384', 'HS512'];

describe.each(algorithms)('a token signed by hand with %s', (algorithm) => {
	const key = signers.get(algorithm) ?? createSecretKey(Buffer.from(SECRET));
	const token = signByHand({ alg: algorithm }, payload, key, algorithm);

	it('verifies, and tells what it says and which key it was', async () => {
		const result = await verifyToken(token, source(algorithm), { now });
		expect(result).toMatchObject({ valid: true, header: { alg: algorithm }, payload });
		// The thumbprint of a secret would let it be guessed.
		const thumbprint = result.valid ? await result.key.thumbprint : '';
		if (algorithm.startsWith('HS')) expect(thumbprint).toBeUndefined();
		else expect(thumbprint).toMatch(/^[\w-]{43}$/);
	});

	it('does not verify once its payload is changed, or with another key of the same kind', async () => {
		const [header, , signature] = token.split('.');
		const other = Buffer.from(JSON.stringify({ ...payload, sub: 'admin' })).toString('base64url');
		const changed = await verifyToken(`${header}.${other}.${signature}`, source(algorithm), {
			now,
		});
		expect(changed).toMatchObject({ valid: false, error: { code: 'SIGNATURE_INVALID' } });

		const foreign =
			key.type === 'secret'
				? pastedSecret({ key: SECRET.toUpperCase() })
				: pastedPublicKeys(publicPem(anotherKeyLike(key)));
		expect(await verifyToken(token, foreign, { now })).toMatchObject({
			valid: false,
			error: { code: 'SIGNATURE_INVALID' },
			header: { alg: algorithm },
		});
	});
});

describe('tokens of the RFCs', () => {
	const inTime = { now: new Date(1300819379_000) };

	it('HS256, RFC 7515 A.1', async () => {
		const token =
			'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
		const secret =
			'{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}';
		expect(await verifyToken(token, pastedSecret({ key: secret }), inTime)).toMatchObject({
			valid: true,
		});
	});

	it('RS256, RFC 7515 A.2', async () => {
		const token =
			'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw';
		const jwk =
			'{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}';
		expect(await verifyToken(token, pastedPublicKeys(jwk), inTime)).toMatchObject({
			valid: true,
			payload: { 'http://example.com/is_root': true },
		});
	});

	it('ES256, RFC 7515 A.3', async () => {
		const token =
			'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q';
		const jwk =
			'{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}';
		expect(await verifyToken(token, pastedPublicKeys(jwk), inTime)).toMatchObject({ valid: true });
	});
});

const python = spawnSync('/usr/bin/python3', ['-c', 'import jwt, cryptography'], {
	stdio: 'ignore',
});
const hasPyJwt = python.status === 0;
if (!hasPyJwt && process.env.CI) throw new Error('CI needs python3-jwt and python3-cryptography');

(hasPyJwt ? describe : describe.skip)('tokens of PyJWT', () => {
	it('verify in every algorithm it knows', async () => {
		const known = algorithms.filter((algorithm) => algorithm !== 'Ed25519');
		const cases = known.map((algorithm) => {
			const key = signers.get(algorithm);
			return { algorithm, key: key ? pem(key, 'pkcs8') : SECRET, payload };
		});
		const { stdout, stderr } = spawnSync(
			'/usr/bin/python3',
			[
				'-c',
				[
					'import json, sys, jwt',
					'for case in json.load(sys.stdin):',
					"    print(jwt.encode(case['payload'], case['key'], algorithm=case['algorithm']))",
				].join('\n'),
			],
			{ input: JSON.stringify(cases), encoding: 'utf8' },
		);
		expect(stderr).toBe('');
		const tokens = stdout.trim().split('\n');
		expect(tokens).toHaveLength(known.length);
		for (const [index, token] of tokens.entries()) {
			const result = await verifyToken(token, source(known[index] ?? ''), { now });
			expect(result).toMatchObject({ valid: true, payload, header: { alg: known[index] } });
		}
	});
});

it('tells that a token for Microsoft Graph can be verified by nobody else', async () => {
	const graph = signByHand({ alg: 'RS256', nonce: 'x' }, payload, rsa, 'RS256');
	const [header, claims] = graph.split('.');
	const key = pastedPublicKeys(publicPem(rsa));
	const verdict = async (token: string) => await verifyToken(token, key, { now });
	expect(await verdict(`${header}.${claims}.AAAA`)).toMatchObject({
		error: { code: 'SIGNATURE_INVALID', message: expect.stringContaining('nobody but Graph') },
	});
	expect(await verdict(graph)).toMatchObject({ valid: true });
	const [plain] = signByHand({ alg: 'RS256' }, payload, rsa, 'RS256').split('.');
	expect(await verdict(`${plain}.${claims}.AAAA`)).toMatchObject({
		error: { message: 'The signature of the token does not verify.' },
	});
});

it('compares long numbers digit by digit and puts them out as they stand', async () => {
	const token = signByHand({ alg: 'RS256' }, '{"uid":123456789012345677}', rsa, 'RS256');
	const key = pastedPublicKeys(publicPem(rsa));
	const wanting = async (value: string) =>
		await verifyToken(token, key, { now, requiredClaims: [{ name: 'uid', value }] });
	expect(await wanting('123456789012345680')).toMatchObject({ error: { code: 'CLAIM_MISMATCH' } });
	expect(await wanting('123456789012345677')).toMatchObject({
		valid: true,
		payload: { uid: '123456789012345677' },
	});
});

describe('which key a token is tried with', () => {
	const jwk = (key: KeyObject, members: object) => ({
		...createPublicKey(key).export({ format: 'jwk' }),
		...members,
	});
	const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
	const set = (...keys: unknown[]) => pastedPublicKeys(JSON.stringify({ keys }));
	const token = (header: object) => signByHand({ alg: 'RS256', ...header }, payload, rsa, 'RS256');

	it('the one its kid names, whatever stands before it', async () => {
		const keys = set(jwk(other, { kid: 'a' }), jwk(rsa, { kid: 'b' }));
		expect(await verifyToken(token({ kid: 'b' }), keys, { now })).toMatchObject({
			valid: true,
			key: { keyId: 'b' },
		});
		expect(await verifyToken(token({ kid: 'a' }), keys, { now })).toMatchObject({
			error: { code: 'SIGNATURE_INVALID' },
		});
		expect(await verifyToken(token({ kid: 'c' }), keys, { now })).toMatchObject({
			error: { code: 'KEY_NOT_FOUND' },
		});
	});

	it('each one, when it has no kid', async () => {
		const keys = set(jwk(other, { kid: 'a' }), jwk(rsa, { kid: 'b' }));
		expect(await verifyToken(token({}), keys, { now })).toMatchObject({ valid: true });
	});

	it('a single pasted key, whatever its kid', async () => {
		const key = pastedPublicKeys(JSON.stringify(jwk(rsa, { kid: 'a' })));
		expect(await verifyToken(token({ kid: 'z' }), key, { now })).toMatchObject({ valid: true });
	});

	it('none that was made for another algorithm or for encryption', async () => {
		const restricted = set(jwk(rsa, { alg: 'PS256' }), jwk(other, { use: 'sig', alg: 'RS512' }));
		expect(await verifyToken(token({}), restricted, { now })).toMatchObject({
			error: { code: 'ALGORITHM_NOT_ALLOWED' },
		});
		const encryption = () => set(jwk(rsa, { use: 'enc' }));
		expect(encryption).toThrow(expect.objectContaining({ code: 'KEY_ALGORITHM_MISMATCH' }));
	});

	it("a credential's own, for its own algorithm", async () => {
		const settings = { algorithm: 'RS256', key: pem(rsa, 'pkcs8') };
		const credential = signingCredentialKey(settings, 'mine');
		expect(await verifyToken(token({}), credential, { now })).toMatchObject({
			valid: true,
			key: { keyId: 'mine' },
		});
		const ps256 = signByHand({ alg: 'PS256' }, payload, rsa, 'PS256');
		expect(await verifyToken(ps256, credential, { now })).toMatchObject({
			error: { code: 'ALGORITHM_NOT_ALLOWED' },
		});
	});

	it('only with algorithms that are allowed, EdDSA and Ed25519 being the same', async () => {
		const key = pastedPublicKeys(publicPem(rsa));
		expect(await verifyToken(token({}), key, { now, algorithms: ['PS256'] })).toMatchObject({
			error: { code: 'ALGORITHM_NOT_ALLOWED' },
		});
		const ed25519 = signers.get('EdDSA') ?? rsa;
		const eddsa = signByHand({ alg: 'EdDSA' }, payload, ed25519, 'EdDSA');
		const options = { now, algorithms: ['Ed25519'] };
		expect(await verifyToken(eddsa, pastedPublicKeys(publicPem(ed25519)), options)).toMatchObject({
			valid: true,
		});
	});
});

describe('what is said of a token that is refused before its signature is looked at', () => {
	const key = pastedPublicKeys(publicPem(rsa));
	const refusal = async (header: object, algorithms?: string[]) => {
		const token = signByHand({ ...header }, payload, rsa, 'RS256');
		const result = await verifyToken(token, key, { now, algorithms });
		return result.valid ? undefined : result;
	};

	it.each([
		[{ alg: 'none' }, 'The token is not signed (algorithm none).'],
		[{ alg: 'NONE' }, 'The token is not signed (algorithm none).'],
		[{ alg: 'RS255' }, 'The token names an algorithm that is not known.'],
		[{ alg: 5 }, 'The header of the token has no proper alg or kid.'],
		[{ alg: 'RS256', kid: 5 }, 'The header of the token has no proper alg or kid.'],
		[
			{ alg: 'RS256', crit: ['exp'] },
			'The header of the token demands an extension (crit, b64) that is not understood.',
		],
		[
			{ alg: 'RS256', b64: false },
			'The header of the token demands an extension (crit, b64) that is not understood.',
		],
	])('%j: %s', async (header, message) => {
		expect(await refusal(header)).toMatchObject({ error: { message } });
	});

	it('names the algorithm that is not allowed, and shows the header as the token gives it', async () => {
		expect(await refusal({ alg: 'RS256', kid: 'a' }, ['PS256'])).toMatchObject({
			error: { message: 'The token is signed with RS256, which is not allowed.' },
			header: { alg: 'RS256', kid: 'a' },
		});
	});

	it.each([
		['header', `${part('[]')}.e30.AAAA`, 'is not a JSON object'],
		['payload', `${part({ alg: 'RS256' })}.e31.AAAA`, 'is not Base64URL'],
		['signature', `${part({ alg: 'RS256' })}.e30.AAB`, 'is not Base64URL'],
	])('names the part that cannot be read: the %s', async (name, token, what) => {
		expect(await verifyToken(token, key, { now })).toMatchObject({
			error: {
				code: 'TOKEN_MALFORMED',
				message: expect.stringContaining(`The ${name} of the token ${what}`) as string,
			},
		});
	});

	it('says that padding is none of a JWT, unless the source has such tokens', async () => {
		const padded = (value: object) => {
			const text = Buffer.from(JSON.stringify(value)).toString('base64');
			return text.replaceAll('+', '-').replaceAll('/', '_');
		};
		const signed = `${padded({ alg: 'RS256', x: 1 })}.${padded({ sub: 'a' })}`;
		expect(signed).toContain('=');
		const signature = sign('sha256', Buffer.from(signed), rsa).toString('base64url');
		const token = `${signed}.${signature.padEnd(344, '=')}`;
		expect(await verifyToken(token, key, { now })).toMatchObject({
			error: { code: 'TOKEN_MALFORMED' },
		});
		const selector = { allowsPadding: true, select: async () => await Promise.resolve(key) };
		expect(await verifyToken(token, selector, { now })).toMatchObject({ valid: true });
	});
});

it('a fault in the source is no verdict about the token', async () => {
	const token = signByHand({ alg: 'RS256' }, payload, rsa, 'RS256');
	const source = {
		...pastedPublicKeys(publicPem(rsa)),
		claimsOf: () => {
			throw new TypeError('a fault');
		},
	};
	await expect(verifyToken(token, source, { now })).rejects.toThrow(TypeError);
});

describe('a token that is bound to its sender', () => {
	const client = issue({ subject: '/CN=client' });
	const other = issue({ subject: '/CN=other' });
	const digest = createHash('sha256').update(new X509Certificate(client.certificate).raw);
	const x5t = digest.digest('base64url');
	const url = 'https://api.example.com/orders';
	const call = { method: 'GET', url, maximumAge: 60 };
	const key = pastedPublicKeys(publicPem(rsa));
	const bound = (cnf?: object) => signByHand({ alg: 'RS256' }, { ...payload, cnf }, rsa, 'RS256');
	const verdict = async (token: string, possession?: PossessionChecks, tolerance?: number) => {
		const options = { now, possession, clockTolerance: tolerance };
		const result = await verifyToken(token, key, options);
		return result.valid ? 'VALID' : result.error.code;
	};

	it('is valid with the certificate of its sender alone, where that is asked for', async () => {
		const token = bound({ 'x5t#S256': x5t });
		expect(await verdict(token, { certificate: client.certificate })).toBe('VALID');
		expect(await verdict(token, { certificate: other.certificate })).toBe('CERTIFICATE_MISMATCH');
		expect(await verdict(token, { certificate: '' })).toBe('CERTIFICATE_MISMATCH');
		expect(await verdict(bound(), { certificate: client.certificate })).toBe('CLAIM_MISSING');
		expect(await verdict(token)).toBe('VALID');
	});

	it('is valid with a proof of its key alone, made at the time that counts', async () => {
		const proofKey = await newProofKey('ES256');
		const token = bound({ jkt: jktOf(proofKey) });
		const proofAt = async (seconds: number, signer = proofKey) =>
			await signProof(signer, {
				...{ method: 'GET', url: new URL(url), accessToken: token },
				now: new Date(now.getTime() + seconds * 1000),
			});
		expect(await verdict(token, { proof: { ...call, proof: await proofAt(0) } })).toBe('VALID');
		const foreign = await proofAt(0, await newProofKey('ES256'));
		for (const proof of ['', foreign, await proofAt(-66), await proofAt(6)]) {
			expect(await verdict(token, { proof: { ...call, proof } })).toBe('PROOF_INVALID');
		}
		const late = { proof: { ...call, proof: await proofAt(-66) } };
		expect(await verdict(token, late, 6)).toBe('VALID');
		const unbound = { proof: { ...call, proof: await proofAt(0) } };
		expect(await verdict(bound(), unbound)).toBe('CLAIM_MISSING');
		expect(await verdict(token)).toBe('VALID');
	});

	it('uses no proof up where its certificate is another one', async () => {
		const proofKey = await newProofKey('ES256');
		const token = bound({ jkt: jktOf(proofKey), 'x5t#S256': x5t });
		const signed = { method: 'GET', url: new URL(url), accessToken: token, now };
		const proof = { ...call, proof: await signProof(proofKey, signed) };
		expect(await verdict(token, { proof, certificate: other.certificate })).toBe(
			'CERTIFICATE_MISMATCH',
		);
		expect(await verdict(token, { proof, certificate: client.certificate })).toBe('VALID');
		expect(await verdict(token, { proof, certificate: client.certificate })).toBe('PROOF_INVALID');
	});
});
