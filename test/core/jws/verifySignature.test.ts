import { createPublicKey, createSecretKey } from 'node:crypto';
import { findAlgorithm } from '../../../core/keys/algorithms';
import { verifySignature } from '../../../core/jws/verifySignature';
import { ec, FAMILIES, rsa } from '../support/keyFixtures';
import { signByHand } from '../support/tokens';

const parts = (token: string) => {
	const [header = '', payload = '', signature = ''] = token.split('.');
	return { header, payload, signature };
};
const secret = Buffer.alloc(64, 1);

describe.each([
	...Object.values(FAMILIES).map(({ algorithm, privateKey }) => [algorithm, privateKey] as const),
	['PS256', rsa] as const,
	['RS512', rsa] as const,
])('%s', (alg, privateKey) => {
	const algorithm = findAlgorithm(alg);
	const jws = parts(signByHand({ alg }, { sub: 'Grüße' }, privateKey, alg));

	it('verifies what node:crypto signed, and nothing that was changed', async () => {
		const key = createPublicKey(privateKey);
		expect(await verifySignature(jws, key, algorithm)).toBe(true);
		const changes = [
			{ payload: Buffer.from('{"sub":"admin"}').toString('base64url') },
			{ header: Buffer.from(JSON.stringify({ alg, typ: 'x' })).toString('base64url') },
			{ signature: '' },
			{ signature: jws.signature.slice(0, -4) },
			{ signature: `${jws.signature}AAAA` },
			{ signature: Buffer.alloc(64).toString('base64url') },
		];
		for (const change of changes) {
			expect(await verifySignature({ ...jws, ...change }, key, algorithm)).toBe(false);
		}
	});

	it('takes no private key, no secret and no key of another kind', async () => {
		const other = createPublicKey(privateKey === ec ? rsa : ec);
		for (const key of [privateKey, createSecretKey(secret), other]) {
			expect(await verifySignature(jws, key, algorithm)).toBe(false);
		}
	});
});

describe.each(['HS256', 'HS384', 'HS512'])('%s', (alg) => {
	const algorithm = findAlgorithm(alg);
	const jws = parts(signByHand({ alg }, {}, secret.toString('latin1'), alg));

	it('verifies with the secret alone', async () => {
		expect(await verifySignature(jws, createSecretKey(secret), algorithm)).toBe(true);
		expect(await verifySignature(jws, createSecretKey(Buffer.alloc(64)), algorithm)).toBe(false);
		expect(await verifySignature(jws, createPublicKey(rsa), algorithm)).toBe(false);
		const cut = { ...jws, signature: jws.signature.slice(0, 20) };
		expect(await verifySignature(cut, createSecretKey(secret), algorithm)).toBe(false);
	});
});

it('is bound to the algorithm that the caller found, whatever the header says', async () => {
	const jws = parts(signByHand({ alg: 'RS256' }, {}, rsa, 'RS256'));
	expect(await verifySignature(jws, createPublicKey(rsa), findAlgorithm('RS512'))).toBe(false);
	expect(await verifySignature(jws, createPublicKey(rsa), findAlgorithm('PS256'))).toBe(false);
});
