import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import { expectCode } from '../support/expectCode';
import {
	certificate,
	coinbaseEd25519,
	DER_MANGLINGS,
	ec,
	ed25519,
	FAMILIES,
	JSON_MANGLINGS,
	jwk,
	PASSPHRASE,
	pem,
	PEM_MANGLINGS,
	pemFormats,
	rsa,
	spki,
} from '../support/keyFixtures';

interface Accepted {
	algorithm: string;
	key: string;
	expected: KeyObject;
	keyId?: string;
}

function accept(name: string, { algorithm, key, expected, keyId }: Accepted): void {
	it(name, () => {
		const imported = importSigningKey({ algorithm, key, passphrase: PASSPHRASE });
		expect(spki(imported.key)).toBe(spki(expected));
		expect(imported.keyId).toBe(keyId);
		expect(imported.algorithm.name).toBe(algorithm);
	});
}

describe.each(Object.entries(FAMILIES))('a private key, %s', (_, family) => {
	const { algorithm, privateKey: expected } = family;
	for (const [format, text] of Object.entries(pemFormats(family))) {
		const isBare = !/Proc-Type|PARAMETERS|PUBLIC/.test(text);
		const manglings = { ...PEM_MANGLINGS, ...(isBare ? DER_MANGLINGS : {}) };
		for (const [mangling, mangle] of Object.entries(manglings)) {
			accept(`${format}: ${mangling}`, { algorithm, key: mangle(text), expected });
		}
	}
	const pkcs8 = pem(expected, 'pkcs8');
	const files: Record<string, { file: object; keyId?: string }> = {
		JWK: { file: { ...jwk(expected), kid: 'k1', alg: algorithm, use: 'sig' }, keyId: 'k1' },
		'bare JWK': { file: jwk(expected) },
		'JWK Set': {
			file: {
				keys: [
					{ ...jwk(rsa), d: undefined },
					{ ...jwk(expected), kid: 'k2' },
				],
			},
			keyId: 'k2',
		},
		'array of JWKs': { file: [{ kty: 'oct', k: 'c2VjcmV0' }, jwk(expected)] },
		'Google service account': {
			file: { type: 'service_account', private_key_id: 'a1b2', private_key: pkcs8 },
			keyId: 'a1b2',
		},
		'Box configuration': {
			file: {
				boxAppSettings: {
					appAuth: {
						publicKeyID: 'box1',
						privateKey: pem(expected, 'pkcs8', 'aes-128-cbc'),
						passphrase: PASSPHRASE,
					},
				},
			},
			keyId: 'box1',
		},
		'Coinbase file': {
			file: { name: 'organizations/o/apiKeys/k', privateKey: pkcs8 },
			keyId: 'organizations/o/apiKeys/k',
		},
	};
	for (const [format, { file, keyId }] of Object.entries(files)) {
		for (const [mangling, mangle] of Object.entries(JSON_MANGLINGS)) {
			const key = mangle(JSON.stringify(file));
			accept(`${format}: ${mangling}`, { algorithm, key, expected, keyId });
		}
	}
});

describe('a raw Ed25519 key', () => {
	const raw = coinbaseEd25519(ed25519);
	const texts = {
		'64 bytes in Base64': raw.toString('base64'),
		'64 bytes in Base64URL': raw.toString('base64url'),
		'64 bytes, wrapped and quoted': `"${raw.toString('base64').replace(/.{40}/, '$&\n')}"`,
		'seed alone': raw.subarray(0, 32).toString('base64'),
	};
	for (const [name, key] of Object.entries(texts)) {
		for (const algorithm of ['EdDSA', 'Ed25519']) {
			accept(`${name}, ${algorithm}`, { algorithm, key, expected: ed25519 });
		}
	}
	const file = JSON.stringify({ id: 'cdp-1', privateKey: raw.toString('base64') });
	accept('Coinbase file', { algorithm: 'EdDSA', key: file, expected: ed25519, keyId: 'cdp-1' });
});

