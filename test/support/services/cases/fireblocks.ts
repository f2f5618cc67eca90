import { createHash } from 'node:crypto';
import { lives, otherRsa, pem, publicHalf, rsa, type ServiceCase } from '../serviceCase';

export const service: ServiceCase = {
	type: 'fireblocksJwtApi',
	form: { apiKey: 'user-1', privateKey: pem(rsa) },
	keys: publicHalf(rsa),
	hosts: ['api.fireblocks.io'],
	checks: (jwt, now, { path, body, headers }) => ({
		...lives(jwt, now, 29),
		alg: jwt.header.alg === 'RS256',
		sub: jwt.payload.sub === 'user-1' && headers['x-api-key'] === 'user-1',
		uri: jwt.payload.uri === path,
		bodyHash: jwt.payload.bodyHash === createHash('sha256').update(body).digest('hex'),
	}),
	tested: 'api.fireblocks.io/v1/supported_assets',
	called: 'https://api.fireblocks.io/v1/vault/accounts_paged?limit=1',
	wrong: {
		'the key': { form: { privateKey: pem(otherRsa) }, says: /API Secret/ },
		'the user': { form: { apiKey: 'user-2' }, says: /API Key/ },
	},
};
