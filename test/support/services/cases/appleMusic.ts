import { ec, lives, otherEc, pem, publicHalf, type ServiceCase } from '../serviceCase';

export const service: ServiceCase = {
	type: 'appleMusicJwtApi',
	form: { privateKey: pem(ec), keyId: '2X9R4HXF34', teamId: 'A1B2C3D4E5' },
	keys: publicHalf(ec),
	hosts: ['api.music.apple.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 15_777_000),
		header: jwt.header.alg === 'ES256' && jwt.header.kid === '2X9R4HXF34',
		iss: jwt.payload.iss === 'A1B2C3D4E5',
	}),
	tested: 'api.music.apple.com/v1/test',
	called: 'https://api.music.apple.com/v1/catalog/de/songs/1',
	wrong: {
		'the key': { form: { privateKey: pem(otherEc) }, says: /Private Key/ },
		'the team': { form: { teamId: 'XXXXXXXXXX' }, says: /Team ID/ },
	},
};
