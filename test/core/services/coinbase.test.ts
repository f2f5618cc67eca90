import { createPublicKey } from 'node:crypto';
import { coinbase } from '../../../core/services/coinbase';
import { ec, pem } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const name = 'organizations/1/apiKeys/2';
const key = { publicKey: createPublicKey(ec) };
const file = JSON.stringify({ name, privateKey: pem(ec, 'sec1') });

stopClock();

it.each([
	['the whole file', { privateKey: file }],
	['the key and its name', { privateKey: pem(ec, 'sec1'), keyName: name }],
])('from %s a JWT is made that is bound to its request', async (_what, form) => {
	const url = 'https://api.coinbase.com/api/v3/brokerage/orders?limit=1';
	const { jwt } = await callService(coinbase, form, key, { url, method: 'POST' });
	expect(jwt).toEqual({
		header: {
			alg: 'ES256',
			typ: 'JWT',
			kid: name,
			nonce: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
		},
		payload: {
			sub: name,
			iss: 'cdp',
			iat: NOW,
			nbf: NOW,
			exp: NOW + 120,
			uri: 'POST api.coinbase.com/api/v3/brokerage/orders',
		},
	});
});

it('asks for the name, or for the file that has it', async () => {
	const form = { privateKey: pem(ec, 'sec1') };
	await expect(
		callService(coinbase, form, key, { url: 'https://api.coinbase.com/api/v3/brokerage/orders' }),
	).rejects.toMatchObject({
		message: 'API Key Name is empty.',
		hint: expect.stringContaining('whole file that was downloaded into Private Key') as string,
	});
});
