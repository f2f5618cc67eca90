import { createPublicKey } from 'node:crypto';
import { appleMaps } from '../../../core/services/appleMaps';
import { ec, pem } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

stopClock();

it('a JWT of the team is traded by GET for a token', async () => {
	const form = { privateKey: pem(ec, 'pkcs8'), keyId: '2X9R4HXF34', teamId: 'A1B2C3D4E5' };
	const { jwt, exchange, request } = await callService(
		appleMaps,
		form,
		{ publicKey: createPublicKey(ec) },
		{
			url: 'https://maps-api.apple.com/v1/geocode?q=Berlin',
			reply: { body: { accessToken: 'maps-1', expiresInSeconds: 1800 } },
		},
	);
	expect(jwt).toEqual({
		header: { alg: 'ES256', typ: 'JWT', kid: '2X9R4HXF34' },
		payload: { iss: 'A1B2C3D4E5', iat: NOW - 30, exp: NOW + 1770 },
	});
	expect(exchange).toMatchObject({ method: 'GET', url: 'https://maps-api.apple.com/v1/token' });
	expect(request.headers.authorization).toBe('Bearer maps-1');
});
