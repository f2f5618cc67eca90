import { formOf } from '../../../core/settings/fieldValue';
import { readSecretEncoding, secretEncodingField } from '../../../core/settings/secretEncoding';
import { expectCode } from '../support/expectCode';

const read = (keyEncoding: unknown) => readSecretEncoding(formOf({ keyEncoding }));

it('is any choice of the field, and text where it is not there', () => {
	const values = secretEncodingField.options.map(({ value }) => value);
	expect(values.map(read)).toEqual(['base64', 'base64url', 'hex', 'utf8']);
	expect(readSecretEncoding(formOf({}))).toBe(secretEncodingField.default);
});

it('is nothing that only resembles a choice', () => {
	for (const value of ['Hex', 'text', '', undefined, ['hex']]) {
		const { message } = expectCode('FIELD_INVALID', () => read(value));
		expect(message).toMatch(
			/^Secret Encoding is .+; it has to be one of base64, base64url, hex, utf8/,
		);
	}
});
