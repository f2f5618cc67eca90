import { createPublicKey } from 'node:crypto';
import { appStoreServer } from '../../../core/services/appStoreServer';
import { ec, pem } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

stopClock();

it.each(['storekit', 'storekit-sandbox'])('a JWT with the bundle ID goes to %s', async (host) => {
	const form = {
		privateKey: pem(ec, 'pkcs8'),
		keyId: '2X9R4HXF34',
		issuerId: 'issuer-1',
		bundleId: 'com.example.app',
	};
	const key = { publicKey: createPublicKey(ec) };
	const url = `https://api.${host}.apple.com/inApps/v1/history/1`;
	const { jwt } = await callService(appStoreServer, form, key, { url });
	expect(jwt).toEqual({
		header: { alg: 'ES256', typ: 'JWT', kid: '2X9R4HXF34' },
		payload: {
			iss: 'issuer-1',
			aud: 'appstoreconnect-v1',
			bid: 'com.example.app',
			iat: NOW - 30,
			exp: NOW + 270,
		},
	});
});
