import type { INodeProperties } from 'n8n-workflow';

/** The certificate that connections are made with, RFC 8705; to be shown under Advanced Options. */
export const clientCertificateFields: INodeProperties[] = [
	{
		displayName: 'Client Certificate',
		name: 'tlsCertificate',
		type: 'string',
		// Masked, since a PEM file often holds the private key beside the certificate.
		typeOptions: { password: true, rows: 4 },
		default: '',
		placeholder: 'e.g. -----BEGIN CERTIFICATE-----',
		description:
			'Certificate, or its chain, that n8n shows when it connects (mTLS, RFC 8705). Leave empty if the service asks for none.',
	},
	{
		displayName: 'Client Certificate Key',
		name: 'tlsPrivateKey',
		type: 'string',
		typeOptions: { password: true, rows: 4 },
		default: '',
		placeholder: 'e.g. -----BEGIN PRIVATE KEY-----',
		description: 'Private key that the client certificate was issued for',
	},
	{
		displayName: 'Client Key Passphrase',
		name: 'tlsPassphrase',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Only for a client certificate key that is encrypted with a passphrase',
	},
];
