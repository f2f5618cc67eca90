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
			`The AuthKey file from ${place}. Apple hands it out only once.`,
		),
		text('keyId', 'Key ID', 'In the list of keys, and in the name of the file: AuthKey_… .p8', {
			required: true,
			placeholder: '2X9R4HXF34',
		}),
	];
}
