import { key, text } from './fields';
import type { ServiceField } from './service';

/**
 * The two fields of every key file of Apple; the ID stands in the file's name alone.
 *
 * @param place where Apple hands it out
 */
export function appleKeyFields(place: string): Array<ServiceField<'keyId' | 'privateKey'>> {
	return [
		key(
			'privateKey',
			'Private Key (.p8)',
			`The .p8 file from ${place}. Apple hands it out only once.`,
		),
		text('keyId', 'Key ID', 'In the list of keys, and at the end of the name of the file', {
			required: true,
			placeholder: '2X9R4HXF34',
		}),
	];
}

/** The field for the team a key belongs to. */
export const teamIdField: ServiceField<'teamId'> = text(
	'teamId',
	'Team ID',
	'Under Membership Details on developer.apple.com',
	{ required: true, placeholder: 'A1B2C3D4E5' },
);
