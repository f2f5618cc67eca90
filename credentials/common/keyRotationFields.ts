import type { INodeProperties } from 'n8n-workflow';
import { KEY_NUMBERS } from '../../core/settings/keptKeyFields';

/**
 * How a credential goes on to another key that n8n makes. Shown once there is a first one; not among the
 * Advanced Options, since taking a group out there would set the credential back to its first key.
 */
export function keyRotationFields(algorithms: string[]): INodeProperties[] {
	const isMade = { algorithm: algorithms, keySource: ['generate'], keyMade: ['made'] };
	const showForNewer = { show: { ...isMade, newestKey: KEY_NUMBERS.slice(1).map(String) } };
	return [
		{
			displayName: 'Newest Key',
			name: 'newestKey',
			type: 'options',
			options: KEY_NUMBERS.map((number) => ({ name: `Key ${number}`, value: String(number) })),
			default: '1',
			description:
				'For a change of keys choose the next one. JWT Sign makes it with its next Get Public Key or Get Public JWKS, and publishes it beside the one in use, which goes on signing until the date below. No key is ever dropped.',
			displayOptions: { show: isMade },
		},
		{
			displayName: 'Sign With the Newest Key From',
			name: 'newestKeyFrom',
			type: 'dateTime',
			default: '',
			description:
				'Until then the key before it signs. Leave empty as long as the service does not know the newest key. A date before the key was made does not count. Without Z or an offset it is a time of the zone n8n is set to (GENERIC_TIMEZONE).',
			displayOptions: showForNewer,
		},
		{
			displayName: 'Keep Publishing the Old Key For',
			name: 'publishOldKeyFor',
			type: 'string',
			default: '7d',
			placeholder: 'e.g. 7d',
			description:
				'How long Get Public JWKS still has the key before the newest after that date, so that its last tokens can be verified: seconds, or a number with s, m, h, d or w',
			displayOptions: showForNewer,
		},
		{
			displayName: 'Key ID of the Newest Key',
			name: 'newestKeyId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2X9R4HXF34',
			description:
				'Only if the service gave the newest key an ID; Key ID is that of the key before it. Leave empty to take the thumbprint of the key, as Get Public JWKS does.',
			displayOptions: showForNewer,
		},
	];
}
