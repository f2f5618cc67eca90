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
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OID = 0x06;
const SEQUENCE = 0x30;
/** Constructed, context-specific 0: what a content type of PKCS#7 is followed by. */
const CONTEXT_0 = 0xa0;

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

/** Larger numbers need not be told apart. */
const CAP = 2n ** 48n;

/** Value of a non-negative INTEGER, capped at 2^48; undefined for any other element. */
export function smallInteger(element: DerElement | undefined): number | undefined {
	if (element?.tag !== INTEGER || element.content.length === 0) return undefined;
	const value = BigInt(`0x${element.content.toString('hex')}`);
	return value < CAP ? Number(value) : Number(CAP);
}

/** Whether DER is a private key this package reads. */
export function isPrivateDer(structure: DerStructure): structure is PrivateDerStructure {
	return ['pkcs8', 'encryptedPkcs8', 'pkcs1', 'sec1'].includes(structure);
}

const KIND_OF_TAG: ReadonlyMap<number, string> = new Map([
	[INTEGER, 'integer'],
	[BIT_STRING, 'bitString'],
	[OCTET_STRING, 'octetString'],
	[OID, 'oid'],
	[SEQUENCE, 'sequence'],
	[CONTEXT_0, 'context0'],
]);

/** Names of the elements, for comparison with what a standard says. */
function kindsOf(elements: readonly DerElement[]): string[] {
	return elements.map(({ tag }) => KIND_OF_TAG.get(tag) ?? 'other');
}

function beginsWith(kinds: readonly string[], ...wanted: string[]): boolean {
	return wanted.every((kind, index) => kinds[index] === kind);
}

function isOnlyIntegers(kinds: readonly string[], count: number): boolean {
	return kinds.length === count && kinds.every((kind) => kind === 'integer');
}

/** Subject and key of a certification request follow its version, RFC 2986 §4.1; attributes may. */
function isRequestInfo(element: DerElement | undefined): boolean {
	const kinds = kindsOf(derChildren(element));
	return beginsWith(kinds, 'integer', 'sequence', 'sequence') && kinds.length <= 4;
}

/** An RSAPrivateKey, RFC 8017 A.1.2: version and eight numbers, then perhaps further primes. */
function isRsaPrivateKey(kinds: readonly string[]): boolean {
	return isOnlyIntegers(kinds.slice(0, 9), 9) && kinds.length <= 10;
}

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
	const kinds = kindsOf(parts);
	const [first, second] = parts;
	const version = smallInteger(first);
	if (beginsWith(kinds, 'sequence', 'sequence', 'bitString')) {
		return isRequestInfo(first) ? 'csr' : 'certificate';
	}
	if (beginsWith(kinds, 'sequence', 'bitString') || isOnlyIntegers(kinds, 2)) return 'publicKey';
	const beginsWithOid = (part: DerElement | undefined): boolean =>
		oidHex(derChildren(part)[0]) !== undefined;
	if (beginsWith(kinds, 'sequence', 'octetString') && beginsWithOid(first)) {
		return 'encryptedPkcs8';
	}
	if (beginsWith(kinds, 'integer', 'sequence', 'octetString')) {
		return beginsWithOid(second) ? 'pkcs8' : undefined;
	}
	if (beginsWith(kinds, 'integer', 'sequence') && version === 3) return 'pkcs12';
	if (beginsWith(kinds, 'integer', 'octetString') && version === 1) return 'sec1';
	if (beginsWith(kinds, 'oid', 'context0')) return 'pkcs7';
	if (isOnlyIntegers(kinds, 6)) return 'dsa';
	return isRsaPrivateKey(kinds) ? 'pkcs1' : undefined;
}
