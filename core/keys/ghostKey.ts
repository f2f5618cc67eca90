/**
 * Splits a Ghost Admin API key: 24 hex digits of ID, a colon, 64 hex digits of secret. Only this very
 * shape is split, whatever encoding is chosen, since Ghost's secret never works as text.
 *
 * @returns undefined for anything else
 */
export function splitGhostKey(text: string): { keyId: string; secret: Buffer } | undefined {
	const [, keyId, secret] = /^\s*([0-9a-f]{24}):([0-9a-f]{64})\s*$/i.exec(text) ?? [];
	if (keyId === undefined || secret === undefined) return undefined;
	return { keyId, secret: Buffer.from(secret, 'hex') };
}
