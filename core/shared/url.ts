/**
 * Reads an address of the web.
 *
 * @param text absolute, or relative to `base`
 * @returns undefined for what is no http or https address
 */
export function webUrl(text: string, base?: string): URL | undefined {
	try {
		// Not URL.canParse: after some thousand calls, that of Node.js 20 and 22 refuses hosts with umlauts.
		const url = new URL(text, base);
		return ['http:', 'https:'].includes(url.protocol) ? url : undefined;
	} catch {
		return undefined;
	}
}
