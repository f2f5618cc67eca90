import { JwtAuthError } from '../errors';

const SECONDS_PER_UNIT: Readonly<Record<string, number>> = {
	s: 1,
	m: 60,
	h: 3600,
	d: 86_400,
	w: 604_800,
};

/** Longest duration accepted, in seconds: ten years of 365 days. */
export const LONGEST_DURATION = 10 * 365 * 86_400;

/** Longest wait a timer of Node.js keeps to, in milliseconds: a longer one ends at once. */
export const LONGEST_WAIT = 2 ** 31 - 1;

const DURATION = /^(\d{1,12}(?:\.\d{1,6})?)\s*([smhdw]?)$/;

/**
 * Reads a duration such as Expires In.
 *
 * @param value seconds as a number or numeric text, or a number with one unit: `90s`, `10m`, `1h`,
 *   `7d`, `2w` (either case, blanks allowed); fractions only where whole seconds result (`1.5h`)
 * @param field what the person calls it, for the message, e.g. `Expires In`
 * @returns whole seconds, at least 1 and at most {@link LONGEST_DURATION}
 * @throws {@link JwtAuthError} `DURATION_INVALID`
 */
export function parseDuration(value: string | number, field: string): number {
	const durationError = (what: string, hint?: string): JwtAuthError =>
		new JwtAuthError('DURATION_INVALID', `${field} is ${what}.`, { hint });
	const text = String(value).trim().toLowerCase();
	if (text === '') throw durationError('empty');
	const [, amount, unit = ''] = DURATION.exec(text) ?? [];
	if (amount === undefined)
		throw durationError(/^-\s*\d/.test(text) ? 'negative' : 'not a duration');
	const seconds = Number(amount) * (SECONDS_PER_UNIT[unit] ?? 1);
	if (seconds === 0) throw durationError('zero');
	if (!Number.isInteger(seconds)) throw durationError('not a whole number of seconds');
	if (seconds > LONGEST_DURATION) {
		const milliseconds = unit === '' && seconds / 1000 <= LONGEST_DURATION;
		throw durationError(
			'longer than ten years',
			milliseconds ? 'Write seconds, not milliseconds.' : 'Choose a shorter time.',
		);
	}
	return seconds;
}
