import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
	checkBodyHash,
	HASH_ENCODINGS,
	HASH_FUNCTIONS,
	type BodyHashCheck,
} from '../../../core/verify/bodyHashCheck';
import { expectCode } from '../support/expectCode';

const body = Buffer.from('{ "a": 1 }');
const plaid: BodyHashCheck = {
	claim: 'request_body_sha256',
	hashFunction: 'sha256',
	encoding: 'hex',
	body,
};
const hex = createHash('sha256').update(body).digest('hex');

describe('the hash of a body in a claim', () => {
	it('holds for the very bytes, in any hash function and encoding', () => {
		const combinations = fc.record({
			hashFunction: fc.constantFrom(...HASH_FUNCTIONS),
			encoding: fc.constantFrom(...HASH_ENCODINGS),
			bytes: fc.uint8Array({ maxLength: 100 }),
		});
		fc.assert(
			fc.property(combinations, fc.uint8Array({ maxLength: 100 }), (given, other) => {
				const { bytes, ...how } = given;
				const stated = createHash(how.hashFunction).update(bytes).digest(how.encoding);
				const check = { claim: 'hash', ...how };
				checkBodyHash({ hash: stated }, { ...check, body: bytes });
				fc.pre(!Buffer.from(bytes).equals(other));
				expect(() => {
					checkBodyHash({ hash: stated }, { ...check, body: other });
				}).toThrow(expect.objectContaining({ code: 'BODY_HASH_MISMATCH' }));
			}),
		);
	});

	it('may be nested, in capitals, and without padding', () => {
		const check = { ...plaid, claim: 'event.hash' };
		checkBodyHash({ event: { hash: hex.toUpperCase() } }, check);
		const base64 = Buffer.from(hex, 'hex').toString('base64').replace('=', '');
		checkBodyHash({ event: { hash: base64 } }, { ...check, encoding: 'base64' });
	});

	it('may be Base64URL with padding, as Upstash QStash writes it', () => {
		const padded = `${Buffer.from(hex, 'hex').toString('base64url')}=`;
		checkBodyHash({ request_body_sha256: padded }, { ...plaid, encoding: 'base64url' });
	});

	it('is the hash of nothing for no body', () => {
		const nothing = createHash('sha256').digest('hex');
		checkBodyHash({ request_body_sha256: nothing }, { ...plaid, body: Buffer.alloc(0) });
	});

	it.each<[string, unknown]>([
		['another hash', hex.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))],
		['part of it', hex.slice(0, 60)],
		['more than it', `${hex}00`],
		['another encoding', Buffer.from(hex, 'hex').toString('base64')],
		['a list', [hex]],
		['an object', { hash: hex }],
		['a number', 1],
		['nothing', ''],
	])('is not %s', (_what, stated) => {
		const { message } = expectCode('BODY_HASH_MISMATCH', () => {
			checkBodyHash({ request_body_sha256: stated }, plaid);
		});
		expect(message).toBe('The claim request_body_sha256 is not the hash of the body.');
	});

	it('is not a text that Base64 readers take for the same', () => {
		const base64 = Buffer.from(hex, 'hex').toString('base64');
		for (const stated of [
			` ${base64}`,
			`${base64}!`,
			`${base64}=`,
			`${base64.slice(0, 10)}\n${base64.slice(10)}`,
		]) {
			expectCode('BODY_HASH_MISMATCH', () => {
				checkBodyHash({ request_body_sha256: stated }, { ...plaid, encoding: 'base64' });
			});
		}
	});

	it.each([undefined, null])('has to be there: %s', (stated) => {
		const { message } = expectCode('CLAIM_MISSING', () => {
			checkBodyHash({ request_body_sha256: stated }, plaid);
		});
		expect(message).toContain('has no claim request_body_sha256, which holds the hash');
	});

	it('cannot be checked where the bytes are gone', () => {
		const { message, hint } = expectCode('BODY_HASH_MISMATCH', () => {
			checkBodyHash({ request_body_sha256: hex }, { ...plaid, body: undefined });
		});
		expect(message).toBe('The bytes of the body cannot be had.');
		expect(hint).toContain('Have the sender send JSON or text');
	});
});
