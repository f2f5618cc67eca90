import { ec, lives, otherEc, pem, publicHalf, type ServiceCase } from '../serviceCase';

export const service: ServiceCase = {
	type: 'appStoreServerJwtApi',
	form: {
		privateKey: pem(ec),
		keyId: '2X9R4HXF34',
		issuerId: 'issuer-1',
		bundleId: 'com.example.app',
	},
	keys: publicHalf(ec),
	hosts: ['api.storekit.apple.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 3600),
		header: jwt.header.alg === 'ES256' && jwt.header.kid === '2X9R4HXF34',
		iss: jwt.payload.iss === 'issuer-1',
		aud: jwt.payload.aud === 'appstoreconnect-v1',
		bid: jwt.payload.bid === 'com.example.app',
	}),
	tested: 'api.storekit.apple.com/inApps/v1/notifications/test',
	called: 'https://api.storekit.apple.com/inApps/v1/history/1',
	wrong: {
		'the key': { form: { privateKey: pem(otherEc) }, says: /Private Key/ },
		'the bundle': { form: { bundleId: 'com.example.other' }, says: /Bundle ID/ },
	},
};
