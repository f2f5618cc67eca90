import { ec, lives, otherEc, pem, publicHalf, type ServiceCase } from '../serviceCase';

export const service: ServiceCase = {
	type: 'appStoreConnectJwtApi',
	form: { privateKey: pem(ec), keyId: '2X9R4HXF34', issuerId: 'issuer-1' },
	keys: publicHalf(ec),
	hosts: ['api.appstoreconnect.apple.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 1200),
		alg: jwt.header.alg === 'ES256' && jwt.header.typ === 'JWT',
		kid: jwt.header.kid === '2X9R4HXF34',
		iss: jwt.payload.iss === 'issuer-1',
		aud: jwt.payload.aud === 'appstoreconnect-v1',
	}),
	tested: 'api.appstoreconnect.apple.com/v1/apps?limit=1',
	called: 'https://api.appstoreconnect.apple.com/v1/builds',
	wrong: {
		'the key': { form: { privateKey: pem(otherEc) }, says: /Private Key.*Key ID/ },
		'the ID': { form: { keyId: 'XXXXXXXXXX' }, says: /Key ID/ },
		'the issuer': { form: { issuerId: 'issuer-2' }, says: /Issuer ID/ },
	},
};
