import { JwtAuthError } from '../errors';
import { findCertificates, thumbprint } from '../keys/certificate';
import { isObject } from '../shared/json';

/** Longest header with a certificate, in characters. */
const LONGEST_HEADER = 65_536;

/** A certificate as proxies hand it on: PEM, escaped for a URL or not, Base64, or RFC 9440. */
function withoutEscapes(text: string): string {
	const bare = /^:(.*):$/.exec(text.trim())?.[1] ?? text;
	if (!bare.includes('%')) return bare;
	try {
		return decodeURIComponent(bare);
	} catch {
		return bare;
	}
}

/**
 * Checks that a token is bound to the client certificate of the call, RFC 8705 §3.1.
 *
 * @param payload of a token with a good signature
 * @param certificate as whoever ended the TLS connection hands it on; empty for none
 * @throws {@link JwtAuthError} `CLAIM_MISSING` for a token that is not bound, `CERTIFICATE_MISMATCH`,
 *   `CERTIFICATE_MALFORMED`
 */
export function checkBoundCertificate(payload: Record<string, unknown>, certificate: string): void {
	const { cnf } = payload;
	const bound = isObject(cnf) ? cnf['x5t#S256'] : undefined;
	if (typeof bound !== 'string' || bound === '') {
		throw new JwtAuthError(
			'CLAIM_MISSING',
			'The token is not bound to a certificate: it has no cnf.x5t#S256.',
			{ hint: 'Ask the issuer for tokens bound to a client certificate, or take the check out.' },
		);
	}
	const hint =
		'Check that the proxy in front of n8n hands the certificate of the connection on, under this name.';
	if (certificate.trim() === '') {
		throw new JwtAuthError('CERTIFICATE_MISMATCH', 'The call came without a client certificate.', {
			hint,
		});
	}
	if (certificate.length > LONGEST_HEADER) {
		throw new JwtAuthError('CERTIFICATE_MALFORMED', 'The client certificate is too long.', {
			hint,
		});
	}
	// The first one is the client's own; some proxies put its chain behind it.
	const [own] = findCertificates(withoutEscapes(certificate));
	if (own && thumbprint(own, 'sha256') === bound) return;
	throw new JwtAuthError(
		'CERTIFICATE_MISMATCH',
		'The token is bound to another client certificate than that of the call.',
		{ hint },
	);
}
