function nameOf(pair: string): string {
	const [name = ''] = pair.split('=', 1);
	try {
		return decodeURIComponent(name.replace(/\+/g, ' '));
	} catch {
		return name;
	}
}

/**
 * Takes a query parameter out of a URL, wherever it stands, and leaves the rest to the letter.
 *
 * @param url absolute URL
 * @param name decoded name; undefined or blank takes nothing out
 */
export function withoutQueryParameter(url: string, name: string | undefined): string {
	const wanted = name?.trim() ?? '';
	const parsed = new URL(url);
	if (wanted === '' || parsed.search === '') return url;
	const pairs = parsed.search.slice(1).split('&');
	const kept = pairs.filter((pair) => nameOf(pair) !== wanted);
	if (kept.length === pairs.length) return url;
	parsed.search = kept.join('&');
	return parsed.href;
}

/** Decoded names of a URL's query parameters. */
export function queryParameterNames(url: string): string[] {
	return new URL(url).search.slice(1).split('&').filter(Boolean).map(nameOf);
}
