import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import { declaredLength } from './der';
import { JwtAuthError } from '../errors';
import { foreignPemLabel } from './wrongKey';
import { decodeBase64Text, findPemBlocks, unescapeText } from './pem';
import { publicJwk } from './publicKey';

/** Longest text taken for a certificate chain, in characters. */
const MAXIMUM_LENGTH = 262_144;

function malformedCertificateError(message: string, hint?: string): JwtAuthError {
	return new JwtAuthError('CERTIFICATE_MALFORMED', message, { hint });
}

function parseCertificate(der: Buffer | undefined): X509Certificate {
	const length = der && declaredLength(der);
	if (!der || length === undefined) {
		throw malformedCertificateError('The certificate is not Base64 of DER.');
	}
	if (length > der.length) {
		throw malformedCertificateError(
			`The certificate is cut off: ${der.length} of its ${length} bytes were found.`,
		);
	}
	try {
		// OpenSSL's TRUSTED CERTIFICATE carries trust settings after the certificate.
		return new X509Certificate(der.subarray(0, length));
	} catch {
		throw malformedCertificateError('The text was decoded, but it is not an X.509 certificate.');
	}
}

/**
 * The public key in a certificate.
 *
 * @param der undefined for what was no Base64
 * @throws {@link JwtAuthError} `CERTIFICATE_MALFORMED`
 */
export function certificateKey(der: Buffer | undefined): KeyObject {
	const certificate = parseCertificate(der);
	try {
		return certificate.publicKey;
	} catch {
		throw malformedCertificateError(
			'The public key in the certificate cannot be read.',
			'Paste it again; if it is whole, its key is of a kind Node.js does not know.',
		);
	}
}

/** Hash of a certificate as base64url; of SHA-256 it is `x5t#S256`, RFC 7515 §4.1.8, RFC 8705 §3.1. */
export function thumbprint({ raw }: X509Certificate, hash: 'sha1' | 'sha256'): string {
	return createHash(hash).update(raw).digest('base64url');
}

/**
 * Finds the certificates of a text: PEM, mangled like keys are, or Base64 DER.
 *
 * @returns at least one, in their order
 * @throws {@link JwtAuthError} `CERTIFICATE_MALFORMED`
 */
export function findCertificates(pasted: string): X509Certificate[] {
	const text = unescapeText(pasted).trim();
	if (text === '') throw malformedCertificateError('No certificate is given.');
	if (text.length > MAXIMUM_LENGTH) {
		throw malformedCertificateError('The certificate chain is too long.');
	}
	if (/^([0-9a-f]{2}[:\s]?){20}(([0-9a-f]{2}[:\s]?){12})?$/i.test(text)) {
		throw malformedCertificateError(
			'The thumbprint of a certificate was found where the certificate is expected.',
			'Paste the certificate (PEM) itself; the thumbprint is computed from it.',
		);
	}
	const blocks = findPemBlocks(text);
	const certificates = blocks.filter(({ label }) => foreignPemLabel(label) === 'certificate');
	if (certificates.length > 0) {
		return certificates.map(({ body }) => parseCertificate(decodeBase64Text(body)));
	}
	if (blocks.length > 0) throw malformedCertificateError('The PEM text has no CERTIFICATE block.');
	const decoded = decodeBase64Text(text);
	const inner = decoded?.toString('latin1') ?? '';
	return inner.includes('-----BEGIN ') ? findCertificates(inner) : [parseCertificate(decoded)];
}

/**
 * Reads the certificates of authorities that are to be trusted.
 *
 * @param pasted one or more, as for {@link certificateHeader}
 * @throws {@link JwtAuthError} `CERTIFICATE_MALFORMED`, also for one that is no authority's
 */
export function readRootCertificates(pasted: string): X509Certificate[] {
	const roots = findCertificates(pasted);
	if (roots.every(({ ca }) => ca)) return roots;
	throw malformedCertificateError(
		'Root Certificates holds a certificate that is not one of a certificate authority.',
		'Paste the root alone, not the certificates that it issued.',
	);
}

/** The certificate of the key first, then each issuer after what it issued, RFC 7515 §4.1.6. */
export function orderChain(leaf: X509Certificate, others: X509Certificate[]): X509Certificate[] {
	const chain = [leaf];
	const left = new Set(others);
	// The chain grows while it is walked, until no issuer is left.
	for (const last of chain) {
		const issuer = [...left].find(({ subject }) => subject === last.issuer);
		if (!issuer) break;
		left.delete(issuer);
		chain.push(issuer);
	}
	return [...chain, ...left];
}

/** The certificate that belongs to a private key; undefined where none does. */
export function certificateOf(
	key: KeyObject,
	certificates: readonly X509Certificate[],
): X509Certificate | undefined {
	return certificates.find((certificate) => certificate.checkPrivateKey(key));
}

/**
 * When the certificate of a signing key ends.
 *
 * @param pem as for {@link certificateHeader}
 * @throws {@link JwtAuthError} as {@link certificateHeader}
 */
export function certificateEnd(pem: string, key: KeyObject): Date {
	return new Date(leafOf(pem, key).leaf.validTo);
}

/** Tokens are signed with the plain RSA key in an id-RSASSA-PSS key, whose certificate names the latter. */
function isOfSameRsaKey(certificate: X509Certificate, key: KeyObject): boolean {
	try {
		const certified = publicJwk(certificate.publicKey);
		const { kty, n, e } = publicJwk(key);
		return kty === 'RSA' && certified.n === n && certified.e === e;
	} catch {
		return false;
	}
}

/** The certificate of a key among those of a text. */
function leafOf(
	pem: string,
	key: KeyObject,
): { leaf: X509Certificate; certificates: X509Certificate[] } {
	const certificates = findCertificates(pem);
	if (key.type !== 'private') {
		throw new JwtAuthError(
			'CERTIFICATE_MISMATCH',
			'A certificate is given, but a shared secret signs, which no certificate can belong to.',
			{ hint: 'Remove the certificate, or choose an algorithm with a private key.' },
		);
	}
	const leaf =
		certificateOf(key, certificates) ?? certificates.find((one) => isOfSameRsaKey(one, key));
	if (leaf) return { leaf, certificates };
	throw new JwtAuthError(
		'CERTIFICATE_MISMATCH',
		certificates.length === 1
			? 'The certificate belongs to another private key.'
			: `None of the ${certificates.length} certificates belongs to the private key.`,
	);
}

/**
 * Header parameters that name the certificate of a signing key.
 *
 * @param pem certificate or chain as PEM, mangled like keys are, or Base64 DER; private keys and other
 * blocks beside it are left out
 * @param kind `x5t`: SHA-1 and SHA-256 thumbprints of the key's certificate, base64url (RFC 7515
 * §4.1.7, §4.1.8); `x5c`: the chain as standard Base64 DER, the key's certificate first (§4.1.6)
 * @param key the private key that signs
 * @returns `{ x5t, 'x5t#S256' }` or `{ x5c }`
 * @throws {@link JwtAuthError} `CERTIFICATE_MALFORMED`, `CERTIFICATE_MISMATCH`
 */
export function certificateHeader(
	pem: string,
	kind: 'x5t' | 'x5c',
	key: KeyObject,
): Record<string, unknown> {
	const { leaf, certificates } = leafOf(pem, key);
	if (kind === 'x5c') {
		const others = certificates.filter((certificate) => certificate !== leaf);
		return { x5c: orderChain(leaf, others).map(({ raw }) => raw.toString('base64')) };
	}
	return { x5t: thumbprint(leaf, 'sha1'), 'x5t#S256': thumbprint(leaf, 'sha256') };
}
