const FIELD_PRIME = 2n ** 255n - 19n;

/** y of the two pairs of points of order 8, little-endian as RFC 8032 §5.1.2 writes them. */
const ORDER_EIGHT = [
	'26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
	'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
];

function littleEndian(bytes: Uint8Array): bigint {
	return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}

// Order 1 has y = 1, order 2 has y = -1, both points of order 4 have y = 0.
const SMALL_ORDER_Y: ReadonlySet<bigint> = new Set([
	0n,
	1n,
	FIELD_PRIME - 1n,
	...ORDER_EIGHT.map((hex) => littleEndian(Buffer.from(hex, 'hex'))),
]);

/**
 * Whether a public key of Ed25519 is one of the eight points of small order, RFC 8032 §5.1.7, written
 * canonically or not. A signature under such a key can be made by anybody, without a private key.
 *
 * @param x the 32 bytes of the public key, RFC 8032 §5.1.5
 */
export function isSmallOrderEd25519(x: Uint8Array): boolean {
	// The highest bit is the sign of the other coordinate; both points have the same order.
	const y = littleEndian(x) % 2n ** 255n;
	return SMALL_ORDER_Y.has(y % FIELD_PRIME);
}
