import { createPrivateKey, createPublicKey } from 'node:crypto';
import { der, derBits, derContext, derUnsigned } from '../../../core/keys/derWriter';
import { derChildren, readDer } from '../../../core/keys/der';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import { plainPkcs8 } from '../../../core/keys/plainPkcs8';
import { FAMILIES } from '../support/keyFixtures';

// RFC 8410 §10.3, with a friendly name and the public key.
const RFC_8410 =
	'MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC' +
	'oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB' +
	'Z9w7lshQhqowtrbLDFw4rXAxZuE=';
const ITS_PUBLIC_KEY = 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=';

it('the key of RFC 8410 §10.3 is imported, with its own public key', () => {
	const pem = `-----BEGIN PRIVATE KEY-----\n${RFC_8410}\n-----END PRIVATE KEY-----`;
	for (const key of [RFC_8410, pem]) {
		const imported = importSigningKey({ algorithm: 'EdDSA', key }).key;
		const spki = createPublicKey(imported).export({ format: 'der', type: 'spki' });
		expect(spki.toString('base64')).toBe(ITS_PUBLIC_KEY);
	}
});

describe.each(Object.values(FAMILIES))('a key for $algorithm', ({ privateKey }) => {
	const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
	const [, algorithm, key] = derChildren(readDer(pkcs8)).map(({ whole }) => whole);
	const parts = [algorithm ?? Buffer.alloc(0), key ?? Buffer.alloc(0)];
	const bits = derBits(Buffer.alloc(32, 9));

	it('is left as it is where nothing follows it', () => {
		expect(plainPkcs8(pkcs8).equals(pkcs8)).toBe(true);
	});

	it.each([
		['attributes', 0, [derContext(0)]],
		[
			'a public key as RFC 5958 writes it',
			1,
			[Buffer.concat([Buffer.from([0x81]), bits.subarray(1)])],
		],
		['a public key as ring writes it', 1, [derContext(1, bits)]],
		['both', 1, [derContext(0), derContext(1, bits)]],
	])('is the same key without %s', (_name, version, following) => {
		const whole = der('sequence', derUnsigned(Buffer.from([version])), ...parts, ...following);
		const plain = plainPkcs8(whole);
		expect(plain.equals(pkcs8)).toBe(true);
		const read = createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' });
		expect(read.equals(privateKey)).toBe(true);
	});
});
