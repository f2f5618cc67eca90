import { webUrl } from '../shared/url';

/** Percent-encoding as RFC 3986 §6.2.2 wants it: none for unreserved characters, else in capitals. */
function normalPath(path: string): string {
	return path.replace(/%[\da-f]{2}/gi, (encoded) => {
		const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
		return /^[\w.~-]$/.test(character) ? character : encoded.toUpperCase();
	});
}

/**
 * The address of a request for comparison, RFC 9449 §4.3: normalised by RFC 3986 §6.2.2 and §6.2.3,
 * without query and fragment.
 *
 * @returns undefined for what is no absolute http(s) URL, or has a user in it
 */
export function comparableAddress(address: string): string | undefined {
	const url = /^https?:\/\//i.test(address) ? webUrl(address) : undefined;
	if (!url || url.username !== '' || url.password !== '') return undefined;
	return `${url.origin}${normalPath(url.pathname)}`;
}
