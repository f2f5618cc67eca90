import { X509Certificate } from 'node:crypto';
import {
	allowsKeyUsage,
	certificateExtensions,
	oidContent,
	pathLength,
	signatureOid,
} from './certificateExtensions';
import { JwtAuthError } from '../errors';

/** What a chain of certificates has to be like. */
export interface ChainRules {
	/** Certificates that are trusted; the chain has to lead to one of them. */
	roots: readonly X509Certificate[];
	/** Extension that the certificate of the key has to have, as a dotted OID. */
	leafOid?: string;
	/**
	 * Extension that its issuer has to have. The chain is then exactly three certificates long: that of
	 * the key, its issuer, the root.
	 */
	intermediateOid?: string;
	/** Host name that the certificate of the key has to be for. */
	leafHost?: string;
}

const LONGEST_CHAIN = 6;

/** Most characters of one certificate of a chain. */
const LONGEST_CERTIFICATE = 16_384;

const LEAST_RSA_BITS = 2048;

const oids = (...dotted: string[]): ReadonlySet<string | undefined> =>
	new Set(dotted.map(oidContent));

const BASIC_CONSTRAINTS = oidContent('2.5.29.19');
const KEY_USAGE = oidContent('2.5.29.15');
const NAME_CONSTRAINTS = oidContent('2.5.29.30');

/** Extensions that may be critical: key usage, names, constraints, policies, extended key usage. */
const UNDERSTOOD = oids('2.5.29.15', '2.5.29.17', '2.5.29.19', '2.5.29.32', '2.5.29.37');

/** RSA and ECDSA with SHA-256 and longer, these hash functions for RSASSA-PSS, Ed25519. */
const SIGNATURES = oids(
	...['1.2.840.113549.1.1.11', '1.2.840.113549.1.1.12', '1.2.840.113549.1.1.13'],
	...['1.2.840.10045.4.3.2', '1.2.840.10045.4.3.3', '1.2.840.10045.4.3.4'],
	...['2.16.840.1.101.3.4.2.1', '2.16.840.1.101.3.4.2.2', '2.16.840.1.101.3.4.2.3'],
	...['1.3.101.112'],
);

const DIGITAL_SIGNATURE = 0;
const KEY_CERT_SIGN = 5;

function chainError(what: string): JwtAuthError {
	return new JwtAuthError('CERTIFICATE_UNTRUSTED', `The certificate chain of the token ${what}.`);
}

/** A certificate of a chain, standard Base64 of DER, RFC 7515 §4.1.6. */
function readMember(text: unknown): X509Certificate {
	const unreadable = chainError('cannot be read');
	if (typeof text !== 'string' || text.length > LONGEST_CERTIFICATE) throw unreadable;
	const bytes = Buffer.from(text, 'base64');
	if (bytes.toString('base64') !== text) throw unreadable;
	try {
		const certificate = new X509Certificate(bytes);
		if (certificate.raw.equals(bytes)) return certificate;
	} catch {
		// OpenSSL's reasons say nothing about whether it can be trusted.
	}
	throw unreadable;
}

function assertSound(certificate: X509Certificate, rules: ChainRules, now: Date): void {
	const { validFrom, validTo } = certificate;
	const isCurrent = now >= new Date(validFrom) && now <= new Date(validTo);
	if (!isCurrent) throw chainError('holds a certificate that has expired or is not yet valid');
	const extensions = certificateExtensions(certificate);
	const wanted = oids(rules.leafOid ?? '', rules.intermediateOid ?? '');
	const isUnderstood = extensions?.every(
		({ oid, isCritical }) =>
			oid !== NAME_CONSTRAINTS && (!isCritical || UNDERSTOOD.has(oid) || wanted.has(oid)),
	);
	if (!isUnderstood) throw chainError('holds a certificate with demands that are not understood');
}

function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
	try {
		return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
	} catch {
		return false;
	}
}

