import {
	formOf,
	isForm,
	lives,
	otherRsa,
	pem,
	publicHalf,
	rsa,
	type ServiceCase,
} from '../serviceCase';

export const service: ServiceCase = {
	type: 'lineJwtApi',
	form: { channelId: '1234567890', privateKey: pem(rsa), keyId: 'kid-1' },
	keys: publicHalf(rsa),
	hosts: ['api.line.me'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 1800),
		header: jwt.header.alg === 'RS256' && jwt.header.kid === 'kid-1',
		channel: jwt.payload.iss === '1234567890' && jwt.payload.sub === '1234567890',
		aud: jwt.payload.aud === 'https://api.line.me/',
	}),
	exchange: {
		at: 'api.line.me/oauth2/v3/token',
		checks: (request) => ({
			form: isForm(request),
			grant: formOf(request).grant_type === 'client_credentials',
			noClient: formOf(request).client_id === undefined,
		}),
		grant: (token) => ({ access_token: token, token_type: 'Bearer', expires_in: 900 }),
		refuse: () => ({ status: 400, body: { error: 'invalid_client' } }),
	},
	tested: 'api.line.me/v2/bot/info',
	called: 'https://api.line.me/v2/bot/followers/ids',
	wrong: {
		'the key': { form: { privateKey: pem(otherRsa) }, says: /Private Key/ },
		'the channel': { form: { channelId: '2' }, says: /Channel ID/ },
		'the key ID': { form: { keyId: 'kid-2' }, says: /Key ID/ },
	},
};