describe('key and algorithm', () => {
	it('takes the RFC 9864 name and EdDSA for the same JWK, whichever the JWK has', () => {
		for (const alg of ['EdDSA', 'Ed25519']) {
			const key = JSON.stringify({ ...jwk(ed25519), alg });
			for (const algorithm of ['EdDSA', 'Ed25519']) {
				expect(spki(importSigningKey({ algorithm, key }).key)).toBe(spki(ed25519));
			}
		}
	});

	it('takes an id-RSASSA-PSS key for PS256 and hands it out as a plain RSA key', () => {
		const { privateKey } = generateKeyPairSync('rsa-pss', {
			modulusLength: 2048,
			hashAlgorithm: 'sha256',
			mgf1HashAlgorithm: 'sha256',
		});
		const { key } = importSigningKey({ algorithm: 'PS256', key: pem(privateKey, 'pkcs8') });
		expect(key.asymmetricKeyType).toBe('rsa');
		expect(key.asymmetricKeyDetails?.modulusLength).toBe(2048);
	});

	it('takes the private key that stands beside its certificate', () => {
		const key = certificate(ec) + pem(ec, 'sec1');
		expect(spki(importSigningKey({ algorithm: 'ES256', key }).key)).toBe(spki(ec));
	});

	it('takes two armour lines that share ten dashes', () => {
		const key = (certificate(ec) + pem(ec, 'pkcs8')).replace(/\n/g, '');
		expect(spki(importSigningKey({ algorithm: 'ES256', key }).key)).toBe(spki(ec));
	});

	it('uses the passphrase of a Box file before the one of the form', () => {
		const appAuth = { privateKey: pem(rsa, 'pkcs8', 'aes-256-cbc'), passphrase: PASSPHRASE };
		const key = JSON.stringify({ boxAppSettings: { appAuth } });
		const imported = importSigningKey({ algorithm: 'RS512', key, passphrase: 'left over' });
		expect(spki(imported.key)).toBe(spki(rsa));
	});

	it('offers ML-DSA where Node.js has it and says what it needs elsewhere', () => {
		const seed = Buffer.alloc(32, 7).toString('base64url');
		const key = JSON.stringify({ kty: 'AKP', alg: 'ML-DSA-44', priv: seed });
		const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
		const attempt = () => importSigningKey({ algorithm: 'ML-DSA-44', key }).key.type;
		if (major > 24 || (major === 24 && minor >= 7)) expect(attempt()).toBe('private');
		else {
			expect(attempt).toThrow(expect.objectContaining({ code: 'ALGORITHM_UNAVAILABLE' }));
			expect(attempt).toThrow(/Node\.js 24\.7/);
		}
	});
});

describe('what is refused before a key is looked for', () => {
	const pkcs8 = pem(rsa, 'pkcs8');
	const attempt = (key: string, passphrase?: string) =>
		importSigningKey({ algorithm: 'RS256', key, passphrase });

	it('a key or a passphrase of more than 65,536 characters', () => {
		expect(spki(attempt(pkcs8.padEnd(65_536)).key)).toBe(spki(rsa));
		expect(spki(attempt(pkcs8, 'x'.repeat(65_536)).key)).toBe(spki(rsa));
		for (const [key, passphrase] of [
			[pkcs8.padEnd(65_537)],
			[pkcs8, 'x'.repeat(65_537)],
		] as const) {
			const { message } = expectCode('KEY_TOO_LONG', () => attempt(key, passphrase));
			expect(message).toBe('The key or its passphrase is longer than 65,536 characters.');
		}
	});

	it('a text with NUL characters, as UTF-16 has them', () => {
		const { hint } = expectCode('KEY_MALFORMED', () => attempt(`\0${pkcs8}`));
		expect(hint).toBe('Save it as PEM text in UTF-8 and paste that.');
	});

	it('nothing', () => {
		for (const key of ['', ' \t\r\n']) {
			expect(expectCode('KEY_MISSING', () => attempt(key)).message).toBe('No key is given.');
		}
	});
});
