import type { SecretEncoding } from '../keys/types';
import type { Form } from './fieldValue';

const CHOICES: ReadonlyArray<{ name: string; value: SecretEncoding }> = [
	{ name: 'Base64', value: 'base64' },
	{ name: 'Base64URL', value: 'base64url' },
	{ name: 'Hex', value: 'hex' },
	{ name: 'Text (UTF-8)', value: 'utf8' },
];

/** The field of every form that takes a shared secret; the form adds when it is shown. */
export const secretEncodingField = {
	displayName: 'Secret Encoding',
	name: 'keyEncoding',
	type: 'options' as const,
	options: [...CHOICES],
	default: 'utf8',
	description: 'How the service wrote the secret down. A secret that looks like hex may be text.',
};

/**
 * Reads Secret Encoding, text where it is not there.
 *
 * @throws `JwtAuthError` `FIELD_INVALID`
 */
export function readSecretEncoding(form: Form): SecretEncoding {
	const { name, displayName } = secretEncodingField;
	const choices = CHOICES.map(({ value }) => value);
	return form.field(name, displayName).choice(choices, 'utf8');
}
