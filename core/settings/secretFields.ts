import { hasMembers } from '../shared/hasMembers';
import { tryJson } from '../http/responseJson';

/** Fields whose text, as a whole, must not be shown. */
const SECRET_FIELDS = [
	'accessToken',
	'clientSecret',
	'keyPassphrase',
	'privateKey',
	'secret',
	'token',
	'x509',
];

/** Fields that are JSON objects with secret values. */
const SECRET_MEMBERS = ['additionalHeaders', 'exchangeHeaders', 'bodyParameters'];

function memberValues(given: unknown): unknown[] {
	const members = hasMembers(given) ? given : tryJson(String(given));
	return hasMembers(members) ? Object.values(members) : [given];
}

/**
 * Lists what must not be shown of a credential, to be taken out of texts of foreign origin with
 * `redact`: an API may quote in its error what it was sent.
 *
 * @param data the credential's fields, expressions resolved
 * @returns non-empty texts, longest first, so that none is cut by a shorter one inside it
 */
export function secretValues(data: Record<string, unknown>): string[] {
	const values = [
		...SECRET_FIELDS.map((name) => data[name]),
		...SECRET_MEMBERS.flatMap((name) => memberValues(data[name])),
	];
	return values
		.filter((value): value is string => typeof value === 'string' && value !== '')
		.sort((a, b) => b.length - a.length);
}
