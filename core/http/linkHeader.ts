import { LinkHeader } from '../bundled/linkHeader';

/**
 * Splits a field value at a separator, but not inside of `<…>` or a quoted string.
 *
 * @param separator one character
 */
function splitOutsideQuotes(text: string, separator: string): string[] {
	const parts: string[] = [];
	let begin = 0;
	let closing = '';
	for (let index = 0; index < text.length; index += 1) {
		const character = text.charAt(index);
		if (character === '\\' && closing === '"') index += 1;
		else if (closing !== '') closing = character === closing ? '' : closing;
		else if (character === '<') closing = '>';
		else if (character === '"') closing = '"';
		else if (character === separator) {
			parts.push(text.slice(begin, index));
			begin = index + 1;
		}
	}
	return [...parts, text.slice(begin)];
}

/**
 * Target of one link if its relation is `next`.
 *
 * The library gets no other parameter to read: it takes one without value for part of the following
 * one, one named `uri` for the target, and throws for a bad `title*`.
 */
function targetOfNext(link: string): string | undefined {
	const [target = '', ...parameters] = splitOutsideQuotes(link, ';').map((part) => part.trim());
	const relations = parameters.filter((parameter) => /^rel\s*=/i.test(parameter));
	try {
		return LinkHeader.parse([target, ...relations].join(';')).rel('next')[0]?.uri;
	} catch {
		return undefined;
	}
}

/**
 * Target of the link with relation `next`, RFC 8288. Links that cannot be read are passed over.
 *
 * @param link field value of `Link`, or several
 * @returns as written, perhaps relative; undefined for none
 */
export function nextLink(link: unknown): string | undefined {
	const value = Array.isArray(link) ? link.join(', ') : String(link ?? '');
	// The library separates relations at blanks only, and takes quadratic time for a row of them.
	for (const one of splitOutsideQuotes(value.replace(/\s+/g, ' '), ',')) {
		const target = targetOfNext(one);
		if (target !== undefined) return target;
	}
	return undefined;
}
