import type { DomainRestriction } from '../request/sendingSettings';
import { hasField, type CredentialData } from './credentialFields';
import { kindOfValue } from './fieldKinds';

import { JwtAuthError } from '../errors';

const MODES: ReadonlyArray<DomainRestriction['mode']> = ['all', 'domains', 'none'];

function lockedError(field: string, value: unknown, hint: string): JwtAuthError {
	return new JwtAuthError(
		'DOMAIN_NOT_ALLOWED',
		`${field} is ${kindOfValue(value)}, which allows no host, so the credential is not used.`,
		{ hint },
	);
}

/**
 * Reads where a credential may be used. Whatever nobody knows locks up rather than opens.
 *
 * @param data the credential's fields; without Allowed HTTP Request Domains every host is allowed, as
 *   for n8n
 * @throws {@link JwtAuthError} `DOMAIN_NOT_ALLOWED`
 */
export function readDomainRestriction(data: CredentialData): DomainRestriction {
	const { allowedHttpRequestDomains, allowedDomains } = data;
	const isGiven = hasField(data, 'allowedHttpRequestDomains');
	const mode = isGiven ? MODES.find((known) => known === allowedHttpRequestDomains) : 'all';
	if (mode === undefined) {
		throw lockedError(
			'Allowed HTTP Request Domains',
			allowedHttpRequestDomains,
			'Choose All, Specific Domains or None; an expression has to give all, domains or none.',
		);
	}
	if (mode !== 'domains') return { mode, allowedDomains: '' };
	if (!hasField(data, 'allowedDomains')) return { mode, allowedDomains: '' };
	if (typeof allowedDomains === 'string') return { mode, allowedDomains };
	throw lockedError(
		'Allowed Domains',
		allowedDomains,
		'Write the hosts as one text, separated by commas: api.example.com, *.example.org.',
	);
}
