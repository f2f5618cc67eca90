/**
 * Whether JSON has no word for a value, or for one somewhere inside it: it would vanish or become null,
 * as undefined does and a date that is none.
 */
export function isLostInJson(value: unknown): boolean {
	let lost = false;
	try {
		const written = JSON.stringify(value, (_name, member: unknown) => {
			lost ||= member === undefined || typeof member === 'function' || typeof member === 'symbol';
			return member;
		});
		// A date that is none is written as null.
		return lost || (written === 'null' && value !== null);
	} catch {
		// What cannot be written at all is told by whoever writes it.
		return false;
	}
}
