import { createHash, timingSafeEqual } from 'node:crypto';
import { JwtAuthError } from '../errors';
import { readMember } from '../shared/objectPath';

/** Hash functions a body is bound with, SHA-2 as in FIPS 180-4. */
export const HASH_FUNCTIONS = ['sha256', 'sha384', 'sha512'] as const;

/** How the bytes of a hash are written as text. */
export const HASH_ENCODINGS = ['hex', 'base64', 'base64url'] as const;

/** Which claim holds the hash of a body, and how it is written there. */
export interface BodyHashForm {
	/** Name or path of the claim, see {@link readMember}: `request_body_sha256`. */
	claim: string;
	hashFunction: (typeof HASH_FUNCTIONS)[number];
	encoding: (typeof HASH_ENCODINGS)[number];
}

/** A body that a token has to be bound to. */
export interface BodyHashCheck extends BodyHashForm {
	/** The bytes as they were sent; undefined where they cannot be had. */
	body: Uint8Array | undefined;
}

/** The hash a claim states, as lower-case hex; undefined for what is no such text. */
function statedHash(value: unknown, { encoding }: BodyHashForm): string | undefined {
	if (typeof value !== 'string') return undefined;
	if (encoding === 'hex') return value.toLowerCase();
	const bytes = Buffer.from(value, encoding);
	// Both alphabets are read by Node.js without regard to which was asked for.
	const bare = bytes.toString(encoding).replaceAll('=', '');
	const padded = bare.padEnd(Math.ceil(bare.length / 4) * 4, '=');
	return [bare, padded].includes(value) ? bytes.toString('hex') : undefined;
}

/**
 * Refuses a token that was made for another body.
 *
 * @param payload of a token with a good signature
 * @throws {@link JwtAuthError} `CLAIM_MISSING`, `BODY_HASH_MISMATCH`
 */
export function checkBodyHash(payload: Record<string, unknown>, check: BodyHashCheck): void {
	const value = readMember(payload, check.claim) ?? undefined;
	if (value === undefined) {
		throw new JwtAuthError(
			'CLAIM_MISSING',
			`The token has no claim ${check.claim}, which holds the hash of the body.`,
		);
	}
	if (!check.body) {
		throw new JwtAuthError('BODY_HASH_MISMATCH', 'The bytes of the body cannot be had.', {
			hint: 'A form with files (multipart/form-data) is taken apart before it can be hashed. Have the sender send JSON or text.',
		});
	}
	const actual = createHash(check.hashFunction).update(check.body).digest('hex');
	const stated = Buffer.from(statedHash(value, check) ?? '');
	const wanted = Buffer.from(actual);
	if (stated.length === wanted.length && timingSafeEqual(stated, wanted)) return;
	throw new JwtAuthError(
		'BODY_HASH_MISMATCH',
		`The claim ${check.claim} is not the hash of the body.`,
	);
}
