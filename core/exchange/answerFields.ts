import { hasMembers } from '../shared/json';
import { memberName, readMember } from '../shared/objectPath';

/** One path of a list; a name in quotes may hold commas. */
const PATH = /(?:"[^"]*"|'[^']*'|[^,])+/g;

/**
 * Reads what Answer Fields asks for. An object gives its members; anything else is called after the last
 * name of its path, or after the whole path where that name is taken. What the answer does not have is
 * null.
 *
 * @param answer members of the token endpoint's answer
 * @param paths separated by commas, each as `readMember` takes it; empty for none
 * @returns undefined where nothing is asked for
 */
export function readAnswerFields(
	answer: unknown,
	paths: string,
): Record<string, unknown> | undefined {
	const wanted = (paths.match(PATH) ?? []).map((path) => path.trim()).filter((path) => path !== '');
	if (wanted.length === 0) return undefined;
	const values = new Map<string, unknown>();
	for (const path of wanted) {
		const value = readMember(answer, path) ?? null;
		if (hasMembers(value) && !Array.isArray(value)) {
			for (const [name, member] of Object.entries(value)) {
				values.set(values.has(name) ? `${path}.${name}` : name, member);
			}
		} else {
			const name = memberName(answer, path);
			values.set(values.has(name) ? path : name, value);
		}
	}
	return Object.fromEntries(values);
}
