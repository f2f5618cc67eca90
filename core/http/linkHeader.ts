/**
 * Target of the link with relation `next`, RFC 8288.
 *
 * @param link field value of `Link`, or several
 * @returns as written, perhaps relative; undefined for none
 */
export function nextLink(link: unknown): string | undefined {
	const value = Array.isArray(link) ? link.join(', ') : String(link ?? '');
	const links = value.matchAll(
		/<([^>]*)>((?:\s*;\s*[\w!#$&+\-.^`|~*]+\s*(?:=\s*(?:"[^"]*"|[^",;\s]+))?)*)/g,
	);
	for (const [, target, parameters = ''] of links) {
		const relation = /;\s*rel\s*=\s*(?:"([^"]*)"|([^",;\s]+))/i.exec(parameters);
		const relations = (relation?.[1] ?? relation?.[2] ?? '').toLowerCase().split(/\s+/);
		if (relations.includes('next')) return target;
	}
	return undefined;
}
