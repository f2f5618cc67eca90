import { certificateRow, proofRow, readProofAge } from '../../../core/settings/readPossession';
import { formOf } from '../../../core/settings/fieldValue';
import { expectCode } from '../support/expectCode';

describe('the checks for possession', () => {
	it.each([
		['dpop', 'proof', 'Require DPoP Proof', proofRow],
		['boundCertificate', 'certificate', 'Token Bound to Certificate', certificateRow],
	] as const)('%s is there where it was added, and never by halves', (name, group, label, row) => {
		expect(row({})).toBeUndefined();
		expect(row({ [name]: { [group]: {} } })).toBeDefined();
		const { message } = expectCode('CHECK_EMPTY', () => row({ [name]: {} }));
		expect(message).toBe(`${label} is empty, so that it cannot be checked.`);
		for (const odd of [undefined, 'text', { [group]: 'text' }, { [group]: [] }]) {
			const refused = expectCode('FIELD_INVALID', () => row({ [name]: odd }));
			expect(refused.message.startsWith(`${label} is `)).toBe(true);
		}
	});

	it('take proofs of a minute, or of what the form says', () => {
		expect(readProofAge(formOf({}))).toBe(60);
		expect(readProofAge(formOf({ maximumProofAge: '300' }))).toBe(300);
		expect(readProofAge(formOf({ maximumProofAge: 1 }))).toBe(1);
		expect(readProofAge(formOf({ maximumProofAge: 86_400 }))).toBe(86_400);
		for (const maximumProofAge of [0, -1, 'x', undefined, 86_401, 1e9]) {
			expectCode('FIELD_INVALID', () => readProofAge(formOf({ maximumProofAge })));
		}
	});

	it('say which age of which check is not one, and what it may be', () => {
		const row = proofRow({ dpop: { proof: { maximumProofAge: 0 } } }) ?? formOf({});
		const { message } = expectCode('FIELD_INVALID', () => readProofAge(row));
		expect(message).toBe(
			'Maximum Age (Seconds) of Require DPoP Proof is 0; it has to be a number of seconds from 1 to 86400.',
		);
	});
});
