import { hash, type BinaryToTextEncoding } from 'node:crypto';

/** SHA-256 (FIPS 180-4) of bytes, or of a text in UTF-8. */
export function sha256(data: Buffer | string, encoding: BinaryToTextEncoding): string {
	return hash('sha256', data, encoding);
}

/** SHA-512 (FIPS 180-4) of a text in UTF-8. */
export function sha512(text: string, encoding: BinaryToTextEncoding): string {
	return hash('sha512', text, encoding);
}

/**
 * Digest of several values together, for caches that must not hold the values themselves.
 *
 * @param parts values that JSON can hold; it keeps them apart, so that no two lists give the same text
 * @returns SHA-256, 64 hex digits
 */
export function digest(parts: readonly unknown[]): string {
	return sha256(JSON.stringify(parts), 'hex');
}
