import { bodyHashRow, readBodyHash } from '../../../core/settings/readBodyHash';
import { expectCode } from '../support/expectCode';

const read = (checks: Record<string, unknown>) => {
	const row = bodyHashRow(checks);
	return row && readBodyHash(row);
};

describe('Claim Holds Hash of Body', () => {
	it('is no check where it was not added', () => {
		expect(read({})).toBeUndefined();
	});

	it('is read with the defaults of the form', () => {
		expect(read({ bodyHash: { hash: { claim: 'payload_hash' } } })).toEqual({
			claim: 'payload_hash',
			hashFunction: 'sha256',
			encoding: 'hex',
		});
	});

	it('is read as the form says', () => {
		const hash = { claim: 'h', hashFunction: 'sha512', encoding: 'base64url' };
		expect(read({ bodyHash: { hash } })).toEqual(hash);
	});

	it('lets nothing through where it was added and is empty', () => {
		const { message } = expectCode('CHECK_EMPTY', () => read({ bodyHash: {} }));
		expect(message).toBe('Claim Holds Hash of Body is empty, so that it cannot be checked.');
		expectCode('FIELD_INVALID', () => read({ bodyHash: { hash: { claim: '' } } }));
		expectCode('FIELD_INVALID', () => read({ bodyHash: undefined }));
		expectCode('FIELD_INVALID', () => read({ bodyHash: { hash: 'text' } }));
	});

	it.each([
		['Claim', { claim: '' }],
		['Hash Function', { claim: 'h', hashFunction: 'md5' }],
		['Encoding', { claim: 'h', encoding: 'utf8' }],
	])('is refused by the field and the check that it stands in: %s', (label, hash) => {
		const { message } = expectCode('FIELD_INVALID', () => read({ bodyHash: { hash } }));
		expect(message.startsWith(`${label} of Claim Holds Hash of Body is `)).toBe(true);
	});

	it.each(['md5', 'sha1', 'sha-256', 1])('takes no other hash function: %s', (hashFunction) => {
		expectCode('FIELD_INVALID', () => read({ bodyHash: { hash: { claim: 'h', hashFunction } } }));
	});
});
