import { JwtAuthError } from '../errors';
import { HASH_ENCODINGS, HASH_FUNCTIONS, type BodyHashForm } from '../verify/bodyHashCheck';
import { FieldValue, formOf, type Form } from './fieldValue';

const LABEL = 'Claim Holds Hash of Body';

/**
 * The row of the check Claim Holds Hash of Body; undefined where the check was not added.
 *
 * @param checks the Checks collection
 * @throws {@link JwtAuthError} `CHECK_EMPTY`, `FIELD_INVALID`
 */
export function bodyHashRow(checks: Record<string, unknown>): Form | undefined {
	if (!Object.hasOwn(checks, 'bodyHash')) return undefined;
	const row = new FieldValue(LABEL, checks.bodyHash).members().hash;
	if (row === undefined) {
		throw new JwtAuthError('CHECK_EMPTY', `${LABEL} is empty, so that it cannot be checked.`);
	}
	return formOf(new FieldValue(LABEL, row).members(), ` of ${LABEL}`);
}

/**
 * What the row says of the hash.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function readBodyHash(row: Form): BodyHashForm {
	return {
		claim: row.field('claim', 'Claim').name(),
		hashFunction: row.field('hashFunction', 'Hash Function').choice(HASH_FUNCTIONS, 'sha256'),
		encoding: row.field('encoding', 'Encoding').choice(HASH_ENCODINGS, 'hex'),
	};
}
