import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { jwksKeys, pemMapKeys, PublishedKeys } from '../../../core/verify/publishedKeys';
import { certificate, ec, ed25519, rsa } from '../support/keyFixtures';

const jwk = (key: typeof ec, members: object) => ({
	...createPublicKey(key).export({ format: 'jwk' }),
	...members,
});
const many = (count: number, members: (index: number) => object) =>
	Array.from({ length: count }, (_, index) => jwk(ec, members(index)));
const keyIds = (keys: PublishedKeys, keyId?: string) => keys.of(keyId).map((key) => key.keyId);

it('are all tried of a small set', () => {
	const keys = new PublishedKeys(jwksKeys(many(100, (index) => ({ kid: `k${index}` }))));
	expect(keys.of('k99')).toHaveLength(100);
});

it('are selected by kid first, of however large a set', () => {
	const set = [...many(2000, (index) => ({ kid: `k${index}` })), jwk(ed25519, { kid: 'last' })];
	const keys = new PublishedKeys(jwksKeys(set));
	expect(keyIds(keys, 'last')).toEqual(['last']);
	expect(keyIds(keys, 'k1999')).toEqual(['k1999']);
	expect(keys.of('unknown')).toEqual([]);
	expect(keys.of(undefined)).toHaveLength(100);
	expect(keys.keyIds).toHaveLength(2001);
});

it('are a hundred at most for one token', () => {
	const same = new PublishedKeys(jwksKeys(many(300, () => ({ kid: 'same' }))));
	expect(same.of('same')).toHaveLength(100);
	const unnamed = new PublishedKeys(jwksKeys([jwk(rsa, { kid: 'a' }), ...many(300, () => ({}))]));
	expect(keyIds(unnamed, 'a')[0]).toBe('a');
	expect(unnamed.of('a')).toHaveLength(100);
	expect(unnamed.of('unknown')).toHaveLength(100);
});

describe('are imported once', () => {
	/** A set, and how often each of its keys was read. */
	function counted(count: number) {
		const reads = new Map<unknown, number>();
		const published = jwksKeys(many(count, (index) => ({ kid: `k${index}` })));
		const counting = published.map(({ keyId, read }) => ({
			keyId,
			read: () => {
				reads.set(keyId, (reads.get(keyId) ?? 0) + 1);
				return read();
			},
		}));
		return { keys: new PublishedKeys(counting), reads };
	}

	it('of a small set, whatever is asked', () => {
		const { keys, reads } = counted(3);
		expect(keys.problem).toBeUndefined();
		expect(keys.of('k1')).toHaveLength(3);
		expect(keys.of(undefined)).toHaveLength(3);
		expect(keys.keyProblem('k2')).toBeUndefined();
		expect([...reads.values()]).toEqual([1, 1, 1]);
	});

	it('of a large set no more than a token may be tried with', () => {
		const { keys, reads } = counted(200);
		expect(keys.of(undefined)).toHaveLength(100);
		expect(reads.size).toBe(100);
	});

	it('of a large set, however many key IDs are made up in between', () => {
		const { keys, reads } = counted(200);
		expect(keyIds(keys, 'k150')).toEqual(['k150']);
		for (let index = 0; index < 300; index += 1) expect(keys.of(`made-up-${index}`)).toEqual([]);
		expect(keyIds(keys, 'k150')).toEqual(['k150']);
		expect(reads.get('k150')).toBe(1);
	});
});

it('have the names that are texts', () => {
	const names = [{ kid: 'a' }, {}, { kid: 7 }, { kid: null }, { kid: 'b' }];
	expect(new PublishedKeys(jwksKeys(names)).keyIds).toEqual(['a', 'b']);
});

it('are not passed over for a fault that is none of the key', () => {
	const read = () => {
		throw new TypeError('a fault');
	};
	expect(() => new PublishedKeys([{ keyId: 'a', read }]).of('a')).toThrow(TypeError);
});

const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;