/** @param below how many certificates of CAs stand between the issuer and the key */
function assertIssued(certificate: X509Certificate, issuer: X509Certificate, below: number): void {
	if (!isSignedBy(certificate, issuer)) throw chainError('is broken: one does not issue the next');
	if (!SIGNATURES.has(signatureOid(certificate))) throw chainError('is signed too weakly');
	const { modulusLength = LEAST_RSA_BITS } = issuer.publicKey.asymmetricKeyDetails ?? {};
	if (modulusLength < LEAST_RSA_BITS) {
		throw chainError('has an issuer with a key that is too short');
	}
	const extensions = certificateExtensions(issuer) ?? [];
	const constraints = extensions.find(({ oid }) => oid === BASIC_CONSTRAINTS);
	const usage = extensions.find(({ oid }) => oid === KEY_USAGE);
	const mayIssue = issuer.ca && (!usage || allowsKeyUsage(usage, KEY_CERT_SIGN));
	const mostBelow = constraints && pathLength(constraints);
	if (!mayIssue || (mostBelow !== undefined && below > mostBelow)) {
		throw chainError('holds a certificate whose issuer may not issue it');
	}
}

/** Whether a certificate has an extension; no extension is the empty one. */
function hasExtension(certificate: X509Certificate | undefined, dotted: string): boolean {
	const wanted = oidContent(dotted);
	const extensions = (certificate && certificateExtensions(certificate)) ?? [];
	return wanted !== undefined && extensions.some(({ oid }) => oid === wanted);
}

function assertLeaf(leaf: X509Certificate, { leafOid, leafHost }: ChainRules): void {
	const usage = certificateExtensions(leaf)?.find(({ oid }) => oid === KEY_USAGE);
	if (leaf.ca || (usage && !allowsKeyUsage(usage, DIGITAL_SIGNATURE))) {
		throw chainError('begins with a certificate that is not for signing data');
	}
	if (leafOid !== undefined && !hasExtension(leaf, leafOid)) {
		throw chainError('begins with a certificate that lacks the Leaf Certificate OID');
	}
	// Authorities check the alternative names; what stands in the subject may be anything a person chose.
	const named = { wildcards: false, subject: 'never' } as const;
	if (leafHost !== undefined && !leaf.checkHost(leafHost, named)) {
		throw chainError('begins with a certificate for another name than Leaf Certificate Host');
	}
}

/**
 * Follows the certificates of a token to a trusted root (RFC 5280 §6.1, as far as said here): every
 * signature, all dates, CA and path length, key usage; no name constraints, no unknown critical
 * extension, no SHA-1. Whether a certificate was revoked is not asked.
 *
 * @param x5c header parameter, RFC 7515 §4.1.6: that of the key first, standard Base64 of DER
 * @returns the certificate of the key
 * @throws {@link JwtAuthError} `CERTIFICATE_UNTRUSTED`
 */
export function trustedLeaf(x5c: unknown, rules: ChainRules, now: Date): X509Certificate {
	const given: unknown[] = Array.isArray(x5c) ? x5c : [];
	if (given.length === 0) throw chainError('is missing (x5c)');
	if (given.length > LONGEST_CHAIN) throw chainError('is too long');
	const chain = given.map(readMember);
	const [leaf, second] = chain;
	const last = chain.at(-1);
	if (!leaf || !last) throw chainError('is missing (x5c)');
	const isRoot = (certificate: X509Certificate): boolean =>
		rules.roots.some(({ raw }) => raw.equals(certificate.raw));
	if (!isRoot(last)) {
		const root = rules.roots.find((trusted) => isSignedBy(last, trusted));
		if (!root) throw chainError('does not lead to one of the Root Certificates');
		chain.push(root);
	}
	if (chain.length < 2) throw chainError('is the root alone, which signs no tokens');
	const { intermediateOid } = rules;
	if (intermediateOid !== undefined && (given.length !== 3 || chain.length !== 3)) {
		throw chainError('is not of three certificates: that of the key, its issuer, the root');
	}
	for (const certificate of chain) assertSound(certificate, rules, now);
	for (const [index, certificate] of chain.entries()) {
		const issuer = chain[index + 1];
		if (issuer) assertIssued(certificate, issuer, index);
	}
	assertLeaf(leaf, rules);
	if (intermediateOid !== undefined && !hasExtension(second, intermediateOid)) {
		throw chainError('has an intermediate that lacks the Intermediate Certificate OID');
	}
	return leaf;
}
