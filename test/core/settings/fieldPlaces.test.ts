import { JwtAuthError } from '../../../core/errors';
import { ADVANCED_LABELS, withFieldPlaces } from '../../../core/settings/fieldPlaces';

/** Texts of an error about a credential with these fields. */
function told(message: string, hint: string, data: object = { useAdvanced: [] }) {
	const error = new JwtAuthError('FIELD_INVALID', message, { hint });
	const { code, message: said, hint: todo } = withFieldPlaces(error, { ...data }) as JwtAuthError;
	expect(code).toBe('FIELD_INVALID');
	return [said, todo];
}

const EXCHANGE = { useAdvanced: [], grant: 'jwtBearer' };

describe('an error about a credential', () => {
	it('says of every field behind Advanced Options where it stands', () => {
		for (const label of Object.values(ADVANCED_LABELS)) {
			const [message] = told(`${label} is a list; it has to be a text.`, 'Correct it.');
			expect(message).toMatch(/\(.*Advanced Options > [A-Z].*\) is a list/);
			expect(message?.startsWith(label.replace(' (Seconds)', ''))).toBe(true);
		}
	});

	it('says it by the names of the form', () => {
		expect(told('No passphrase is given.', 'Enter the passphrase in Key Passphrase.')[1]).toBe(
			'Enter the passphrase in Key Passphrase (in the credential: Advanced Options > Key and Certificate).',
		);
		expect(told("Backdate 'iat' By (Seconds) is a text.", '')[0]).toBe(
			"Backdate 'iat' By (Seconds; in the credential: Advanced Options > Clock and Claims) is a text.",
		);
		expect(told('x', "With Backdate 'iat' By a fast clock does no harm.")[1]).toBe(
			"With Backdate 'iat' By (in the credential: Advanced Options > Clock and Claims) a fast clock does no harm.",
		);
		const ended = ['Credential Expires At has passed.', ''] as const;
		expect(told(...ended)[0]).toContain(
			'(in the credential: Advanced Options > Expiry and Metadata)',
		);
		expect(told(...ended, EXCHANGE)[0]).toContain(
			'(in the credential: Advanced Options > Credential Expiry)',
		);
	});

	it('says it once for each field, whether message or hint name it first', () => {
		expect(told('The Test URL is wrong.', 'Correct Test URL or Resource.', EXCHANGE)).toEqual([
			'The Test URL (in the credential: Advanced Options > Exchange Details) is wrong.',
			'Correct Test URL or Resource (in the credential: Advanced Options > Exchange Details).',
		]);
	});

	it('takes no part of a name for the field of a shorter one', () => {
		expect(told('Certificate Header is a text.', 'Paste it in Certificate.')).toEqual([
			'Certificate Header (in the credential: Advanced Options > Key and Certificate) is a text.',
			'Paste it in Certificate (in the credential: Advanced Options > Key and Certificate).',
		]);
		const others = ['Certificates and Resources of myMetadata are odd.', 'a certificate'] as const;
		expect(told(...others)).toEqual([...others]);
	});

	it('leaves what others say as it is', () => {
		const words = 'It answered 400 with "Resource of Certificate not found".';
		expect(told(words, 'Compare the scope.', EXCHANGE)).toEqual([words, 'Compare the scope.']);
	});

	it('says no place for what the form has without Advanced Options', () => {
		const hint = 'Enter the name of the field in Token Field.';
		for (const grant of ['custom', 'tokenExchange']) {
			expect(told('x', hint, { useAdvanced: [], grant })[1]).toBe(hint);
		}
		expect(told('x', hint, EXCHANGE)[1]).toContain(
			'(in the credential: Advanced Options > Exchange Details)',
		);
		expect(told('x', 'Correct Header Name.', { token: 'x' })[1]).toBe('Correct Header Name.');
		expect(told('x', 'Check Payload and Key ID.')[1]).toBe('Check Payload and Key ID.');
	});

	it('stays what it is if it is none of ours, or one with a meaning of its own', () => {
		class Special extends JwtAuthError {}
		for (const error of [
			new Error('Test URL'),
			'Test URL',
			new Special('KEY_MISSING', 'Test URL'),
		]) {
			expect(withFieldPlaces(error, { useAdvanced: [] })).toBe(error);
		}
	});
});
