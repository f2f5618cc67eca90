import { hash, type BinaryToTextEncoding } from 'node:crypto';

/** SHA-256 (FIPS 180-4) of bytes, or of a text in UTF-8. */
export function sha256(data: Buffer | string, encoding: BinaryToTextEncoding): string {
	return hash('sha256', data, encoding);
}
