import { KEPT_KEY_FIELD, keySourceChoice } from '../settings/readKeySource';
import type { CredentialData } from '../settings/credentialFields';
import { choice, only } from './fields';
import type { Service, ServiceField } from './service';

/** Field in which a person chooses between a key of one's own and one that n8n makes. */
export const KEY_SOURCE_FIELD = 'keySource';

/**
 * The choice between a key of one's own and one that n8n makes.
 *
 * @param pasted the fields of the former
 * @param generated further fields of the latter
 */
export function keyPairFields<Name extends string>(
	pasted: ReadonlyArray<ServiceField<Name>>,
	generated: ReadonlyArray<ServiceField<Name>> = [],
): Array<ServiceField<Name | typeof KEY_SOURCE_FIELD>> {
	return [
		choice(KEY_SOURCE_FIELD, 'Key Source', 'A private key that you have, or one that n8n makes', {
			paste: 'Paste',
			generate: 'Generate',
		}),
		...only(KEY_SOURCE_FIELD, 'paste', pasted),
		...only(KEY_SOURCE_FIELD, 'generate', generated),
	];
}

/**
 * What a generic credential holds of a key that n8n makes for a service, and nothing else: it is there
 * before the service has handed out what the other fields ask for.
 *
 * @param data the fields of the service
 * @returns undefined where the key is pasted
 * @throws {@link JwtAuthError} `FIELD_INVALID` for an odd Key Source
 */
export function generatedKeyData(
	{ keyPair }: Pick<Service, 'keyPair'>,
	data: CredentialData,
): CredentialData | undefined {
	if (!keyPair || keySourceChoice(data) === 'paste') return undefined;
	const { algorithm, rsaKeySize = 2048, keyIdFromKey = false } = keyPair;
	return {
		algorithm,
		keySource: 'generate',
		[KEPT_KEY_FIELD]: data[KEPT_KEY_FIELD] ?? '',
		useAdvanced: true,
		rsaKeySize: String(rsaKeySize),
		keyIdFromKey,
	};
}
