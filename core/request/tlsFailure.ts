import { networkCode } from './retry';

/** Why no secure connection was made, and what can be done about it. */
export interface TlsFailure {
	/** Words that follow the name of a host. */
	what: string;
	hint: string;
}

const OWN_CA_HINT =
	'If the server is your own, let whoever runs n8n set NODE_EXTRA_CA_CERTS to the file of its certificate authority and restart n8n; see docs/private-ca.md.';

const NOT_REACHED = 'Ignore SSL Issues does not reach this server.';
const REACHED =
	'Where nobody else can stand in between, Ignore SSL Issues under Options does as well.';

const UNKNOWN_AUTHORITY = 'has a certificate from an authority that n8n does not know';
const SELF_SIGNED = 'has a certificate that it signed itself or that a private authority signed';

const NO_TLS: TlsFailure = {
	what: 'does not speak TLS on this port',
	hint: 'Check the port of the address.',
};

const CLIENT_WANTED: TlsFailure = {
	what: 'asks for a client certificate',
	hint: 'Choose Proof of Possession under Advanced Options in the credential, and paste the certificate with its key.',
};

const CLIENT_REFUSED: TlsFailure = {
	what: 'does not accept the client certificate',
	hint: 'Check that it was issued by an authority this server trusts, with the certificates between them, and that it has not expired or been revoked.',
};

/** What Node.js and OpenSSL call it: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const FAILURES: Readonly<Record<string, TlsFailure>> = {
	DEPTH_ZERO_SELF_SIGNED_CERT: { what: SELF_SIGNED, hint: OWN_CA_HINT },
	SELF_SIGNED_CERT_IN_CHAIN: { what: SELF_SIGNED, hint: OWN_CA_HINT },
	UNABLE_TO_GET_ISSUER_CERT: { what: UNKNOWN_AUTHORITY, hint: OWN_CA_HINT },
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { what: UNKNOWN_AUTHORITY, hint: OWN_CA_HINT },
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
		what: `${UNKNOWN_AUTHORITY}, or does not send the certificates between them`,
		hint: OWN_CA_HINT,
	},
	CERT_UNTRUSTED: { what: UNKNOWN_AUTHORITY, hint: OWN_CA_HINT },
	CERT_HAS_EXPIRED: {
		what: 'has a certificate that has expired',
		hint: 'Renew the certificate of the server, or check the clock of this machine. NODE_EXTRA_CA_CERTS does not help here; see docs/private-ca.md.',
	},
	CERT_NOT_YET_VALID: {
		what: 'has a certificate that is not valid yet',
		hint: 'Check the clocks of this machine and of the server.',
	},
	CERT_REVOKED: {
		what: 'has a certificate that was revoked',
		hint: 'Have the server get a new certificate.',
	},
	ERR_TLS_CERT_ALTNAME_INVALID: {
		what: 'has a certificate for another host name',
		hint: 'Enter the host name that the certificate is made for, or give the server a certificate with this one. NODE_EXTRA_CA_CERTS does not help here; see docs/private-ca.md.',
	},
	ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: CLIENT_REFUSED,
	ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: CLIENT_REFUSED,
	ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED: CLIENT_REFUSED,
	ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: CLIENT_REFUSED,
	ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: CLIENT_WANTED,
	ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: CLIENT_REFUSED,
	ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
	ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
};

/** As the messages read where a proxy or a helper has lost the code. */
const SAID: ReadonlyArray<readonly [words: string, code: string]> = [
	['self-signed certificate in certificate chain', 'SELF_SIGNED_CERT_IN_CHAIN'],
	['self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
	['unable to verify the first certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
	['unable to get local issuer certificate', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
	['unable to get issuer certificate', 'UNABLE_TO_GET_ISSUER_CERT'],
	['certificate has expired', 'CERT_HAS_EXPIRED'],
	['certificate is not yet valid', 'CERT_NOT_YET_VALID'],
	["does not match certificate's altnames", 'ERR_TLS_CERT_ALTNAME_INVALID'],
	['alert bad certificate', 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE'],
	['alert certificate expired', 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED'],
	['alert certificate revoked', 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED'],
	['alert certificate unknown', 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN'],
	['alert certificate required', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'],
	['alert unknown ca', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'],
	['wrong version number', 'ERR_SSL_WRONG_VERSION_NUMBER'],
	['packet length too long', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'],
];

/**
 * What was wrong with the certificate of a server, if that is why a request got no answer.
 *
 * @param error as n8n's helper throws it
 * @param isApi whether it was sent by a node whose option Ignore SSL Issues is for this server
 * @returns undefined for any other failure
 */
export function tlsFailure(error: unknown, isApi = false): TlsFailure | undefined {
	const code = networkCode(error);
	const message = String((Object(error) as { message?: unknown }).message ?? '');
	const said = SAID.find(([words]) => message.includes(words))?.[1] ?? '';
	const failure = FAILURES[Object.hasOwn(FAILURES, code) ? code : said];
	if (failure?.hint !== OWN_CA_HINT) return failure;
	return { ...failure, hint: `${OWN_CA_HINT} ${isApi ? REACHED : NOT_REACHED}` };
}
