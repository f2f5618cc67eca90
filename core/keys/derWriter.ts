/** Universal tags, X.690 §8; a constructed one has bit 6 set. */
const TAGS = {
	boolean: 0x01,
	integer: 0x02,
	bitString: 0x03,
	octetString: 0x04,
	null: 0x05,
	objectIdentifier: 0x06,
	utf8String: 0x0c,
	printableString: 0x13,
	utcTime: 0x17,
	generalizedTime: 0x18,
	sequence: 0x30,
	set: 0x31,
} as const;

type Tag = keyof typeof TAGS;

/** Length octets, definite form, as short as can be, X.690 §10.1. */
function lengthOctets(length: number): Buffer {
	if (length < 0x80) return Buffer.from([length]);
	const hex = length.toString(16);
	const octets = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
	return Buffer.concat([Buffer.from([0x80 | octets.length]), octets]);
}

function withTag(tag: number, content: Buffer): Buffer {
	return Buffer.concat([Buffer.from([tag]), lengthOctets(content.length), content]);
}

/** An element of a universal type whose content octets are known. */
export function der(tag: Tag, ...content: Buffer[]): Buffer {
	return withTag(TAGS[tag], Buffer.concat(content));
}

/** An element with a context-specific tag around other elements, X.690 §8.14. @param number below 31 */
export function derContext(number: number, ...elements: Buffer[]): Buffer {
	return withTag(0xa0 | number, Buffer.concat(elements));
}

/** An INTEGER that is not negative. @param value most significant octet first */
export function derUnsigned(value: Buffer): Buffer {
	const first = value.findIndex((octet) => octet !== 0);
	const significant = first === -1 ? Buffer.alloc(1) : value.subarray(first);
	const sign = (significant[0] ?? 0) >= 0x80 ? Buffer.alloc(1) : Buffer.alloc(0);
	return der('integer', sign, significant);
}

/** A BIT STRING of whole octets. */
export function derBits(octets: Buffer): Buffer {
	return der('bitString', Buffer.alloc(1), octets);
}

/** Octets of one arc of an OBJECT IDENTIFIER: base 128, all but the last with bit 8 set, X.690 §8.19.2. */
export function arcOctets(arc: number): number[] {
	const octets = [arc & 0x7f];
	for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
		octets.unshift((rest & 0x7f) | 0x80);
	}
	return octets;
}

/** An OBJECT IDENTIFIER. @param dotted e.g. `2.5.4.3` */
export function derOid(dotted: string): Buffer {
	const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
	const octets = [first * 40 + second, ...others].flatMap(arcOctets);
	return der('objectIdentifier', Buffer.from(octets));
}

/** Time as certificates have it, to the second: UTCTime until 2049, RFC 5280 §4.1.2.5. */
export function derTime(time: Date): Buffer {
	const digits = time.toISOString().replace(/[-:T]|\.\d+/g, '');
	return time.getUTCFullYear() < 2050
		? der('utcTime', Buffer.from(digits.slice(2)))
		: der('generalizedTime', Buffer.from(digits));
}

/** PEM (RFC 7468) of DER. @param label e.g. `CERTIFICATE` */
export function toPem(label: string, bytes: Buffer): string {
	const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
	return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
