import type { KeyObject, X509Certificate } from 'node:crypto';
import { ALGORITHMS, findAlgorithm, type Algorithm } from './algorithms';
import { certificateOf, findCertificates, orderChain } from './certificate';
import { JwtAuthError, type JwtAuthErrorCode } from '../errors';
import { ImportedOnce } from './importedOnce';
import { fitKey, fittingAlgorithms } from './keyFit';
import { publicJwk } from './publicKey';
import { readPrivateKey } from './readSigningKey';
import { digest } from '../shared/hash';

/** Longest text taken for a key, in characters. */
const MAXIMUM_LENGTH = 65_536;

/** A client certificate as a person pasted it, RFC 8705. */
export interface ClientCertificateSettings {
	/** Certificate or chain, as PEM or Base64 DER; may hold the key as well. */
	certificate: string;
	/** Its private key, in any of the forms a signing key may have. */
	key: string;
	/** Of an encrypted key; empty for none. */
	passphrase: string;
}

/** A client certificate and its key, ready for TLS. */
export interface TlsIdentity {
	/** PEM: the certificate of the key first, then those of its issuers. */
	cert: string;
	/** PEM, PKCS#8, not encrypted. */
	key: string;
}

interface Identity {
	chain: X509Certificate[];
	key: KeyObject;
}

const identities = new ImportedOnce<Identity>();

/** Any algorithm that the key of a certificate is used with: the reading of keys names one in errors. */
function algorithmOf(certificate: X509Certificate | undefined): Algorithm {
	try {
		const { kty, crv } = certificate ? publicJwk(certificate.publicKey) : {};
		const found = ALGORITHMS.find(({ keyType, curve }) => keyType === kty && curve === crv);
		return found ?? findAlgorithm('RS256');
	} catch {
		return findAlgorithm('RS256');
	}
}

const KEY_HINTS: Partial<Record<JwtAuthErrorCode, string>> = {
	KEY_AMBIGUOUS: 'Paste the key of the certificate alone.',
	KEY_PASSPHRASE: 'Check Client Key Passphrase (Advanced Options > Proof of Possession).',
};

/** What a reader gives, its error in the words of the fields of the client certificate. */
function inField<Value>(field: string, read: () => Value): Value {
	try {
		return read();
	} catch (error) {
		if (!(error instanceof JwtAuthError)) throw error;
		const { code, message } = error;
		const hint =
			KEY_HINTS[code] ?? `Paste it whole into ${field} (Advanced Options > Proof of Possession).`;
		throw new JwtAuthError(code, `${field}: ${message}`, { hint });
	}
}

/** The key as it was pasted, and the plain RSA key in an id-RSASSA-PSS key: either may be certified. */
function readKeys(
	{ key, passphrase }: ClientCertificateSettings,
	certificate: X509Certificate | undefined,
): KeyObject[] {
	if (key.trim() === '') {
		throw new JwtAuthError('KEY_MISSING', 'Client Certificate has no key.', {
			hint: 'Paste its private key into Client Certificate Key.',
		});
	}
	return inField('Client Certificate Key', () => {
		if (Math.max(key.length, passphrase.length) > MAXIMUM_LENGTH) {
			throw new JwtAuthError('KEY_TOO_LONG', 'The key or its passphrase is far too long.');
		}
		const read = readPrivateKey(key, passphrase, algorithmOf(certificate)).key;
		const [fitting] = fittingAlgorithms(read);
		return fitting ? [read, fitKey(read, fitting)] : [read];
	});
}

function readIdentity(settings: ClientCertificateSettings): Identity {
	const certificates = inField('Client Certificate', () => findCertificates(settings.certificate));
	for (const key of readKeys(settings, certificates[0])) {
		const leaf = certificateOf(key, certificates);
		if (leaf) {
			const others = certificates.filter((certificate) => certificate !== leaf);
			return { chain: orderChain(leaf, others), key };
		}
	}
	throw new JwtAuthError(
		'CERTIFICATE_MISMATCH',
		'Client Certificate belongs to another private key than Client Certificate Key.',
		{ hint: 'Paste the certificate that was issued for this key, and nothing but its chain.' },
	);
}

function refuseExpired({ validTo }: X509Certificate, now: Date): void {
	const end = new Date(validTo);
	if (end.getTime() > now.getTime()) return;
	throw new JwtAuthError(
		'CERTIFICATE_EXPIRED',
		`The client certificate expired on ${end.toISOString()}.`,
	);
}

/** Digest of a client certificate and its key, for caches and tokens that are bound to it. */
export function clientCertificateDigest(settings: ClientCertificateSettings): string {
	const { certificate, key, passphrase } = settings;
	return digest([certificate, key, passphrase]);
}

function identityOf(settings: ClientCertificateSettings): Identity {
	return identities.get(clientCertificateDigest(settings), () => readIdentity(settings));
}

/**
 * When a client certificate ends.
 *
 * @throws {@link JwtAuthError} as {@link tlsIdentity}, but for `CERTIFICATE_EXPIRED`
 */
export function clientCertificateEnd(settings: ClientCertificateSettings): Date {
	return new Date(identityOf(settings).chain[0]?.validTo ?? Number.NaN);
}

/**
 * Reads a client certificate for TLS, or returns what was read before. One that is not valid yet is
 * left to the server, whose clock is the one that counts.
 *
 * @returns undefined for none
 * @throws {@link JwtAuthError} `CERTIFICATE_MALFORMED`, `CERTIFICATE_MISMATCH`, `CERTIFICATE_EXPIRED`,
 *   `KEY_MISSING`, and the other codes of a key
 */
export function tlsIdentity(
	settings: ClientCertificateSettings | undefined,
	now: Date,
): TlsIdentity | undefined {
	if (!settings) return undefined;
	const { chain, key } = identityOf(settings);
	const [leaf] = chain;
	if (leaf) refuseExpired(leaf, now);
	return {
		cert: chain.map((certificate) => certificate.toString()).join(''),
		key: String(key.export({ type: 'pkcs8', format: 'pem' })),
	};
}
