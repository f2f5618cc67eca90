import { genericData } from '../services/genericData';
import { generatedKeyData } from '../services/keyPair';
import { KEY_SERVICES } from '../services/keyServices';
import { readTrimmed, type CredentialData } from '../settings/credentialFields';

/**
 * The services whose key JWT Sign hands out the public half of: the name of the credential type, and of
 * the service.
 */
export const KEY_TYPES: ReadonlyArray<{ type: string; name: string }> = Object.entries(
	KEY_SERVICES,
).map(([type, { name }]) => ({ type, name }));

/**
 * What a generic credential holds of the key of any credential.
 *
 * @param type name of the credential type; the data of a generic one are what they are
 * @param data the credential's fields, expressions resolved
 * @returns of a service whose key n8n makes only that key, since the other fields may wait for what the
 *   service hands out for it
 * @throws {@link JwtAuthError} as `genericData`
 */
export function keyData(type: string, data: CredentialData): CredentialData {
	const service = Object.hasOwn(KEY_SERVICES, type) ? KEY_SERVICES[type] : undefined;
	if (!service) return data;
	const generated = generatedKeyData(service, data);
	if (!generated) return genericData(service, data);
	return { ...generated, keyId: readTrimmed(data, { name: 'keyId', label: 'Key ID' }) };
}
