import { advancedFields } from './advancedOptions';
import { assertExpressionsInPlace } from './expressionsInPlace';
import { readCredentialExpiry } from './readExpiry';
import {
	hasField,
	readChoice,
	readJsonField,
	readText,
	type CredentialData,
} from './credentialFields';
import { readDomainRestriction } from './readDomains';
import type { SendingSettings } from '../request/sendingSettings';

/** Settings of a `jwtTokenApi` credential. */
export interface TokenSettings extends SendingSettings {
	/** As pasted. */
	token: string;
}

/**
 * As {@link readSendingSettings}, for a type that has looked at Advanced Options already.
 *
 * @param shown the fields that count; of `data`, only the domains do
 */
export function readSending(data: CredentialData, shown: CredentialData): SendingSettings {
	return {
		placement: {
			target: readChoice(
				shown,
				{ name: 'placement', label: 'Add Token To' },
				['header', 'query'],
				'header',
			),
			headerName: readText(shown, { name: 'headerName', label: 'Header Name' }, 'Authorization'),
			headerPrefix: readText(shown, { name: 'headerPrefix', label: 'Token Prefix' }, 'Bearer'),
			queryParameter: readText(shown, { name: 'queryParameter', label: 'Parameter Name' }, 'token'),
		},
		domains: readDomainRestriction(data),
		credentialExpiresAt: hasField(shown, 'credentialExpiresAt')
			? readCredentialExpiry(shown.credentialExpiresAt)
			: undefined,
		additionalHeaders: readJsonField(shown, {
			name: 'additionalHeaders',
			label: 'Additional Headers',
		}),
	};
}

/**
 * Reads the fields every credential type has; hidden advanced ones count as their defaults.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`, `DOMAIN_NOT_ALLOWED`, `CREDENTIAL_EXPIRED`
 */
export function readSendingSettings(data: CredentialData): SendingSettings {
	return readSending(data, advancedFields(data, true));
}

/**
 * Reads the fields of a `jwtTokenApi` credential; missing ones get the form's defaults.
 *
 * @throws {@link JwtAuthError} as {@link readSendingSettings}
 */
export function readTokenSettings(data: CredentialData): TokenSettings {
	assertExpressionsInPlace(data);
	return {
		...readSendingSettings(data),
		token: readText(data, { name: 'token', label: 'Token' }),
	};
}
