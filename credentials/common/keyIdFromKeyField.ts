import type { INodeProperties } from 'n8n-workflow';

/**
 * Off for new credentials: a service that finds the key by itself (PostgREST) or by a certificate (Entra
 * ID) refuses a "kid" it does not know.
 *
 * @param displayOptions for the algorithms with a private key, since only those have a public one
 */
export function keyIdFromKeyField(
	displayOptions: INodeProperties['displayOptions'],
): INodeProperties {
	return {
		displayName: 'Key ID From Key',
		name: 'keyIdFromKey',
		type: 'boolean',
		default: false,
		description:
			'Whether to name the key by its thumbprint if Key ID is empty and the key brings no ID of its own. Turn it on where others fetch your keys from an address (JWKS): JWT Sign publishes the key under this very ID.',
		displayOptions,
	};
}
