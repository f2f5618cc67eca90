function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
			.map(([name, member]) => [name, sorted(member)]),
	);
}

/**
 * Rewrites JSON without blanks and with the members of every object in code unit order, as
 * Coinbase's SDK does before it hashes a body (`reqHash`).
 *
 * @returns undefined when the text is not JSON or is nested too deeply
 */
export function sortJson(text: string): string | undefined {
	try {
		return JSON.stringify(sorted(JSON.parse(text)));
	} catch {
		return undefined;
	}
}
