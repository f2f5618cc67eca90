import type { INodeProperties } from 'n8n-workflow';

/** Where JWT Verify has the proof and what it is for; JWT Webhook has the call itself. */
export const proofOfItem: INodeProperties[] = [
	{
		displayName: 'Proof',
		name: 'dpopProof',
		type: 'string',
		default: '={{ $json.headers.dpop }}',
		description: 'The header DPoP of the call; empty lets no token through',
	},
	{
		displayName: 'Method',
		name: 'dpopMethod',
		type: 'string',
		default: 'POST',
		placeholder: 'e.g. POST',
		description: 'The HTTP method of the call',
	},
	{
		displayName: 'URL',
		name: 'dpopUrl',
		type: 'string',
		default: '={{ $json.webhookUrl }}',
		placeholder: 'e.g. https://n8n.example.com/webhook/orders',
		description: 'The whole address of the call as its sender sees it. The query does not count.',
	},
];

/** The check that whoever sent a token has the key it is bound to, RFC 9449. */
export const proofField: INodeProperties = {
	displayName: 'Require DPoP Proof',
	name: 'dpop',
	type: 'fixedCollection',
	default: { proof: { maximumProofAge: 60 } },
	description:
		'Whether the token has to be bound to a key ("cnf.jkt"), and a proof of that key, for this very call, has to come with it (RFC 9449)',
	options: [
		{
			displayName: 'Proof',
			name: 'proof',
			values: [
				...proofOfItem,
				{
					displayName: 'Maximum Age (Seconds)',
					name: 'maximumProofAge',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 60,
					description: 'Longest time since the proof was made. Within it, no proof is taken twice.',
				},
			],
		},
	],
};

/** Where JWT Verify has the certificate. */
export const certificateOfItem: INodeProperties = {
	displayName: 'Certificate',
	name: 'clientCertificate',
	type: 'string',
	default: '',
	placeholder: "e.g. {{ $json.headers['x-client-cert'] }}",
	description:
		'The client certificate of the call as your proxy hands it on: PEM, URL-encoded or not, or Base64. Empty lets no token through.',
};

/** Where JWT Webhook has it. */
export const certificateOfCall: INodeProperties = {
	displayName: 'Certificate Header',
	name: 'certificateHeader',
	type: 'string',
	default: 'X-Client-Cert',
	placeholder: 'e.g. X-Client-Cert',
	description:
		'Header in which your proxy hands the client certificate on. The proxy has to take it out of what senders send.',
};

/** The check that a token is bound to the client certificate of the call, RFC 8705. */
export const boundCertificateField: INodeProperties = {
	displayName: 'Token Bound to Certificate',
	name: 'boundCertificate',
	type: 'fixedCollection',
	default: { certificate: {} },
	description:
		'Whether the token has to be bound to the client certificate of the connection ("cnf" with x5t#S256, RFC 8705)',
	options: [{ displayName: 'Certificate', name: 'certificate', values: [certificateOfItem] }],
};
