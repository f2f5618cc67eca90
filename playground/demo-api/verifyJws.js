// @ts-check
'use strict';

const crypto = require('node:crypto');

/**
 * @typedef {object} VerificationKey
 * @property {crypto.KeyLike | import('node:crypto').JsonWebKey} [publicKey] PEM, JWK or KeyObject
 * @property {string | Buffer} [secret] for HS256, HS384, HS512
 * @property {string} [kid] the key is tried only for tokens with this `kid` or without one
 * @property {string[]} [algorithms] all that fit the key when left out
 */

/** Why a token is not accepted. */
class RejectedToken extends Error {}

/** @type {Record<string, string>} */
const CURVE_OF = { ES256: 'prime256v1', ES384: 'secp384r1', ES512: 'secp521r1' };

/** @param {VerificationKey} key @returns {crypto.KeyObject} */
function publicKeyObject({ publicKey }) {
	if (publicKey instanceof crypto.KeyObject) return publicKey;
	if (publicKey && typeof publicKey === 'object' && 'kty' in publicKey) {
		return crypto.createPublicKey({ key: publicKey, format: 'jwk' });
	}
	return crypto.createPublicKey(/** @type {string | Buffer} */ (publicKey));
}

/**
 * Whether `key` may verify `alg` at all; an HMAC secret never verifies anything else and a public
 * key is never used as a secret.
 *
 * @param {VerificationKey} key
 * @param {string} alg
 */
function fits(key, alg) {
	if (key.algorithms && !key.algorithms.includes(alg)) return false;
	if (/^HS(256|384|512)$/.test(alg)) return key.secret !== undefined;
	if (key.publicKey === undefined) return false;
	const { asymmetricKeyType: type, asymmetricKeyDetails: details } = publicKeyObject(key);
	if (/^[RP]S(256|384|512)$/.test(alg)) return type === 'rsa';
	if (alg in CURVE_OF) return type === 'ec' && details?.namedCurve === CURVE_OF[alg];
	return alg === 'EdDSA' && type === 'ed25519';
}

/**
 * @param {VerificationKey} key
 * @param {string} alg
 * @param {Buffer} input
 * @param {Buffer} signature
 */
function signatureMatches(key, alg, input, signature) {
	const hash = `sha${alg.slice(2)}`;
	if (alg.startsWith('HS')) {
		const expected = crypto
			.createHmac(hash, key.secret ?? '')
			.update(input)
			.digest();
		return expected.length === signature.length && crypto.timingSafeEqual(expected, signature);
	}
	const publicKey = publicKeyObject(key);
	if (alg === 'EdDSA') return crypto.verify(null, input, publicKey, signature);
	if (alg.startsWith('ES')) {
		return crypto.verify(hash, input, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
	}
	if (alg.startsWith('PS')) {
		return crypto.verify(
			hash,
			input,
			{
				key: publicKey,
				padding: crypto.constants.RSA_PKCS1_PSS_PADDING,
				saltLength: crypto.constants.RSA_PSS_SALTLEN_DIGEST,
			},
			signature,
		);
	}
	return crypto.verify(hash, input, publicKey, signature);
}

/** @param {string} part @param {string} name @returns {Record<string, any>} */
function decodePart(part, name) {
	try {
		const value = JSON.parse(Buffer.from(part, 'base64url').toString());
		if (value && typeof value === 'object' && !Array.isArray(value)) return value;
	} catch {
		// Falls through to the same answer.
	}
	throw new RejectedToken(`the token's ${name} is not a JSON object`);
}

/**
 * @param {string} token
 * @returns {{ header: Record<string, any>, payload: Record<string, any> }} without any trust
 */
function decodeToken(token) {
	const parts = token.split('.');
	if (parts.length !== 3 || parts.some((part) => !/^[A-Za-z0-9_-]*$/.test(part))) {
		throw new RejectedToken('the token is not three base64url parts with dots between');
	}
	return {
		header: decodePart(parts[0] ?? '', 'header'),
		payload: decodePart(parts[1] ?? '', 'payload'),
	};
}

/**
 * Verifies the signature of a compact JWS with nothing but node:crypto, and none of its claims.
 *
 * @param {string} token
 * @param {VerificationKey[]} keys
 * @returns {{ header: Record<string, any>, payload: Record<string, any> }}
 */
function verifySignature(token, keys) {
	const { header, payload } = decodeToken(token);
	const candidates = keys.filter(
		(key) => fits(key, header.alg) && (!key.kid || !header.kid || key.kid === header.kid),
	);
	if (candidates.length === 0)
		throw new RejectedToken(`no key for alg ${header.alg} and kid ${header.kid}`);

	const [head, body, signature] = token.split('.');
	const input = Buffer.from(`${head}.${body}`);
	const bytes = Buffer.from(signature ?? '', 'base64url');
	if (!candidates.some((key) => signatureMatches(key, header.alg, input, bytes))) {
		throw new RejectedToken('the signature does not match');
	}
	return { header, payload };
}

/**
 * Verifies a token: signature, audience and times.
 *
 * @param {string} token
 * @param {{ keys: VerificationKey[], audience?: string, now?: number }} options
 * @returns {{ header: Record<string, any>, payload: Record<string, any> }}
 */
function verifyToken(token, { keys, audience, now = Date.now() / 1000 }) {
	const { header, payload } = verifySignature(token, keys);
	if (![payload.aud].flat().includes(audience)) {
		throw new RejectedToken(`aud is ${JSON.stringify(payload.aud)}, expected "${audience}"`);
	}
	if (typeof payload.exp !== 'number') throw new RejectedToken('exp is missing');
	if (payload.exp <= now) throw new RejectedToken('the token is expired');
	if (typeof payload.nbf === 'number' && payload.nbf > now)
		throw new RejectedToken('the token is not valid yet');
	return { header, payload };
}

module.exports = { RejectedToken, decodeToken, verifySignature, verifyToken };
