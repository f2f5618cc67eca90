import { JwtAuthError } from '../errors';
import { byteLists } from './byteLists';
import { encodedRuns } from './encodedRuns';
import { quotedPrintableAt } from './escapes';
import { SecretSearch } from './findSecrets';
import { findPemBlocks, findTokens, type Range } from './findTokens';
import { unescaped, viewOf, type TextView } from './textView';

/** Layers of escapes that are undone: JSON in JSON in a form, and one more. */
const LAYERS = 4;

/** Layers of Base64 and hex that are undone. */
const DEPTH = 2;

/** Longest text that is looked at, in characters; nobody is shown as much of a foreign text. */
const LONGEST = 16_384;

interface Mark extends Range {
	label: string;
}

/** The marks of one layer, in positions of its bytes. */
function marksOf(bytes: string, search: SecretSearch, depth: number): Mark[] {
	const labelled = (ranges: readonly Range[], label: string): Mark[] =>
		ranges.map((range) => ({ ...range, label }));
	const encoded = [...encodedRuns(bytes), ...byteLists(bytes)].filter(({ decoded }) =>
		decoded.some((content) => holdsSecret(content, search, depth)),
	);
	return [
		...labelled(findPemBlocks(bytes), '[key removed]'),
		...labelled(findTokens(bytes), '[token removed]'),
		...labelled(search.find(bytes), '[removed]'),
		...labelled(encoded, '[removed]'),
	];
}

function layersOf(first: TextView): TextView[] {
	// Apart from the others: in a form a value may begin like a character of quoted-printable.
	const printable = unescaped(first, quotedPrintableAt);
	return [...escapedLayers(first), ...(printable ? escapedLayers(printable) : [])];
}

function escapedLayers(first: TextView): TextView[] {
	const layers: TextView[] = [];
	let view: TextView | undefined = first;
	for (let layer = 0; view && layer <= LAYERS; layer++) {
		layers.push(view);
		view = unescaped(view);
	}
	return layers;
}

/** Whether what stood in Base64 or hex is to be taken out. */
function holdsSecret(bytes: string, search: SecretSearch, depth: number): boolean {
	if (depth === 0) return false;
	const positions = Array.from(bytes, (_, index) => index);
	const view = { bytes, starts: positions, ends: positions.map((index) => index + 1) };
	return layersOf(view).some((layer) => marksOf(layer.bytes, search, depth - 1).length > 0);
}

/** Overlapping and neighbouring marks as one, with the label of the first that says most. */
function merged(marks: Mark[]): Mark[] {
	const result: Mark[] = [];
	for (const mark of marks.sort((a, b) => a.start - b.start || b.end - a.end)) {
		const last = result.at(-1);
		if (last && mark.start <= last.end) {
			last.end = Math.max(last.end, mark.end);
			if (last.label === '[removed]') last.label = mark.label;
		} else result.push({ ...mark });
	}
	return result;
}

/**
 * Removes what must not be shown from a text of foreign origin, such as a server's answer or an error
 * of the system: compact JWS and JWE tokens, PEM blocks, and the given secrets, whole or in part (see
 * {@link SecretSearch}). They are found in any capitals and spacing and under up to four layers of
 * escapes (JSON, JavaScript, PHP, HTML, percent-encoding, forms, quoted-printable), also inside of
 * Base64, hex and lists of bytes, such as `user:secret` of a Basic header. Takes linear time.
 *
 * @param text any text; what is beyond 16,384 characters is left out
 * @param secrets values to remove wherever they occur; see `secretValues`
 */
export function redact(text: string, secrets: readonly string[] = []): string {
	const given = text.length > LONGEST ? text.slice(0, LONGEST) : text;
	const search = new SecretSearch(secrets);
	const marks = layersOf(viewOf(given)).flatMap((view) =>
		marksOf(view.bytes, search, DEPTH).map(({ start, end, label }) => ({
			start: view.starts[start] ?? 0,
			// What a cut left of an escape belongs to what it cut off.
			end: end === view.bytes.length ? given.length : (view.ends[end - 1] ?? 0),
			label,
		})),
	);
	const parts: string[] = [];
	let shownTo = 0;
	for (const { start, end, label } of merged(marks)) {
		parts.push(given.slice(shownTo, start), label);
		shownTo = end;
	}
	return [...parts, given.slice(shownTo), given === text ? '' : '…'].join('');
}

/** An error without secrets in its texts; one that is none of ours is returned as it is. */
export function redactError(error: unknown, secrets: readonly string[]): unknown {
	if (!(error instanceof JwtAuthError)) return error;
	const { code, message, hint } = error;
	return new JwtAuthError(code, redact(message, secrets), { hint: redact(hint, secrets) });
}
