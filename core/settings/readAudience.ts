import type { AssertionAudience, ExchangeSettings, Grant } from '../exchange/exchangeSettings';
import { readChoice, readTrimmed, type CredentialData } from './credentialFields';

/**
 * Reads what the "aud" of assertions is where the payload has none; a custom exchange has no default.
 *
 * @param advanced the fields behind the switch
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function readAudience(
	advanced: CredentialData,
	grant: Grant,
): Pick<ExchangeSettings, 'assertionAudience' | 'issuer'> {
	const chosen = readChoice<AssertionAudience>(
		advanced,
		{ name: 'assertionAudience', label: 'Audience of the Assertion' },
		['issuer', 'tokenUrl'],
		'tokenUrl',
	);
	if (grant === 'custom' || chosen === 'tokenUrl') {
		return { assertionAudience: 'tokenUrl', issuer: '' };
	}
	const field = { name: 'issuer', label: 'Issuer of the Token Endpoint' };
	return { assertionAudience: chosen, issuer: readTrimmed(advanced, field) };
}
