import { sha256 } from './hash';

/**
 * Digest of several values together, for caches that must not hold the values themselves.
 *
 * @param parts values that JSON can hold; it keeps them apart, so that no two lists give the same text
 * @returns SHA-256, 64 hex digits
 */
export function digest(parts: readonly unknown[]): string {
	return sha256(JSON.stringify(parts), 'hex');
}
