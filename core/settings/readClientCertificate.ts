import { JwtAuthError } from '../errors';
import type { ClientCertificateSettings } from '../keys/clientCertificate';
import { readText, type CredentialData } from './credentialFields';

/**
 * Reads the client certificate for TLS, with its key.
 *
 * @param advanced the fields that count under Advanced Options
 * @returns undefined where neither certificate nor key is given
 * @throws {@link JwtAuthError} `FIELD_INVALID`, `CERTIFICATE_MALFORMED` for a key without certificate
 */
export function readClientCertificate(
	advanced: CredentialData,
): ClientCertificateSettings | undefined {
	const field = (name: string, label: string) => readText(advanced, { name, label });
	const settings = {
		certificate: field('tlsCertificate', 'Client Certificate'),
		key: field('tlsPrivateKey', 'Client Certificate Key'),
		passphrase: field('tlsPassphrase', 'Client Key Passphrase'),
	};
	if (settings.certificate.trim() !== '') return settings;
	if (settings.key.trim() === '') return undefined;
	// Without it requests would go out as if nothing had been asked for.
	throw new JwtAuthError('CERTIFICATE_MALFORMED', 'Client Certificate Key has no certificate.', {
		hint: 'Paste the certificate into Client Certificate, or empty Client Certificate Key.',
	});
}
