import { createHash, createPublicKey } from 'node:crypto';
import { fireblocks } from '../../../core/services/fireblocks';
import { pem, rsa } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const form = { apiKey: 'user-1', privateKey: pem(rsa, 'pkcs8') };
const key = { publicKey: createPublicKey(rsa) };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

stopClock();

it.each([
	['us', 'api.fireblocks.io'],
	['eu', 'eu-api.fireblocks.io'],
	['eu2', 'eu2-api.fireblocks.io'],
	['sandbox', 'sandbox-api.fireblocks.io'],
])('in %s a JWT is bound to path, query and body', async (region, host) => {
	const url = `https://${host}/v1/transactions?limit=1`;
	for (const [method, body] of [
		['GET', undefined],
		['POST', '{"amount":"1"}'],
	]) {
		const call = { url, method, body };
		const { jwt, request } = await callService(fireblocks, { ...form, region }, key, call);
		expect(jwt.payload).toEqual({
			sub: 'user-1',
			uri: '/v1/transactions?limit=1',
			nonce: expect.any(String) as string,
			bodyHash: sha256(body ?? ''),
			iat: NOW,
			exp: NOW + 25,
		});
		expect(request.headers['X-API-Key']).toBe('user-1');
	}
});