it('that are of no use are passed over, and it is told why', () => {
	const keys = new PublishedKeys(
		jwksKeys([null, 'x', jwk(weak, { kid: 'weak' }), jwk(rsa, { kid: 'good' })]),
	);
	expect(keyIds(keys)).toEqual(['good']);
	expect(keys.problem).toBeUndefined();
	expect(keys.keyProblem('weak')).toMatchObject({ code: 'KEY_TOO_SHORT' });
	expect(keys.keyProblem('good')).toBeUndefined();
	expect(keys.keyProblem('unknown')).toBeUndefined();
	expect(new PublishedKeys(jwksKeys([jwk(weak, {})])).problem).toMatchObject({
		code: 'KEY_TOO_SHORT',
	});
	expect(new PublishedKeys([]).problem).toMatchObject({
		code: 'KEY_NOT_IN_SET',
		hint: expect.stringContaining('address of the keys') as string,
	});
});

it.each([
	['small', 2],
	['large', 200],
])('are of use where one of several by the same name is, in a %s set', (_size, others) => {
	const twins = [jwk(weak, { kid: 'twin' }), jwk(rsa, { kid: 'twin' })];
	const rest = [...many(others, (index) => ({ kid: `k${index}` })), jwk(ec, {})];
	const keys = new PublishedKeys(jwksKeys([...twins, jwk(weak, { kid: 'weak' }), ...rest]));
	expect(keys.keyProblem('twin')).toBeUndefined();
	expect(keys.keyProblem('weak')).toMatchObject({ code: 'KEY_TOO_SHORT' });
});

describe('of a map from kid to PEM', () => {
	const pem = (key: typeof ec) =>
		String(createPublicKey(key).export({ type: 'spki', format: 'pem' }));
	const ofMap = (members: Record<string, unknown>) => new PublishedKeys(pemMapKeys(members));

	it('are public keys and certificates, each known by its name in the map', () => {
		const keys = ofMap({ a: pem(ec), b: certificate(ec) });
		expect(keyIds(keys).sort()).toEqual(['a', 'b']);
		expect(keys.of('b')[1]?.algorithms.map(({ name }) => name)).toEqual(['ES256']);
		expect(keys.keyIds).toEqual(['a', 'b']);
	});

	it('are those of the token alone, of however large a map', () => {
		const large = Object.fromEntries(
			Array.from({ length: 3000 }, (_, index) => [
				`k${index}`,
				index === 2999 ? pem(rsa) : pem(ec),
			]),
		);
		const keys = ofMap(large);
		expect(keyIds(keys, 'k2999')).toEqual(['k2999']);
		expect(keys.of('unknown')).toEqual([]);
		expect(keys.of(undefined)).toHaveLength(100);
	});

	it('are passed over where they are private, broken or no PEM, and it is told why', () => {
		const privatePem = String(ec.export({ type: 'pkcs8', format: 'pem' }));
		const broken = pem(ec).replace(/\n.{20}/, '\n');
		const keys = ofMap({ good: pem(ec), private: privatePem, broken, version: 1, name: 'text' });
		expect(keyIds(keys)).toEqual(['good']);
		expect(keys.keyProblem('private')).toMatchObject({ code: 'KEY_IS_PRIVATE' });
		expect(keys.keyProblem('broken')).toMatchObject({ code: 'KEY_MALFORMED' });
		expect(ofMap({ private: privatePem }).problem).toMatchObject({ code: 'KEY_IS_PRIVATE' });
		expect(pemMapKeys({ error: 'not found', keys: 3 })).toEqual([]);
	});

	it('have names of their own only', () => {
		const members = JSON.parse(`{"__proto__":${JSON.stringify(pem(ec))}}`) as object;
		const keys = ofMap(members as Record<string, unknown>);
		expect(keyIds(keys)).toEqual(['__proto__']);
		expect(keys.of('constructor').map(({ keyId }) => keyId)).toEqual(['__proto__']);
	});
});
