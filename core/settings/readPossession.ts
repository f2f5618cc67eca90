import { JwtAuthError } from '../errors';
import { FieldValue, formOf, type Form } from './fieldValue';

/** The row of a check that has fields of its own; undefined where it was not added. */
function rowOf(
	checks: Record<string, unknown>,
	[name, label, group]: readonly [name: string, label: string, group: string],
): Form | undefined {
	if (!Object.hasOwn(checks, name)) return undefined;
	const row = new FieldValue(label, checks[name]).members()[group];
	if (row === undefined) {
		throw new JwtAuthError('CHECK_EMPTY', `${label} is empty, so that it cannot be checked.`);
	}
	return formOf(new FieldValue(label, row).members(), ` of ${label}`);
}

/**
 * The row of the check Require DPoP Proof.
 *
 * @param checks the Checks collection
 * @throws {@link JwtAuthError} `CHECK_EMPTY`, `FIELD_INVALID`
 */
export function proofRow(checks: Record<string, unknown>): Form | undefined {
	return rowOf(checks, ['dpop', 'Require DPoP Proof', 'proof']);
}

/** As {@link proofRow}, of the check Token Bound to Certificate. */
export function certificateRow(checks: Record<string, unknown>): Form | undefined {
	return rowOf(checks, ['boundCertificate', 'Token Bound to Certificate', 'certificate']);
}

/** Longest age of a proof, in seconds. @throws {@link JwtAuthError} `FIELD_INVALID` */
export function readProofAge(row: Form): number {
	const field = row.field('maximumProofAge', 'Maximum Age (Seconds)');
	return field.number({ fallback: 60, least: 1, most: 86_400 }, 'a number of seconds');
}
