import { ec, lives, otherEc, pem, publicHalf, type ServiceCase } from '../serviceCase';

export const service: ServiceCase = {
	type: 'appleWeatherkitJwtApi',
	form: {
		privateKey: pem(ec),
		keyId: '2X9R4HXF34',
		teamId: 'A1B2C3D4E5',
		serviceId: 'com.example.weather',
	},
	keys: publicHalf(ec),
	hosts: ['weatherkit.apple.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 3600),
		header: jwt.header.alg === 'ES256' && jwt.header.kid === '2X9R4HXF34',
		id: jwt.header.id === 'A1B2C3D4E5.com.example.weather',
		iss: jwt.payload.iss === 'A1B2C3D4E5',
		sub: jwt.payload.sub === 'com.example.weather',
	}),
	tested: 'weatherkit.apple.com/api/v1/availability/37.32/-122.03?country=US',
	called: 'https://weatherkit.apple.com/api/v1/weather/en/52.5/13.4',
	wrong: {
		'the key': { form: { privateKey: pem(otherEc) }, says: /Private Key/ },
		'the service': { form: { serviceId: 'com.example.other' }, says: /Service ID/ },
	},
};
