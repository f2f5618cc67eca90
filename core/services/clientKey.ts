import { key, needed, text } from './fields';
import { keyPairFields } from './keyPair';
import type { Refusal, ServiceField } from './service';

/**
 * The fields of an OAuth client that authenticates by a JWT (`private_key_jwt`, RFC 7523 §2.2).
 *
 * @param says where each stands; an example of a client ID
 */
export function clientKeyFields(says: {
	clientId: string;
	privateKey: string;
	keyId: string;
	example?: string;
}): Array<ServiceField<'clientId' | 'keyId' | 'keySource' | 'privateKey'>> {
	return [
		needed('clientId', 'Client ID', says.clientId, says.example),
		...keyPairFields([key('privateKey', 'Private Key', says.privateKey)]),
		text('keyId', 'Key ID', says.keyId),
	];
}

/** A refusal of scopes. */
export const SCOPES: Refusal = [
	/scope/i,
	'Check Scopes: each has to be granted to the client, letter by letter.',
];

/**
 * A refusal of the audience.
 *
 * @param field whose value it is made of
 */
export function audienceIn(field: string): Refusal {
	return [/audience|\baud\b/i, `Check ${field}.`];
}
