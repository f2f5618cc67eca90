import { generateKeyPairSync } from 'node:crypto';
import { JwtAuthError } from '../../../core/errors';
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

it('takes a key of another name only where it is the only one that fits and a person chose it', async () => {
	const [one, two] = [keyOf('a'), keyOf('b')];
	const other = publicVerificationKey(rsa, 'd');
	const chosen = (...keys: ReturnType<typeof keyOf>[]) => ({
		...source(...keys),
		keyIdOptional: true,
	});
	expect(await findKey(parts('c'), chosen(one, other))).toBe(one);
	expect(await findKey(parts('c'), chosen(one, two))).toMatchObject({ code: 'KEY_NOT_FOUND' });
	expect(await findKey(parts('c'), source(one))).toMatchObject({ code: 'KEY_NOT_FOUND' });
});

it('tells no key from a key of another kind', async () => {
	expect(await findKey(parts('c'), source(keyOf('b')))).toMatchObject({
		code: 'KEY_NOT_FOUND',
		message: 'The issuer has no key with the key ID the token names.',
	});
	const other = publicVerificationKey(rsa, 'a');
	for (const kid of ['a', undefined]) {
		expect(await findKey(parts(kid), source(other))).toMatchObject({
			code: 'ALGORITHM_NOT_ALLOWED',
			message: 'The key does not verify ES256 signatures.',
		});
	}
});

it('looks for newer keys unless the very key that is named was tried', async () => {
	const newer = jest.fn(async () => await Promise.resolve([keyOf('new')]));
	expect(await findKey(parts('new'), { ...source(keyOf('old')), newer })).toMatchObject({
		keyId: 'new',
	});
	expect(newer).toHaveBeenCalledTimes(1);
	const forged = parts('old');
	forged.encoded.signature = parts('other').encoded.signature.replace(/^./, 'A');
	for (const keys of [[keyOf('old')], [keyOf('older'), keyOf('old')]]) {
		expect(await findKey(forged, { ...source(...keys), newer })).toMatchObject({
			code: 'SIGNATURE_INVALID',
		});
	}
	expect(newer).toHaveBeenCalledTimes(1);
});

it.each([
	['one without a name was tried', []],
	['the one that is named is of another kind', [publicVerificationKey(rsa, 'new')]],
])('looks for newer keys where %s', async (_what, others) => {
	const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const current = source(...others, keyOf());
	const found = publicVerificationKey(privateKey, 'new');
	const newer = async () => await Promise.resolve([found]);
	expect(await findKey(parts('new', privateKey), { ...current, newer })).toBe(found);
});

it('says why the key that the token names is of no use, and nothing of one it does not name', async () => {
	const refusal = new JwtAuthError('KEY_TOO_SHORT', 'It is too short.', { hint: 'Get another.' });
	const refusing = { ...source(publicVerificationKey(rsa, 'b')), keyProblem: () => refusal };
	expect(await findKey(parts('a'), refusing)).toMatchObject({
		code: 'KEY_NOT_FOUND',
		message: 'The key of the issuer that the token names cannot be used: It is too short.',
		hint: 'Get another.',
	});
	expect(await findKey(parts(), refusing)).toMatchObject({ code: 'ALGORITHM_NOT_ALLOWED' });
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
