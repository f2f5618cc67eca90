import { createPublicKey } from 'node:crypto';
import { line } from '../../../core/services/line';
import { pem, rsa } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const form = { channelId: '1234567890', keyId: 'kid-1' };
const key = { publicKey: createPublicKey(rsa) };
const url = 'https://api.line.me/v2/bot/message/push';

stopClock();

it.each([
	['JWK', JSON.stringify({ ...rsa.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' })],
	['PEM', pem(rsa, 'pkcs8')],
])('trades a JWT of a %s for a stateless token, without client_id', async (_what, privateKey) => {
	const { jwt, exchange, request } = await callService(line, { ...form, privateKey }, key, { url });
	expect(jwt).toEqual({
		header: { alg: 'RS256', typ: 'JWT', kid: 'kid-1' },
		payload: {
			iss: '1234567890',
			sub: '1234567890',
			aud: 'https://api.line.me/',
			iat: NOW,
			exp: NOW + 300,
			jti: expect.any(String) as string,
		},
	});
	expect(exchange?.url).toBe('https://api.line.me/oauth2/v3/token');
	expect(exchange?.parameters).toEqual({
		grant_type: 'client_credentials',
		client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
		client_assertion: expect.stringMatching(/^eyJ/) as string,
	});
	expect(request.headers.authorization).toBe('Bearer at-1');
});
