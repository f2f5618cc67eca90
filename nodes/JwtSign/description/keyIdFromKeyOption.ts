import type { INodeProperties } from 'n8n-workflow';

/** Option of Sign that overrules the switch of the same name in the credential. */
export const keyIdFromKeyOption: INodeProperties = {
	displayName: 'Key ID From Key',
	name: 'keyIdFromKey',
	type: 'boolean',
	default: true,
	description:
		'Whether a token whose credential has no Key ID gets the thumbprint of its key as "kid", the same that Get Public JWKS publishes. Overrules the switch in the credential.',
};
