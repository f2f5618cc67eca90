/**
 * A NumericDate (RFC 7519 §2) for people.
 *
 * @param numericDate seconds since 1970
 * @returns ISO 8601 in UTC, or words where no calendar reaches
 */
export function isoTime(numericDate: number): string {
	const date = new Date(numericDate * 1000);
	return Number.isNaN(date.getTime()) ? 'a time out of range' : date.toISOString();
}

/** Date to NumericDate in whole seconds, RFC 7519 §2. */
export function numericDate(date: Date): number {
	return Math.floor(date.getTime() / 1000);
}
