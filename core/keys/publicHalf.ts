import type { PublishedKey } from './publicJwks';
import { type CertificateSubject } from './certificateSubject';
import { publicKeyForms, type PublicKeyForms } from './publicKeyForms';
import { certificateRequest, selfSignedCertificate, type CertificateForms } from './selfSigned';
import { signingKey } from './signingKeyCache';

/** What is asked of the public half of a credential's key. */
export type PublicHalf =
	/** `snowflakeUser`: name for the statement; empty leaves a place for it. */
	| { format: 'publicKey'; snowflakeUser: string }
	| { format: 'certificate'; subject: CertificateSubject; lifeInDays: number }
	| { format: 'certificateRequest'; subject: CertificateSubject };

/**
 * The public half of a signing credential's key, as a service asks for it.
 *
 * @throws {@link JwtAuthError} `KEY_WRONG_TYPE` for a shared secret, `FIELD_INVALID` for a subject that no
 *   certificate can have, and the codes of importSigningKey
 */
export async function publicHalf(
	published: PublishedKey,
	asked: PublicHalf,
	now: Date,
): Promise<PublicKeyForms | CertificateForms | { certificateRequest: string }> {
	if (asked.format === 'publicKey') return await publicKeyForms(published, asked.snowflakeUser);
	const { key } = signingKey(published.key);
	if (asked.format === 'certificateRequest') {
		return { certificateRequest: certificateRequest(key, asked.subject) };
	}
	return selfSignedCertificate(key, asked.subject, asked.lifeInDays, now);
}
