/**
 * Reads an address of the web.
 *
 * @param text absolute, or relative to `base`
 * @returns undefined for what is no http or https address
 */
export function webUrl(text: string, base?: string): URL | undefined {
	const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
	return url && ['http:', 'https:'].includes(url.protocol) ? url : undefined;
}
