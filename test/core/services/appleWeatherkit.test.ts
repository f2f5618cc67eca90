import { createPublicKey } from 'node:crypto';
import { appleWeatherkit } from '../../../core/services/appleWeatherkit';
import { ec, pem } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

stopClock();

it('a JWT of the service ID, whose header names team and service', async () => {
	const form = {
		privateKey: pem(ec, 'pkcs8'),
		keyId: '2X9R4HXF34',
		teamId: 'A1B2C3D4E5',
		serviceId: 'com.example.weather',
	};
	const key = { publicKey: createPublicKey(ec) };
	const url = 'https://weatherkit.apple.com/api/v1/weather/en/1/1';
	const { jwt } = await callService(appleWeatherkit, form, key, { url });
	expect(jwt).toEqual({
		header: {
			alg: 'ES256',
			typ: 'JWT',
			kid: '2X9R4HXF34',
			id: 'A1B2C3D4E5.com.example.weather',
		},
		payload: { iss: 'A1B2C3D4E5', sub: 'com.example.weather', iat: NOW - 30, exp: NOW + 3570 },
	});
});
