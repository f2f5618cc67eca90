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

	it('lets nothing through where it was added and is empty', () => {
		expectCode('CHECK_EMPTY', () => read({ bodyHash: {} }));
		expectCode('FIELD_INVALID', () => read({ bodyHash: { hash: { claim: '' } } }));
		expectCode('FIELD_INVALID', () => read({ bodyHash: undefined }));
		expectCode('FIELD_INVALID', () => read({ bodyHash: { hash: 'text' } }));
	});

	it.each(['md5', 'sha1', 'sha-256', 1])('takes no other hash function: %s', (hashFunction) => {
		expectCode('FIELD_INVALID', () => read({ bodyHash: { hash: { claim: 'h', hashFunction } } }));
	});
});
