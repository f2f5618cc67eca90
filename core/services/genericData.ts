import type { CredentialData } from '../settings/credentialFields';
import { generatedKeyData } from './keyPair';
import type { Service } from './service';
import { readServiceValues } from './serviceValues';

/**
 * Makes of a service's few fields what a generic credential would hold: `jwtExchangeApi` where there is a
 * `grant`, `jwtSignApi` otherwise. Only the hosts of the service are allowed.
 *
 * @param data as n8n hands it over; the access token that n8n keeps goes along
 * @returns a new object
 * @throws {@link JwtAuthError} as `readServiceValues`, and what the service says of its values
 */
export function genericData(service: Service, data: CredentialData): CredentialData {
	const values = readServiceValues(service, data);
	const generic = service.toGeneric(values);
	const generated = generatedKeyData(service, data);
	const stored = ['accessToken', 'tokenState'].filter((name) => Object.hasOwn(data, name));
	return {
		...Object.fromEntries(stored.map((name) => [name, data[name]])),
		...generic,
		...generated,
		useAdvanced: true,
		allowedHttpRequestDomains: 'domains',
		allowedDomains: service.hostsFor?.(values) ?? service.hosts ?? '',
	};
}
