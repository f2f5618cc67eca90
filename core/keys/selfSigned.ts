import { createHash, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { certificateSigner } from './certificateSignature';
import { type CertificateSubject, subjectName } from './certificateSubject';
import { derChildren, readDer } from './der';
import { der, derContext, derOid, derTime, derUnsigned, toPem } from './derWriter';
import { colonHex } from './publicKeyForms';

/** A certificate in the forms in which services name it. */
export interface CertificateForms {
	/** PEM, RFC 7468 §5. */
	certificate: string;
	/** ISO 8601, to the second. */
	validFrom: string;
	/** ISO 8601, to the second; valid until then. */
	validTo: string;
	/** Hexadecimal with colons. */
	serialNumber: string;
	/** SHA-1 of the DER, hexadecimal with colons: what Microsoft and others call the thumbprint. */
	thumbprintSha1: string;
	/** SHA-256 of the DER, hexadecimal with colons. */
	thumbprintSha256: string;
	/** The first as a JWT names it, RFC 7515 §4.1.7. */
	x5t: string;
	/** The second as a JWT names it, RFC 7515 §4.1.8. */
	'x5t#S256': string;
}

const DAY = 24 * 3600 * 1000;

/** Certificates count from a little before now, since the clock of who checks them may be behind. */
const BACKDATED = 5 * 60 * 1000;

function extension(oid: string, critical: boolean, value: Buffer): Buffer {
	const flag = critical ? [der('boolean', Buffer.from([0xff]))] : [];
	return der('sequence', derOid(oid), ...flag, der('octetString', value));
}

/** Of an end entity that signs: no authority, digitalSignature, an identifier of the key (RFC 5280 §4.2.1). */
function extensions(publicKey: Buffer): Buffer {
	const bits = derChildren(readDer(publicKey))[1]?.content.subarray(1) ?? Buffer.alloc(0);
	const keyIdentifier = createHash('sha1').update(bits).digest();
	const digitalSignature = der('bitString', Buffer.from([7, 0x80]));
	return der(
		'sequence',
		extension('2.5.29.19', true, der('sequence')),
		extension('2.5.29.15', true, digitalSignature),
		extension('2.5.29.14', false, der('octetString', keyIdentifier)),
	);
}

/**
 * Makes a certificate for a key, signed by that key itself, X.509 v3 (RFC 5280). Every call makes another
 * one, with a serial number of its own.
 *
 * @param key private key as importSigningKey returns it
 * @param life days from now on
 * @throws {@link JwtAuthError} `FIELD_INVALID`, `KEY_WRONG_TYPE` for a shared secret
 */
export function selfSignedCertificate(
	key: KeyObject,
	subject: CertificateSubject,
	life: number,
	now: Date,
): CertificateForms {
	const signer = certificateSigner(key);
	const name = subjectName(subject);
	// Not negative, not zero, and under 20 octets, §4.1.2.2.
	const serial = Buffer.concat([Buffer.from([0x40]), randomBytes(15)]);
	const validFrom = new Date(now.getTime() - BACKDATED);
	const validTo = new Date(now.getTime() + life * DAY);
	const bytes = signer.signed(
		der(
			'sequence',
			derContext(0, derUnsigned(Buffer.from([2]))),
			derUnsigned(serial),
			signer.identifier,
			name,
			der('sequence', derTime(validFrom), derTime(validTo)),
			name,
			signer.publicKey,
			derContext(3, extensions(signer.publicKey)),
		),
	);
	const hash = (algorithm: string): Buffer => createHash(algorithm).update(bytes).digest();
	const read = new X509Certificate(bytes);
	return {
		certificate: toPem('CERTIFICATE', bytes),
		validFrom: new Date(read.validFrom).toISOString(),
		validTo: new Date(read.validTo).toISOString(),
		serialNumber: colonHex(serial),
		thumbprintSha1: colonHex(hash('sha1')),
		thumbprintSha256: colonHex(hash('sha256')),
		x5t: hash('sha1').toString('base64url'),
		'x5t#S256': hash('sha256').toString('base64url'),
	};
}

/**
 * A request for a certificate that an authority is to sign, PKCS#10 (RFC 2986).
 *
 * @param key private key as importSigningKey returns it
 * @returns PEM, RFC 7468 §7
 * @throws {@link JwtAuthError} as {@link selfSignedCertificate}
 */
export function certificateRequest(key: KeyObject, subject: CertificateSubject): string {
	const signer = certificateSigner(key);
	const version = derUnsigned(Buffer.alloc(1));
	const info = der('sequence', version, subjectName(subject), signer.publicKey, derContext(0));
	return toPem('CERTIFICATE REQUEST', signer.signed(info));
}
