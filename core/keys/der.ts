/** One DER element, X.690 §8.1: its identifier octet, its content and the whole of its bytes. */
export interface DerElement {
	readonly tag: number;
	readonly content: Buffer;
	readonly whole: Buffer;
}

/** The private keys this package reads. */
export type PrivateDerStructure = 'pkcs8' | 'encryptedPkcs8' | 'pkcs1' | 'sec1';

/** What a DER SEQUENCE turned out to be, by its shape alone. */
export type DerStructure =
	| PrivateDerStructure
	| 'dsa'
	| 'publicKey'
	| 'certificate'
	| 'csr'
	| 'pkcs12'
	| 'pkcs7';

const INTEGER = 0x02;
const OID = 0x06;
const SEQUENCE = 0x30;

function header(bytes: Buffer): { start: number; length: number } | undefined {
	const first = bytes[1];
	if (first === undefined) return undefined;
	if (first < 0x80) return { start: 2, length: first };
	const octets = first & 0x7f;
	if (octets === 0 || octets > 4 || bytes.length < 2 + octets) return undefined;
	return { start: 2 + octets, length: bytes.readUIntBE(2, octets) };
}

/**
 * Number of bytes the first element of `bytes` says it has, header included. It may be more than
 * there are, which is how a truncated key is told from a damaged one.
 *
 * @returns bytes, or undefined where there is no SEQUENCE of definite length
 */
export function declaredLength(bytes: Buffer): number | undefined {
	const found = bytes[0] === SEQUENCE ? header(bytes) : undefined;
	return found && found.start + found.length;
}

/**
 * Reads the element `bytes` begins with.
 *
 * @returns undefined where the bytes are not DER or end too early
 */
export function readDer(bytes: Buffer): DerElement | undefined {
	const tag = bytes[0];
	const found = header(bytes);
	if (tag === undefined || !found) return undefined;
	const end = found.start + found.length;
	if (end > bytes.length) return undefined;
	return { tag, content: bytes.subarray(found.start, end), whole: bytes.subarray(0, end) };
}

/**
 * Reads the elements inside a constructed element.
 *
 * @returns an empty list where the content is not DER or the element is absent or a primitive one
 */
export function derChildren(element: DerElement | undefined): DerElement[] {
	if (!element || (element.tag & 0x20) === 0) return [];
	const children: DerElement[] = [];
	for (let rest = element.content; rest.length > 0; ) {
		const child = readDer(rest);
		if (!child) return [];
		children.push(child);
		rest = rest.subarray(child.whole.length);
	}
	return children;
}

/** Content of an OBJECT IDENTIFIER as lower-case hex, undefined for any other element. */
export function oidHex(element: DerElement | undefined): string | undefined {
	return element?.tag === OID ? element.content.toString('hex') : undefined;
}

/** Value of a non-negative INTEGER, capped at 2^48; undefined for any other element. */
export function smallInteger(element: DerElement | undefined): number | undefined {
	if (element?.tag !== INTEGER || element.content.length === 0) return undefined;
	const hex = element.content.toString('hex').replace(/^0+(?=.)/, '');
	return hex.length > 12 ? 2 ** 48 : parseInt(hex, 16);
}

/** Whether DER is a private key this package reads. */
export function isPrivateDer(structure: DerStructure): structure is PrivateDerStructure {
	return ['pkcs8', 'encryptedPkcs8', 'pkcs1', 'sec1'].includes(structure);
}

/** Tags of elements as hex: 02 INTEGER, 03 BIT STRING, 04 OCTET STRING, 06 OID, 30 SEQUENCE. */
const shapeOf = (elements: readonly DerElement[]): string =>
	elements.map(({ tag }) => tag.toString(16).padStart(2, '0')).join(' ');

/**
 * Tells private keys (RFC 5958, RFC 8017 A.1.2, RFC 5915), public keys (RFC 5280 §4.1, RFC 8017
 * A.1.1), certificates (RFC 5280), requests (RFC 2986) and containers (RFC 7292, RFC 5652) apart.
 *
 * @param bytes DER of exactly one element
 * @returns undefined for anything else
 */
export function derStructure(bytes: Buffer): DerStructure | undefined {
	const element = readDer(bytes);
	if (element?.tag !== SEQUENCE || element.whole.length !== bytes.length) return undefined;
	const parts = derChildren(element);
	const shape = shapeOf(parts);
	const [first, second] = parts;
	if (/^30 30 03/.test(shape)) {
		const isRequest = /^02 30 30( ..)?$/.test(shapeOf(derChildren(first)));
		return isRequest ? 'csr' : 'certificate';
	}
	if (/^30 03|^02 02$/.test(shape)) return 'publicKey';
	if (/^30 04/.test(shape) && oidHex(derChildren(first)[0])) return 'encryptedPkcs8';
	if (/^02 30 04/.test(shape)) return oidHex(derChildren(second)[0]) ? 'pkcs8' : undefined;
	if (/^02 30/.test(shape) && smallInteger(first) === 3) return 'pkcs12';
	if (/^02 04/.test(shape) && smallInteger(first) === 1) return 'sec1';
	if (/^06 a0/.test(shape)) return 'pkcs7';
	if (/^02( 02){5}$/.test(shape)) return 'dsa';
	return /^02( 02){8}( ..)?$/.test(shape) ? 'pkcs1' : undefined;
}
