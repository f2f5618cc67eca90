import { JwtAuthError } from '../errors';
import type { SubjectTokenType, TokenExchangeSettings } from '../exchange/exchangeSettings';
import { readChoice, readTrimmed, type CredentialData } from './credentialFields';

/** The types of tokens of RFC 8693 §3 that a signed JWT may be. */
const SUBJECT_TOKEN_TYPES: Readonly<Record<Exclude<SubjectTokenType, 'other'>, string>> = {
	accessToken: 'urn:ietf:params:oauth:token-type:access_token',
	idToken: 'urn:ietf:params:oauth:token-type:id_token',
	jwt: 'urn:ietf:params:oauth:token-type:jwt',
};

function readSubjectTokenType(data: CredentialData): string {
	const chosen = readChoice<SubjectTokenType>(
		data,
		{ name: 'subjectType', label: 'Subject Token Type' },
		['accessToken', 'idToken', 'jwt', 'other'],
		'jwt',
	);
	if (chosen !== 'other') return SUBJECT_TOKEN_TYPES[chosen];
	const field = { name: 'ownSubjectType', label: 'Other Subject Token Type' };
	const written = readTrimmed(data, field);
	if (written !== '') return written;
	throw new JwtAuthError('EXCHANGE_SETTINGS_INVALID', 'Other Subject Token Type is empty.', {
		hint: 'Enter the type that the documentation of the service names, or choose one of the list.',
	});
}

/**
 * Reads the fields that only a token exchange (RFC 8693) has.
 *
 * @param advanced the fields behind the switch
 * @throws {@link JwtAuthError} `EXCHANGE_SETTINGS_INVALID`, `FIELD_INVALID`
 */
export function readTokenExchange(
	data: CredentialData,
	advanced: CredentialData,
): TokenExchangeSettings {
	return {
		subjectTokenType: readSubjectTokenType(data),
		requestedTokenType: readTrimmed(advanced, {
			name: 'requestedType',
			label: 'Requested Token Type',
		}),
		audience: readTrimmed(data, { name: 'audience', label: 'Audience' }),
	};
}
