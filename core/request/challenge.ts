/** What a `WWW-Authenticate` header says, RFC 9110 §11.6.1; each part is empty where it says nothing. */
export interface Challenge {
	/** Its `error`, the kind of it, RFC 6750 §3. */
	error: string;
	/** Its `error_description`, RFC 6750 §3. */
	description: string;
	/** For whom a token has to be (`aud`). */
	audience: string;
	/** The header without its `error_description`. */
	rest: string;
}

/** Texts in quotes, words and equals signs of a challenge, RFC 9110 §11.2. */
const TOKENS = /"(?:[^"\\]|\\.)*"?|[^\s",=]+|=/g;

/** Names that services use for the audience; the last two are Microsoft's. */
const AUDIENCE_NAMES = ['audience', 'aud', 'resource', 'resource_id'];

/** One `name=value` of a challenge, and where it stands. */
interface Parameter {
	/** In lower case. */
	name: string;
	value: string;
	start: number;
	end: number;
}

function unquote(text: string): string {
	const inner = text.startsWith('"') ? text.replace(/^"|"$/g, '') : text;
	return inner.replace(/\\(.)/g, '$1').trim();
}

function readParameters(header: string): Parameter[] {
	const tokens = [...header.matchAll(TOKENS)].map((match) => ({
		text: match[0],
		start: match.index,
		end: match.index + match[0].length,
	}));
	return tokens.flatMap(({ text, start }, index) => {
		const [equals, value] = tokens.slice(index + 1, index + 3);
		if (equals?.text !== '=') return [];
		const end = (value ?? equals).end;
		return [{ name: text.toLowerCase(), value: unquote(value?.text ?? ''), start, end }];
	});
}

/**
 * Reads what a `WWW-Authenticate` header says about a refused token.
 *
 * @param header its field value; empty for none
 */
export function readChallenge(header: string): Challenge {
	const parameters = readParameters(header);
	const find = (...names: string[]) => parameters.find(({ name }) => names.includes(name));
	const description = find('error_description');
	const rest = description
		? header.slice(0, description.start).replace(/,? ?$/, '') + header.slice(description.end)
		: header;
	return {
		error: find('error')?.value ?? '',
		description: description?.value ?? '',
		audience: find(...AUDIENCE_NAMES)?.value ?? '',
		rest: rest.trim(),
	};
}

/**
 * Why a request is refused by its `WWW-Authenticate` header, RFC 6750 §3.
 *
 * @param header its field value; empty for none
 */
export function challengeReason(header: string): string {
	const { error, description } = readChallenge(header);
	return [error, description].filter((text) => text !== '').join(': ');
}

/**
 * Whether a text says the same as another, or more: quotes and blanks do not count, since JSON and
 * headers write them in different ways.
 */
export function saysToo(text: string, other: string): boolean {
	const letters = (value: string): string => value.replace(/[^\p{L}\p{N}]/gu, '');
	return letters(text).includes(letters(other));
}
