import { createPublicKey } from 'node:crypto';
import { vonage } from '../../../core/services/vonage';
import { pem, rsa } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

stopClock();

it('a JWT of the application, each with an ID of its own', async () => {
	const form = { applicationId: 'app-1', privateKey: pem(rsa, 'pkcs8') };
	const key = { publicKey: createPublicKey(rsa) };
	const { jwt } = await callService(vonage, form, key, {
		url: 'https://api-eu.vonage.com/v3/calls',
	});
	expect(jwt).toEqual({
		header: { alg: 'RS256', typ: 'JWT' },
		payload: {
			application_id: 'app-1',
			iat: NOW,
			exp: NOW + 900,
			jti: expect.any(String) as string,
		},
	});
});
