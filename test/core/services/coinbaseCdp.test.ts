import { createPublicKey } from 'node:crypto';
import { coinbaseCdp } from '../../../core/services/coinbaseCdp';
import { coinbaseEd25519, ec, ed25519, pem } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const url = 'https://api.cdp.coinbase.com/platform/v2/evm/accounts';
const secretOf = coinbaseEd25519(ed25519).toString('base64');

stopClock();

it.each([
	['an Ed25519 file', 'EdDSA', ed25519, { privateKey: { id: 'key-1', privateKey: secretOf } }],
	['an Ed25519 secret', 'EdDSA', ed25519, { privateKey: secretOf, keyId: 'key-1' }],
	['an EC file', 'ES256', ec, { privateKey: { id: 'key-1', privateKey: pem(ec, 'sec1') } }],
])('from %s a JWT with the list of one address', async (_what, alg, pair, form) => {
	const { privateKey } = form;
	const pasted = typeof privateKey === 'string' ? privateKey : JSON.stringify(privateKey);
	const data = { ...form, privateKey: pasted };
	const { jwt } = await callService(
		coinbaseCdp,
		data,
		{ publicKey: createPublicKey(pair) },
		{ url },
	);
	expect(jwt).toEqual({
		header: { alg, typ: 'JWT', kid: 'key-1', nonce: expect.any(String) as string },
		payload: {
			sub: 'key-1',
			iss: 'cdp',
			iat: NOW,
			nbf: NOW,
			exp: NOW + 120,
			uris: ['GET api.cdp.coinbase.com/platform/v2/evm/accounts'],
		},
	});
});

it('asks for the ID, or for the file that has it', async () => {
	const form = { privateKey: pem(ec, 'sec1') };
	await expect(
		callService(coinbaseCdp, form, { publicKey: createPublicKey(ec) }, { url }),
	).rejects.toMatchObject({
		message: 'API Key ID is empty.',
		hint: expect.stringContaining('whole file that was downloaded into API Key Secret') as string,
	});
});
