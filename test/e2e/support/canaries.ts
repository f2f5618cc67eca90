import { ESCAPES } from '../../support/encodings';

/** One place a secret was found in. */
export interface Finding {
	secret: string;
	/** How it stood there: as it is, or encoded. */
	form: string;
	place: string;
}

/** What is looked up at every place of a text: no needle is shorter. */
const BEGINNING = 10;

/** Shortest piece of a long secret that counts as a leak. */
const PIECE = 24;

/** Texts of which any leak of twice {@link PIECE} characters holds a whole one. */
function pieces(secret: string): string[] {
	const bare = secret.replace(/-----[^-]+-----|[\r\n]/g, '');
	if (bare.length <= 2 * PIECE) return [bare];
	// The beginning of a key says only what kind of key it is.
	return Array.from({ length: Math.floor(bare.length / PIECE) - 1 }, (_, index) =>
		bare.slice((index + 1) * PIECE, (index + 2) * PIECE),
	);
}

/** A text without line breaks, also written as in JSON, and without what quoted-printable puts before one. */
function withoutLines(text: string): string {
	return text.replace(/=\\r\\n|=\r\n|\\r|\\n|[\r\n]/g, '');
}

function forms(piece: string): Array<[string, string]> {
	const bytes = Buffer.from(piece, 'utf8');
	const json = (text: string): string => JSON.stringify(text).slice(1, -1);
	const escaped = Object.entries(ESCAPES).map(([name, escape]): [string, string] => [
		name,
		withoutLines(escape(piece)),
	]);
	const all: Array<[string, string]> = [
		...escaped,
		// What is searched is JSON itself.
		...escaped.map(([name, text]): [string, string] => [`${name}, in JSON`, json(text)]),
		['base64', bytes.toString('base64').replace(/=+$/, '').slice(0, -1)],
		['base64url', bytes.toString('base64url').slice(0, -1)],
		['hex', bytes.toString('hex')],
	];
	return all.filter(([, text], index) => all.findIndex(([, other]) => other === text) === index);
}

interface Needle {
	secret: string;
	form: string;
	text: string;
}

const NONE: Needle[] = [];

/** Secrets that nobody else has, and a search for them in whatever n8n has written or sent. */
export class Canaries {
	/** By their beginnings, so that all are found in one walk through a text. */
	readonly #needles = new Map<string, Needle[]>();

	/** Number of secrets. */
	readonly names: string[] = [];

	/**
	 * @param name what a finding calls it
	 * @param secret key as PEM or JSON text, secret, passphrase or token
	 * @returns the secret
	 */
	plant(name: string, secret: string): string {
		this.names.push(name);
		for (const piece of pieces(secret)) {
			for (const [form, text] of forms(piece)) this.#add({ secret: name, form, text });
		}
		return secret;
	}

	/** @param bytes what may hold a secret, line breaks inside a key included */
	find(place: string, bytes: string | Buffer): Finding[] {
		const text = typeof bytes === 'string' ? bytes : bytes.toString('latin1');
		const joined = withoutLines(text);
		const found = new Set<Needle>();
		for (let at = 0; at + BEGINNING <= joined.length; at++) {
			const candidates = this.#needles.get(joined.slice(at, at + BEGINNING)) ?? NONE;
			for (const needle of candidates) if (joined.startsWith(needle.text, at)) found.add(needle);
		}
		return [...found].map(({ secret, form }) => ({ secret, form, place }));
	}

	#add(needle: Needle): void {
		if (needle.text.length < BEGINNING) throw new Error(`${needle.secret} is too short to find.`);
		const beginning = needle.text.slice(0, BEGINNING);
		const others = this.#needles.get(beginning) ?? [];
		this.#needles.set(beginning, [...others, needle]);
	}
}
