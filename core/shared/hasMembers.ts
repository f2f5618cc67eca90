/** Whether a value is an object or a list, so that it has members to read. */
export function hasMembers(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
