import { lives, otherRsa, pem, publicHalf, rsa, type ServiceCase } from '../serviceCase';

export const service: ServiceCase = {
	type: 'vonageJwtApi',
	form: { applicationId: 'app-1', privateKey: pem(rsa) },
	keys: publicHalf(rsa),
	hosts: ['api.nexmo.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 86_400),
		alg: jwt.header.alg === 'RS256',
		application: jwt.payload.application_id === 'app-1',
		jti: String(jwt.payload.jti).length === 36,
	}),
	tested: 'api.nexmo.com/v1/calls?page_size=1',
	called: 'https://api.nexmo.com/v1/calls?page_size=10',
	wrong: {
		'the key': { form: { privateKey: pem(otherRsa) }, says: /Private Key/ },
		'the application': { form: { applicationId: 'app-2' }, says: /Application ID/ },
	},
};
