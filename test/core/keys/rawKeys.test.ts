import { sign, verify, createPublicKey } from 'node:crypto';
import { hasMlDsa, importMlDsaSeed, importRawEd25519 } from '../../../core/keys/rawKeys';
import { expectCode } from '../support/expectCode';
import { coinbaseEd25519, ed25519 } from '../support/keyFixtures';

describe('importRawEd25519', () => {
	const both = coinbaseEd25519(ed25519);

	it('takes the seed alone, and the seed followed by the public key', () => {
		expect(importRawEd25519(both)?.equals(ed25519)).toBe(true);
		expect(importRawEd25519(both.subarray(0, 32))?.equals(ed25519)).toBe(true);
	});

	it('makes the public key of RFC 8032 §7.1, test 1', () => {
		const seed = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
		const key = importRawEd25519(Buffer.from(seed, 'hex'));
		expect(key && createPublicKey(key).export({ format: 'jwk' }).x).toBe(
			'11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
		);
	});

	it.each([0, 31, 33, 63, 65])('is undefined for %i bytes', (length) => {
		expect(importRawEd25519(Buffer.alloc(length, 1))).toBeUndefined();
	});

	it('refuses halves that do not belong together', () => {
		const other = Buffer.concat([both.subarray(0, 32), Buffer.alloc(32, 1)]);
		const { message } = expectCode('KEY_MALFORMED', () => importRawEd25519(other));
		expect(message).toContain('The second half of the 64-byte Ed25519 key is not the public key');
	});
});

describe('importMlDsaSeed', () => {
	it.each(['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'])('%s, where Node.js has it', (name) => {
		const key = importMlDsaSeed(name, Buffer.alloc(32, 7));
		expect(key !== undefined).toBe(hasMlDsa());
		if (!key) return;
		const input = Buffer.from('input');
		expect(verify(null, input, createPublicKey(key), sign(null, input, key))).toBe(true);
	});

	it('is undefined for another name or another length', () => {
		expect(importMlDsaSeed('ML-DSA-99', Buffer.alloc(32))).toBeUndefined();
		expect(importMlDsaSeed('ML-DSA-44', Buffer.alloc(31))).toBeUndefined();
	});
});
