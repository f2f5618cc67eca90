import { createPrivateKey, type KeyObject } from 'node:crypto';
import { JwtAuthError } from '../errors';
import { importRawEd25519 } from './rawKeys';
import { completeRsaJwk } from './rsaPrimes';

const MAGIC = Buffer.from('openssh-key-v1\0');

/** JWK `crv` and bytes of a number on the curve, by the curve's name in SSH, RFC 5656 §10.1. */
const CURVES: ReadonlyMap<string, readonly [crv: string, size: number]> = new Map([
	['nistp256', ['P-256', 32]],
	['nistp384', ['P-384', 48]],
	['nistp521', ['P-521', 66]],
]);

/** Reads the strings and numbers of RFC 4251 §5 one after the other. */
class SshReader {
	#rest: Buffer;

	constructor(bytes: Buffer) {
		this.#rest = bytes;
	}

	#take(length: number): Buffer {
		if (length > this.#rest.length) {
			throw new JwtAuthError('KEY_TRUNCATED', 'The OpenSSH key is cut off or damaged.');
		}
		const taken = this.#rest.subarray(0, length);
		this.#rest = this.#rest.subarray(length);
		return taken;
	}

	uint32(): number {
		return this.#take(4).readUInt32BE();
	}

	string(): Buffer {
		return this.#take(this.uint32());
	}

	text(): string {
		return this.string().toString('latin1');
	}

	/** A number as base64url of its bytes without leading zeros, or filled up to `size`. */
	number(size = 0): string {
		const hex = this.string()
			.toString('hex')
			.replace(/^(00)+/, '');
		return Buffer.from(hex.padStart(size * 2, '0'), 'hex').toString('base64url');
	}
}

const damagedKeyError = (): JwtAuthError =>
	new JwtAuthError('KEY_MALFORMED', 'The OpenSSH key is damaged: its parts do not make a key.', {
		hint: 'Paste the private key file again, all lines of it.',
	});

function readRsa(reader: SshReader): Record<string, unknown> {
	const [n, e, d] = [reader.number(), reader.number(), reader.number()];
	reader.number();
	return { kty: 'RSA', n, e, d, p: reader.number(), q: reader.number() };
}

function readEcdsa(reader: SshReader): Record<string, unknown> {
	const [crv, size] = CURVES.get(reader.text()) ?? ['', 0];
	const point = reader.string();
	if (size === 0 || point.length !== 1 + 2 * size || point[0] !== 4) throw damagedKeyError();
	return {
		kty: 'EC',
		crv,
		x: point.toString('base64url', 1, 1 + size),
		y: point.toString('base64url', 1 + size),
		d: reader.number(size),
	};
}

function readKey(reader: SshReader): KeyObject {
	const type = reader.text();
	if (type === 'ssh-ed25519') {
		reader.string();
		const key = importRawEd25519(reader.string());
		if (!key) throw damagedKeyError();
		return key;
	}
	if (type !== 'ssh-rsa' && !type.startsWith('ecdsa-sha2-')) {
		throw new JwtAuthError(
			'KEY_UNSUPPORTED',
			'An OpenSSH key of a kind that cannot sign a JWT was found, such as DSA or one on a security key.',
		);
	}
	const jwk = type === 'ssh-rsa' ? readRsa(reader) : readEcdsa(reader);
	try {
		const complete = jwk.kty === 'RSA' ? completeRsaJwk(jwk) : jwk;
		return createPrivateKey({ key: complete, format: 'jwk' });
	} catch {
		// OpenSSL's reasons, and those for a JWK, say nothing to the person who pasted the key.
		throw damagedKeyError();
	}
}

/**
 * Imports an OpenSSH private key: the format "openssh-key-v1" of OpenSSH's PROTOCOL.key, with an
 * Ed25519, RSA or ECDSA key on P-256, P-384 or P-521 and without a passphrase. Node.js has no bcrypt_pbkdf,
 * which the encryption of such files is built on.
 *
 * @param bytes what stands between the armour lines, decoded
 * @throws {@link JwtAuthError} `KEY_OPENSSH` for an encrypted one, `KEY_TRUNCATED`, `KEY_MALFORMED`,
 *   `KEY_UNSUPPORTED`, `KEY_AMBIGUOUS`
 */
export function importOpenssh(bytes: Buffer): KeyObject {
	if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw damagedKeyError();
	const file = new SshReader(bytes.subarray(MAGIC.length));
	const cipher = file.text();
	if (cipher !== 'none' || file.text() !== 'none') {
		throw new JwtAuthError(
			'KEY_OPENSSH',
			'An OpenSSH private key with a passphrase was found, which cannot be read.',
		);
	}
	file.string();
	if (file.uint32() !== 1) {
		throw new JwtAuthError('KEY_AMBIGUOUS', 'The OpenSSH file does not hold exactly one key.');
	}
	file.string();
	const privatePart = new SshReader(file.string());
	if (privatePart.uint32() !== privatePart.uint32()) throw damagedKeyError();
	return readKey(privatePart);
}
