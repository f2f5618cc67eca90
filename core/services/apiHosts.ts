import { webUrl } from '../shared/url';
import { text } from './fields';
import type { ServiceField } from './service';

/**
 * The field for the hosts of APIs that take the token, where they are not those of the service.
 *
 * @param description when it is to be filled in
 */
export function apiHostsField(description: string): ServiceField<'apiHosts'> {
	const placeholder = 'api.example.com, *.blob.core.windows.net';
	return text('apiHosts', 'API Hosts', `${description}; with commas`, { placeholder });
}

/** What to do where a request goes to another host than those of the service and of this field. */
export const ELSEWHERE = 'If that is the API, enter its host in API Hosts.';

/**
 * Hosts as Allowed Domains writes them.
 *
 * @param lists addresses or hosts, or several of them with commas; what is neither is left out
 */
export function hostList(...lists: string[]): string {
	return lists
		.flatMap((list) => list.split(','))
		.map((host) => webUrl(host.trim())?.hostname ?? host.trim())
		.filter((host) => host !== '' && !host.includes(':'))
		.join(', ');
}
