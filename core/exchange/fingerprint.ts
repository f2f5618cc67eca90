import { parsePayload } from '../sign/claims';
import type { ExchangeSettings } from './exchangeSettings';
import { digest } from '../shared/hash';
import { clientCertificateDigest } from '../keys/clientCertificate';
import { keyDigest } from '../keys/signingKeyCache';

/** Claims that are different in every assertion without making it another identity. */
const MOMENTARY = ['iat', 'exp', 'nbf', 'jti'];

/**
 * Digest of everything an access token is made from: key, claims, endpoint, client, scope, and how the
 * answer is read. Items or credentials with another digest never get the same token. Times and `jti`
 * in the payload do not count.
 *
 * @returns SHA-256, 64 hex digits
 * @throws {@link JwtAuthError} `PAYLOAD_NOT_OBJECT`, `JSON_*`
 */
export function exchangeFingerprint(settings: ExchangeSettings): string {
	const { signing } = settings;
	const { key, claims, keyId, keyIdFromKey, headerParameters, certificate } = signing;
	const { clientCertificate } = signing;
	const payload = parsePayload(claims.payload);
	for (const name of MOMENTARY) delete payload[name];
	const parts = [
		keyDigest(key),
		{ ...claims, payload },
		keyId,
		keyIdFromKey,
		headerParameters,
		certificate ?? null,
		clientCertificate ? clientCertificateDigest(clientCertificate) : null,
		{
			...settings,
			signing: null,
			stored: null,
			renewBeforeExpiry: null,
			testUrl: null,
			allowsPlainHttp: null,
		},
	];
	return digest(parts);
}
