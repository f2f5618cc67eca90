import { createPublicKey } from 'node:crypto';
import { appleAds } from '../../../core/services/appleAds';
import { ec, pem } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const form = {
	clientId: 'SEARCHADS.client',
	teamId: 'SEARCHADS.team',
	keyId: 'key-1',
	privateKey: pem(ec, 'sec1'),
};
const key = { publicKey: createPublicKey(ec) };
const url = 'https://api.ads.apple.com/v1/campaigns';

stopClock();

it('sends the JWT as client secret, and the account with every request', async () => {
	const data = { ...form, adAccountId: '4711' };
	const { jwt, exchange, request } = await callService(appleAds, data, key, { url });
	expect(jwt).toEqual({
		header: { alg: 'ES256', typ: 'JWT', kid: 'key-1' },
		payload: {
			iss: 'SEARCHADS.team',
			sub: 'SEARCHADS.client',
			aud: 'https://appleid.apple.com',
			iat: NOW,
			exp: NOW + 300,
			jti: expect.any(String) as string,
		},
	});
	expect(exchange?.url).toBe('https://appleid.apple.com/auth/oauth2/token');
	expect(exchange?.parameters).toEqual({
		grant_type: 'client_credentials',
		client_id: 'SEARCHADS.client',
		client_secret: expect.stringMatching(/^eyJ/) as string,
		scope: 'searchadsorg',
	});
	expect(request.headers).toMatchObject({
		authorization: 'Bearer at-1',
		'X-AP-Context': 'adAccountId=4711',
	});
});

it('without an account, sends no header for one', async () => {
	const { request } = await callService(appleAds, { ...form, keyId: 'key-2' }, key, { url });
	expect(Object.keys(request.headers)).toEqual(['authorization']);
});
