import { ec, lives, otherEc, pem, publicHalf, type ServiceCase } from '../serviceCase';

export const service: ServiceCase = {
	type: 'appleMapsJwtApi',
	form: { privateKey: pem(ec), keyId: '2X9R4HXF34', teamId: 'A1B2C3D4E5' },
	keys: publicHalf(ec),
	hosts: ['maps-api.apple.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 3600),
		header: jwt.header.alg === 'ES256' && jwt.header.kid === '2X9R4HXF34',
		iss: jwt.payload.iss === 'A1B2C3D4E5',
	}),
	exchange: {
		at: 'maps-api.apple.com/v1/token',
		checks: ({ method, body }) => ({ method: method === 'GET', body: body === '' }),
		grant: (token) => ({ accessToken: token, expiresInSeconds: 1800 }),
		refuse: () => ({ status: 401, body: { error: { message: 'Not Authorized', details: [] } } }),
	},
	tested: 'maps-api.apple.com/v1/geocode?q=Cupertino',
	called: 'https://maps-api.apple.com/v1/search?q=coffee',
	wrong: {
		'the key': { form: { privateKey: pem(otherEc) }, says: /Private Key/ },
		'the team': { form: { teamId: 'XXXXXXXXXX' }, says: /Team ID/ },
	},
};
