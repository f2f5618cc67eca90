import { generateKeyPairSync } from 'node:crypto';
import { JwtAuthError } from '../../../core/errors';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import { pickKeyJson } from '../../../core/keys/keyJson';
import { readVerificationKeys } from '../../../core/keys/readVerificationKeys';
import { ec, publicPem, rsa } from '../support/keyFixtures';

function codeOf(read: () => unknown): string {
	try {
		read();
	} catch (error) {
		if (error instanceof JwtAuthError) return error.code;
		throw error;
	}
	return 'accepted';
}

/** EC keys on P-256 whose public point is the one at infinity: Node.js aborts over their details. */
const INFINITE = {
	public: 'MBkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDAgAA',
	private:
		'MEcCAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcELTArAgEBBCD5KAmNdQBPthNKwzmmyc1mCXZKZ/skqk2cJqzW4quIqaEEAwIAAA==',
};

describe('a key made to do harm', () => {
	it('with its public point at infinity is refused, and does not end the process', () => {
		expect(codeOf(() => readVerificationKeys(INFINITE.public))).toBe('KEY_MALFORMED');
		const signing = { algorithm: 'ES256', key: INFINITE.private };
		expect(codeOf(() => importSigningKey(signing))).toBe('KEY_MALFORMED');
	});

	it('with a private number out of range is refused, and does not end the process', () => {
		const der = ec.export({ format: 'der', type: 'pkcs8' });
		// The private number now swallows the public key behind it.
		expect(der.subarray(34, 36).toString('hex')).toBe('0420');
		der[35] = der.length - 36;
		const signing = { algorithm: 'ES256', key: der.toString('base64') };
		expect(codeOf(() => importSigningKey(signing))).toBe('KEY_MALFORMED');
		expect(codeOf(() => readVerificationKeys(signing.key))).toBe('KEY_IS_PRIVATE');
	});

	// That no pattern takes long for it is what test/patterns.test.ts counts.
	it('that looks like wrapped Base64 to the last byte is read to its end and refused', () => {
		const length = 180_000;
		const text = Buffer.from(`${'A'.repeat(70)}${' '.repeat(length)}!`).toString('base64');
		expect(codeOf(() => readVerificationKeys(text))).toBe('KEY_MALFORMED');
		const signing = { algorithm: 'RS256', key: text.slice(0, 65_000) };
		expect(codeOf(() => importSigningKey(signing))).toBe('KEY_MALFORMED');
	});

	it.each([
		[{ kty: 'EC', crv: { toString: 1 } }, 'RS256', 'KEY_WRONG_TYPE'],
		[{ kty: 'EC', crv: { toString: 1 } }, 'ES256', 'KEY_WRONG_CURVE'],
		[{ kty: 'EC', crv: { toString: 1 } }, 'HS256', 'SECRET_IS_KEY'],
		[{ kty: 'oct', k: 'AAAA', alg: { toString: 1 } }, 'HS256', 'KEY_ALGORITHM_MISMATCH'],
		[{ kty: 'oct', k: 'AAAA', alg: ['HS256'] }, 'HS256', 'KEY_ALGORITHM_MISMATCH'],
	])('with members that are no texts is refused with a code: %j, %s', (jwk, algorithm, code) => {
		const settings = { algorithm, key: JSON.stringify(jwk), allowShortSecret: true };
		expect(codeOf(() => importSigningKey(settings))).toBe(code);
	});

	it('a public JWK whose alg is a list is for no algorithm', () => {
		const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		const jwk = { ...publicKey.export({ format: 'jwk' }), alg: ['ES256'] };
		expect(codeOf(() => readVerificationKeys(JSON.stringify(jwk)))).toBe('KEY_ALGORITHM_MISMATCH');
	});
});

it('a PEM that was wrapped in Base64 with something beside it is found', () => {
	const latin1 = Buffer.from(`friendlyName: M\xFCller\n${publicPem(rsa)}\x1A`, 'latin1');
	expect(readVerificationKeys(latin1.toString('base64'))).toHaveLength(1);
});

describe("members of a vendor's key file", () => {
	const box = { privateKey: 'P', publicKeyID: 'b', passphrase: 's' };

	it.each([
		['Google', { private_key: 'P', private_key_id: 'g', name: 'My service' }, { keyId: 'g' }],
		['Google, without a key ID', { private_key: 'P', name: 'My service' }, {}],
		[
			'Coinbase',
			{ privateKey: 'P', name: 'organizations/o/apiKeys/k', id: 'i' },
			{ keyId: 'organizations/o/apiKeys/k' },
		],
		['Coinbase, without a name', { privateKey: 'P', id: 'i' }, { keyId: 'i' }],
		['Box', { boxAppSettings: { appAuth: box } }, { keyId: 'b', passphrase: 's' }],
		['no Box file after all', { privateKey: 'P', boxAppSettings: { appAuth: {} } }, {}],
		['a passphrase beside the key', { private_key: 'P', passphrase: 's' }, { passphrase: 's' }],
	])('are not mixed with those of others: %s', (_, file, companions) => {
		expect(pickKeyJson(file)).toEqual({ kind: 'text', text: 'P', ...companions });
	});
});
