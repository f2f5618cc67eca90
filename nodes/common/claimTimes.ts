import type { IExecuteFunctions } from 'n8n-workflow';
import type { Claims } from '../../core/sign/claims';
import { readNumericDate } from '../../core/sign/registeredClaims';

const TIME_CLAIMS = ['exp', 'iat', 'nbf'];

/**
 * The claims of an item with their times as NumericDate: whatever n8n's date picker and its
 * expressions give. A time without offset is one of the workflow's zone, as everywhere in n8n.
 *
 * @param labels what the form calls a claim, where it has a field of its own
 * @returns a copy; null, which leaves a claim out, stays
 * @throws {@link JwtAuthError} `CLAIM_INVALID`
 */
export function withTimes(
	claims: Claims,
	context: IExecuteFunctions,
	labels: Readonly<Record<string, string>> = {},
): Claims {
	const timed = { ...claims };
	for (const name of TIME_CLAIMS) {
		const value = claims[name];
		if (value === undefined || value === null) continue;
		const label = labels[name] === undefined ? name : `${name} (${labels[name]})`;
		timed[name] = readNumericDate(value, label, context.getTimezone());
	}
	return timed;
}
