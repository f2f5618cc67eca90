import { createDecipheriv, createHash } from 'node:crypto';

/**
 * Reads what n8n has stored of a credential: JSON, encrypted as `openssl enc -aes-256-cbc -md md5 -base64`
 * does it.
 *
 * @param encryptionKey n8n's `N8N_ENCRYPTION_KEY`
 */
export function decryptCredential(stored: string, encryptionKey: string): Record<string, unknown> {
	const bytes = Buffer.from(stored, 'base64');
	// OpenSSL begins with the word Salted__ and eight bytes of salt.
	const seed = Buffer.concat([Buffer.from(encryptionKey, 'latin1'), bytes.subarray(8, 16)]);
	const digest = (before: Buffer) =>
		createHash('md5')
			.update(Buffer.concat([before, seed]))
			.digest();
	const first = digest(Buffer.alloc(0));
	const second = digest(first);
	const key = Buffer.concat([first, second]);
	const decipher = createDecipheriv('aes-256-cbc', key, digest(second));
	const text = Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]);
	return JSON.parse(text.toString('utf8')) as Record<string, unknown>;
}
