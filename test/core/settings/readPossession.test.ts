import { certificateRow, proofRow, readProofAge } from '../../../core/settings/readPossession';
import { formOf } from '../../../core/settings/fieldValue';
import { expectCode } from '../support/expectCode';

describe('the checks for possession', () => {
	it.each([
		['dpop', 'proof', proofRow],
		['boundCertificate', 'certificate', certificateRow],
	] as const)('%s is there where it was added, and never by halves', (name, group, row) => {
		expect(row({})).toBeUndefined();
		expect(row({ [name]: { [group]: {} } })).toBeDefined();
		expectCode('CHECK_EMPTY', () => row({ [name]: {} }));
		for (const odd of [undefined, 'text', { [group]: 'text' }, { [group]: [] }]) {
			expectCode('FIELD_INVALID', () => row({ [name]: odd }));
		}
	});

	it('take proofs of a minute, or of what the form says', () => {
		expect(readProofAge(formOf({}))).toBe(60);
		expect(readProofAge(formOf({ maximumProofAge: '300' }))).toBe(300);
		for (const maximumProofAge of [0, -1, 'x', undefined, 1e9]) {
			expectCode('FIELD_INVALID', () => readProofAge(formOf({ maximumProofAge })));
		}
	});
});
