// A JOSE header is JSON, so that its base64url form begins with "ey" (`{"`, `{ `) or "ew" (`{` and a line end).
const TOKEN = /\be[yw][\w-]{8,}\.[\w-]+(?:\.[\w-]*){1,3}/g;
const PEM_BLOCK = /-----BEGIN [^-]+-----[\s\S]*?(?:-----END [^-]+-----|$)/g;

/**
 * Removes what must not be shown from a text of foreign origin, such as a server's answer: compact
 * JWS and JWE tokens, PEM blocks, and the given secrets.
 *
 * @param text any text
 * @param secrets values to remove wherever they occur; ones of under 6 characters are passed over
 */
export function redact(text: string, secrets: readonly string[] = []): string {
	const patterns = text.replace(PEM_BLOCK, '[key removed]').replace(TOKEN, '[token removed]');
	return secrets
		.filter((secret) => secret.length >= 6)
		.reduce((shown, secret) => shown.replaceAll(secret, '[removed]'), patterns);
}
