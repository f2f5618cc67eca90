/** What a `WWW-Authenticate` header says, RFC 9110 §11.6.1; each part is empty where it says nothing. */
export interface Challenge {
	/** Its `error_description`, RFC 6750 §3. */
	description: string;
	/** For whom a token has to be (`aud`). */
	audience: string;
	/** The header without its `error_description`. */
	rest: string;
}

/** Texts in quotes, words and equals signs of a challenge, RFC 9110 §11.2. */
const TOKENS = /"(?:[^"\\]|\\.)*"?|[^\s",=]+|=/g;

const DESCRIPTION = /,? ?error_description="((?:[^"\\]|\\.)*)"/;

/** Names that services use for the audience; the last two are Microsoft's. */
const AUDIENCE_NAMES = ['audience', 'aud', 'resource', 'resource_id'];

function unquote(text: string): string {
	const inner = text.startsWith('"') ? text.replace(/^"|"$/g, '') : text;
	return inner.replace(/\\(.)/g, '$1').trim();
}

function readAudience(challenge: string): string {
	const tokens = challenge.match(TOKENS) ?? [];
	const at = tokens.findIndex(
		(name, index) => AUDIENCE_NAMES.includes(name.toLowerCase()) && tokens[index + 1] === '=',
	);
	return at < 0 ? '' : unquote(tokens[at + 2] ?? '');
}

/**
 * Reads what a `WWW-Authenticate` header says about a refused token.
 *
 * @param header its field value; empty for none
 */
export function readChallenge(header: string): Challenge {
	const [whole = '', description = ''] = DESCRIPTION.exec(header) ?? [];
	return {
		description: unquote(description),
		audience: readAudience(header),
		rest: header.replace(whole, '').trim(),
	};
}

/**
 * Whether a text says the same as another, or more: quotes and blanks do not count, since JSON and
 * headers write them in different ways.
 */
export function saysToo(text: string, other: string): boolean {
	const letters = (value: string): string => value.replace(/[^\p{L}\p{N}]/gu, '');
	return letters(text).includes(letters(other));
}
