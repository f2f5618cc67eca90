import { key, needed, text } from './fields';
import type { ServiceField } from './service';

/** Label of the field for a key file of Apple. */
export const APPLE_KEY = 'Private Key (.p8)';

/**
 * The two fields of every key file of Apple; the ID stands in the file's name alone.
 *
 * @param place where Apple hands it out
 * @param more `orFile`: what else the first takes, which has the ID in it
 */
export function appleKeyFields(
	place: string,
	{ orFile }: { orFile?: string } = {},
): Array<ServiceField<'keyId' | 'privateKey'>> {
	const says = `The .p8 file from ${place}. Apple hands it out only once.`;
	const id = ['In the list of keys, and at the end of the name of the file', '2X9R4HXF34'] as const;
	return [
		key('privateKey', APPLE_KEY, orFile === undefined ? says : `${says} ${orFile}`),
		orFile === undefined
			? needed('keyId', 'Key ID', ...id)
			: text('keyId', 'Key ID', id[0], { placeholder: id[1] }),
	];
}

/** The field for the team a key belongs to. */
export const teamIdField: ServiceField<'teamId'> = needed(
	'teamId',
	'Team ID',
	'Under Membership Details on developer.apple.com',
	'A1B2C3D4E5',
);
