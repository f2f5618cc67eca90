import type { X509Certificate } from 'node:crypto';
import { derChildren, type DerElement, oidHex, readDer, smallInteger } from './der';
import { arcOctets } from './derWriter';

/** An extension of a certificate, RFC 5280 §4.2. */
export interface CertificateExtension {
	/** Content of its OBJECT IDENTIFIER as lower-case hex, see {@link oidContent}. */
	oid: string;
	/** Whether a certificate must be refused by those who do not understand it. */
	isCritical: boolean;
	/** DER of its value. */
	value: DerElement | undefined;
}

const BOOLEAN = 0x01;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
/** Tag of the extensions in a TBSCertificate, RFC 5280 §4.1. */
const EXTENSIONS = 0xa3;

/** Tag of the hash function in the parameters of RSASSA-PSS, RFC 4055 §3.1. */
const HASH_OF_PSS = 0xa0;

const LARGEST_ARC = 2 ** 48;

/**
 * The content octets of an OBJECT IDENTIFIER, X.690 §8.19.
 *
 * @param dotted such as `1.2.840.113635.100.6.11.1`
 * @returns lower-case hex; undefined for what is no OID
 */
export function oidContent(dotted: string): string | undefined {
	const arcs = dotted.split('.');
	const [first = -1, second = -1, ...rest] = arcs.map((arc) =>
		/^\d+$/.test(arc) ? Number(arc) : -1,
	);
	const isOid =
		arcs.length > 2 &&
		first >= 0 &&
		first <= 2 &&
		(first === 2 || second < 40) &&
		[second, ...rest].every((arc) => arc >= 0 && arc < LARGEST_ARC);
	if (!isOid) return undefined;
	return Buffer.from([first * 40 + second, ...rest].flatMap(arcOctets)).toString('hex');
}

const RSASSA_PSS = oidContent('1.2.840.113549.1.1.10');

function readExtension(element: DerElement): CertificateExtension | undefined {
	const [name, ...rest] = derChildren(element);
	const oid = oidHex(name);
	const isCritical = rest[0]?.tag === BOOLEAN && rest[0].content[0] !== 0;
	const value = rest.at(-1);
	return oid === undefined || !value
		? undefined
		: { oid, isCritical, value: readDer(value.content) };
}

/**
 * The extensions of a certificate.
 *
 * @returns undefined where they cannot be read, so that nobody takes them for none
 */
export function certificateExtensions({
	raw,
}: X509Certificate): CertificateExtension[] | undefined {
	const [body] = derChildren(readDer(raw));
	const parts = derChildren(body);
	if (parts.length === 0) return undefined;
	const holder = parts.find(({ tag }) => tag === EXTENSIONS);
	if (!holder) return [];
	const found = derChildren(derChildren(holder)[0]).map(readExtension);
	const read = found.filter((extension) => extension !== undefined);
	return read.length > 0 && read.length === found.length ? read : undefined;
}

/**
 * OID of the algorithm a certificate was signed with, as {@link oidContent}. For RSASSA-PSS, which is
 * one for all hash functions, that of its hash function; undefined where that is SHA-1, which is not
 * written (RFC 4055 §3.1).
 */
export function signatureOid({ raw }: X509Certificate): string | undefined {
	const [, algorithm] = derChildren(readDer(raw));
	const [name, parameters] = derChildren(algorithm);
	if (oidHex(name) !== RSASSA_PSS) return oidHex(name);
	const hash = derChildren(parameters).find(({ tag }) => tag === HASH_OF_PSS);
	return oidHex(derChildren(derChildren(hash)[0])[0]);
}

/** Most certificates that may follow below a CA, RFC 5280 §4.2.1.9; undefined for no limit. */
export function pathLength({ value }: CertificateExtension): number | undefined {
	return smallInteger(derChildren(value).find(({ tag }) => tag === INTEGER));
}

/**
 * Whether the key usage of a certificate includes one, RFC 5280 §4.2.1.3.
 *
 * @param bit such as 0 for digitalSignature, 5 for keyCertSign
 */
export function allowsKeyUsage({ value }: CertificateExtension, bit: number): boolean {
	// The first octet tells how many bits of the last are unused.
	const octet = value?.tag === BIT_STRING ? (value.content[1 + Math.floor(bit / 8)] ?? 0) : 0;
	return (octet & (0x80 >> bit % 8)) !== 0;
}
