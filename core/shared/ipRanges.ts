/** A range of addresses: those whose first bits are those of the given one. */
interface IpRange {
	bytes: readonly number[];
	bits: number;
}

function ipv4Bytes(text: string): number[] | undefined {
	const parts = text.split('.');
	const isWritten = parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part));
	const bytes = parts.map(Number);
	return isWritten && bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

/** Bytes of groups of four hex digits; the last one of an address may be an IPv4 address. */
function groupBytes(text: string, isEnd: boolean): number[] | undefined {
	if (text === '') return [];
	const groups = text.split(':');
	const parts = groups.map((group, index) => {
		if (isEnd && index === groups.length - 1 && group.includes('.')) return ipv4Bytes(group);
		if (!/^[\da-f]{1,4}$/i.test(group)) return undefined;
		const value = Number.parseInt(group, 16);
		return [value >> 8, value & 255];
	});
	return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

function ipv6Bytes(text: string): number[] | undefined {
	const halves = text.split('::');
	if (halves.length > 2) return undefined;
	const [start, end] = halves.map((half, index) => groupBytes(half, index === halves.length - 1));
	if (!start) return undefined;
	if (halves.length === 1) return start.length === 16 ? start : undefined;
	if (!end || start.length + end.length > 14) return undefined;
	return [...start, ...Array<number>(16 - start.length - end.length).fill(0), ...end];
}

const MAPPED_IPV4 = '0,0,0,0,0,0,0,0,0,0,255,255';

/** An IPv4 address that is written as an IPv6 one (RFC 4291 §2.5.5.2) is the IPv4 one. */
function addressBytes(text: string): number[] | undefined {
	// What follows a % names the network card.
	const bytes = ipv4Bytes(text) ?? ipv6Bytes(text.split('%')[0] ?? '');
	return bytes?.slice(0, 12).join() === MAPPED_IPV4 ? bytes.slice(12) : bytes;
}

function readRange(text: string): IpRange | undefined {
	const [address = '', prefix, ...rest] = text.split('/');
	const bytes = addressBytes(address);
	if (!bytes || rest.length > 0) return undefined;
	const most = bytes.length * 8;
	if (prefix === undefined) return { bytes, bits: most };
	const bits = Number(prefix);
	return /^\d{1,3}$/.test(prefix) && bits <= most ? { bytes, bits } : undefined;
}

function isWithin(bytes: readonly number[], range: IpRange): boolean {
	if (bytes.length !== range.bytes.length) return false;
	const bitsOf = (parts: readonly number[]): string =>
		parts.map((byte) => byte.toString(2).padStart(8, '0')).join('');
	return bitsOf(bytes).startsWith(bitsOf(range.bytes).slice(0, range.bits));
}

/**
 * The first of these that is neither an IPv4 or IPv6 address nor a range of them (RFC 4632 §3.1,
 * RFC 4291 §2.3); undefined where all are.
 */
export function notAnIpRange(ranges: readonly string[]): string | undefined {
	return ranges.find((range) => !readRange(range));
}

/** Whether an address is one of these or within one of these ranges. */
export function isInIpRanges(address: string, ranges: readonly string[]): boolean {
	const bytes = addressBytes(address);
	if (!bytes) return false;
	return ranges.map(readRange).some((range) => range !== undefined && isWithin(bytes, range));
}
