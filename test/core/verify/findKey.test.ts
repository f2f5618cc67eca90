import { findAlgorithm } from '../../../core/keys/algorithms';
import { publicVerificationKey } from '../../../core/keys/verificationKey';
import { findKey } from '../../../core/verify/findKey';
import type { KeySource } from '../../../core/verify/keySource';
import { ec, ed25519, rsa } from '../support/keyFixtures';
import { signByHand } from '../support/tokens';

const keyOf = (keyId?: string) => publicVerificationKey(ec, keyId);

function parts(kid?: string, signer = ec, more: object = {}) {
	const header = { alg: 'ES256', kid, ...more };
	const [encoded = '', payload = '', signature = ''] = signByHand(
		header,
		{},
		signer,
		'ES256',
	).split('.');
	return {
		header,
		algorithm: findAlgorithm('ES256'),
		encoded: { header: encoded, payload, signature },
	};
}

const source = (...keys: ReturnType<typeof keyOf>[]): KeySource => ({
	current: async () => await Promise.resolve(keys),
});

it('takes the key that the token names, or one without a name', async () => {
	const [named, unnamed] = [keyOf('a'), keyOf()];
	expect(await findKey(parts('a'), source(keyOf('b'), named))).toBe(named);
	expect(await findKey(parts('c'), source(keyOf('b'), unnamed))).toBe(unnamed);
});

it('tells no key from a key of another kind', async () => {
	expect(await findKey(parts('c'), source(keyOf('b')))).toMatchObject({ code: 'KEY_NOT_FOUND' });
	const other = publicVerificationKey(rsa, 'a');
	expect(await findKey(parts('a'), source(other))).toMatchObject({ code: 'ALGORITHM_NOT_ALLOWED' });
});

it('looks for newer keys unless the very key that is named was tried', async () => {
	const newer = jest.fn(async () => await Promise.resolve([keyOf('new')]));
	expect(await findKey(parts('new'), { ...source(keyOf('old')), newer })).toMatchObject({
		keyId: 'new',
	});
	expect(newer).toHaveBeenCalledTimes(1);
	const forged = parts('old');
	forged.encoded.signature = parts('other').encoded.signature.replace(/^./, 'A');
	expect(await findKey(forged, { ...source(keyOf('old')), newer })).toMatchObject({
		code: 'SIGNATURE_INVALID',
	});
	expect(newer).toHaveBeenCalledTimes(1);
});

it('says of a header with a nonce that Graph alone can verify such tokens', async () => {
	const other = publicVerificationKey(ed25519, 'x');
	const wrong = parts('a', ec, { nonce: 'n' });
	wrong.encoded.payload = 'e30x';
	const found = await findKey(wrong, source(other, keyOf('a')));
	expect(found).toMatchObject({
		code: 'SIGNATURE_INVALID',
		message: expect.stringContaining('Graph') as string,
	});
});
