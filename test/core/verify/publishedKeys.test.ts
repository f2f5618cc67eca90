import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { PublishedKeys } from '../../../core/verify/publishedKeys';
import { ec, ed25519, rsa } from '../support/keyFixtures';

const jwk = (key: typeof ec, members: object) => ({
	...createPublicKey(key).export({ format: 'jwk' }),
	...members,
});
const many = (count: number, members: (index: number) => object) =>
	Array.from({ length: count }, (_, index) => jwk(ec, members(index)));
const keyIds = (keys: PublishedKeys, keyId?: string) => keys.of(keyId).map((key) => key.keyId);

it('are all tried of a small set', () => {
	const keys = new PublishedKeys(many(100, (index) => ({ kid: `k${index}` })));
	expect(keys.of('k99')).toHaveLength(100);
});

it('are selected by kid first, of however large a set', () => {
	const set = [...many(2000, (index) => ({ kid: `k${index}` })), jwk(ed25519, { kid: 'last' })];
	const keys = new PublishedKeys(set);
	expect(keyIds(keys, 'last')).toEqual(['last']);
	expect(keyIds(keys, 'k1999')).toEqual(['k1999']);
	expect(keys.of('unknown')).toEqual([]);
	expect(keys.of(undefined)).toHaveLength(100);
	expect(keys.keyIds).toHaveLength(2001);
});

it('are a hundred at most for one token', () => {
	const same = new PublishedKeys(many(300, () => ({ kid: 'same' })));
	expect(same.of('same')).toHaveLength(100);
	const unnamed = new PublishedKeys([jwk(rsa, { kid: 'a' }), ...many(300, () => ({}))]);
	expect(keyIds(unnamed, 'a')[0]).toBe('a');
	expect(unnamed.of('a')).toHaveLength(100);
	expect(unnamed.of('unknown')).toHaveLength(100);
});

it('are imported once', () => {
	const keys = new PublishedKeys(many(200, (index) => ({ kid: `k${index}` })));
	expect(keys.of('k150')[0]).toBe(keys.of('k150')[0]);
});

it('that are of no use are passed over, and it is told why', () => {
	const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
	const keys = new PublishedKeys([
		null,
		'x',
		jwk(weak, { kid: 'weak' }),
		jwk(rsa, { kid: 'good' }),
	]);
	expect(keyIds(keys)).toEqual(['good']);
	expect(keys.problem).toBeUndefined();
	expect(keys.refusalOf('weak')).toMatchObject({ code: 'KEY_TOO_SHORT' });
	expect(keys.refusalOf('good')).toBeUndefined();
	expect(keys.refusalOf('unknown')).toBeUndefined();
	expect(new PublishedKeys([jwk(weak, {})]).problem).toMatchObject({ code: 'KEY_TOO_SHORT' });
	expect(new PublishedKeys([]).problem).toMatchObject({ code: 'KEY_NOT_IN_SET' });
});
