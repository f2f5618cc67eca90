import {
	createHmac,
	createPublicKey,
	generateKeyPairSync,
	randomBytes,
	verify,
	type KeyObject,
} from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { ALGORITHMS } from '../../../core/keys/algorithms';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import { signToken } from '../../../core/jws/sign';

const secret = randomBytes(64).toString('hex');

/** A fresh key for each algorithm this Node.js can make one for. */
const keys = new Map<string, string>();
const rsaKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
for (const { name, keyType, curve } of ALGORITHMS) {
	if (keyType === 'oct') keys.set(name, secret);
	if (keyType === 'RSA') keys.set(name, pem(rsaKey));
	if (keyType === 'EC' && curve) {
		keys.set(name, pem(generateKeyPairSync('ec', { namedCurve: curve }).privateKey));
	}
	if (keyType === 'OKP') keys.set(name, pem(generateKeyPairSync('ed25519').privateKey));
}

function pem(key: KeyObject): string {
	return String(key.export({ type: 'pkcs8', format: 'pem' }));
}

async function sign(algorithm: string): Promise<string> {
	const key = importSigningKey({ algorithm, key: keys.get(algorithm) ?? '' });
	return await signToken({ alg: algorithm, typ: 'JWT' }, { sub: 'Grüße', n: 1 }, key);
}

/** Verifies by RFC 7515 §5.2 and RFC 7518 §3 with node:crypto alone. */
function verifiesByHand(token: string, algorithm: string): boolean {
	const found = ALGORITHMS.find(({ name }) => name === algorithm);
	const [header = '', payload = '', signature = ''] = token.split('.');
	const input = Buffer.from(`${header}.${payload}`);
	const bytes = Buffer.from(signature, 'base64url');
	const key = keys.get(algorithm) ?? '';
	if (found?.family === 'HMAC') {
		return createHmac(found.hash ?? '', key)
			.update(input)
			.digest()
			.equals(bytes);
	}
	const publicKey = createPublicKey(key);
	return verify(
		found?.hash,
		input,
		{
			key: publicKey,
			...(found?.family === 'ECDSA' && { dsaEncoding: 'ieee-p1363' as const }),
			...(found?.family === 'RSASSA-PSS' && { padding: 6, saltLength: -1 }),
		},
		bytes,
	);
}

describe.each([...keys.keys()])('%s', (algorithm) => {
	it('signs what node:crypto verifies, and not once a byte is changed', async () => {
		const token = await sign(algorithm);
		expect(verifiesByHand(token, algorithm)).toBe(true);
		const [header, payload = '', signature] = token.split('.');
		const changed = [header, payload.slice(0, -1) + (payload.endsWith('A') ? 'B' : 'A'), signature];
		expect(verifiesByHand(changed.join('.'), algorithm)).toBe(false);
		expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toEqual({
			sub: 'Grüße',
			n: 1,
		});
	});
});

const python = spawnSync('/usr/bin/python3', ['-c', 'import jwt, cryptography'], {
	stdio: 'ignore',
});
const hasPyJwt = python.status === 0;
if (!hasPyJwt && process.env.CI) throw new Error('CI needs python3-jwt and python3-cryptography');
if (!hasPyJwt) console.warn('PyJWT is not installed (python3-jwt): its part is left out');

(hasPyJwt ? describe : describe.skip)('PyJWT', () => {
	it('verifies a token of every algorithm it knows', async () => {
		const cases = [];
		for (const [algorithm, key] of keys) {
			const verificationKey = algorithm.startsWith('HS')
				? key
				: String(createPublicKey(key).export({ type: 'spki', format: 'pem' }));
			const pyName = algorithm === 'Ed25519' ? 'EdDSA' : algorithm;
			if (algorithm === 'Ed25519') continue;
			cases.push({ token: await sign(algorithm), key: verificationKey, algorithm: pyName });
		}
		const program = [
			'import json, sys, jwt',
			'for case in json.load(sys.stdin):',
			"    print(case['algorithm'], jwt.decode(case['token'], case['key'], algorithms=[case['algorithm']])['sub'])",
		].join('\n');
		const { stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', program], {
			input: JSON.stringify(cases),
			encoding: 'utf8',
			env: { PYTHONIOENCODING: 'utf8' },
		});
		expect(stderr).toBe('');
		expect(stdout.trim().split('\n')).toEqual(cases.map(({ algorithm }) => `${algorithm} Grüße`));
	});
});
