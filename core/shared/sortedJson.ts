/** A copy with the members of every object in code unit order. */
function toSorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(toSorted);
	if (typeof value !== 'object' || value === null) return value;
	const members = new Map(Object.entries(value));
	const names = [...members.keys()].sort();
	return Object.fromEntries(names.map((name) => [name, toSorted(members.get(name))]));
}

/**
 * Rewrites JSON without blanks and with the members of every object in code unit order, as
 * Coinbase's SDK does before it hashes a body (`reqHash`).
 *
 * @returns undefined when the text is not JSON or is nested too deeply
 */
export function sortJson(text: string): string | undefined {
	try {
		return JSON.stringify(toSorted(JSON.parse(text)));
	} catch {
		return undefined;
	}
}
