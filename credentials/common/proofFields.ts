import type { INodeProperties } from 'n8n-workflow';
import { findAlgorithm } from '../../core/keys/algorithms';
import { PROOF_ALGORITHMS } from '../../core/keys/proofKey';

const showForDpop = { show: { useDpop: [true] } };

/** Proof of possession by DPoP, RFC 9449; to be shown under Advanced Options. */
export const dpopFields: INodeProperties[] = [
	{
		displayName: 'Use DPoP',
		name: 'useDpop',
		type: 'boolean',
		default: false,
		description:
			'Whether to have the access token bound to a key that n8n makes for it, and to prove with every request that n8n has that key (RFC 9449). Only if the service asks for DPoP.',
	},
	{
		displayName: 'DPoP Algorithm',
		name: 'dpopAlgorithm',
		type: 'options',
		options: [...PROOF_ALGORITHMS].map((name) => ({
			name,
			value: name,
			description: findAlgorithm(name).label,
		})),
		default: 'ES256',
		description: 'What the proofs are signed with; nearly every service takes ES256',
		displayOptions: showForDpop,
	},
];

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
