import { lives, type ServiceCase } from '../serviceCase';

const secret = 'a secret key that is long enough for HS256';

export const service: ServiceCase = {
	type: 'klingJwtApi',
	form: { accessKey: 'access-1', secretKey: secret },
	keys: [{ secret }],
	hosts: ['api-singapore.klingai.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 1800),
		alg: jwt.header.alg === 'HS256',
		iss: jwt.payload.iss === 'access-1',
		nbf: Number(jwt.payload.nbf) <= now,
	}),
	tested: 'api-singapore.klingai.com/account/costs?start_time=1735689600000&end_time=1735776000000',
	called: 'https://api-singapore.klingai.com/v1/videos/text2video?pageNum=1',
	wrong: {
		'the secret': { form: { secretKey: `${secret}.` }, says: /Secret Key/ },
		'the access key': { form: { accessKey: 'access-2' }, says: /Access Key/ },
	},
};
