import {
	formOf,
	isForm,
	lives,
	oauthGrant,
	otherRsa,
	pem,
	publicHalf,
	rsa,
	type ServiceCase,
} from '../serviceCase';

/** What Auth0 says. */
const WORDS: Readonly<Record<string, string>> = {
	audience: 'Client is not authorized to access "https://wrong". You need to authorize it.',
	clock: 'client_assertion: "exp" claim timestamp check failed',
};

export const service: ServiceCase = {
	type: 'auth0JwtApi',
	form: {
		domain: 'acme.eu.auth0.com',
		clientId: 'app-1',
		privateKey: pem(rsa),
		apiIdentifier: 'https://acme.eu.auth0.com/api/v2/',
	},
	keys: publicHalf(rsa),
	hosts: ['acme.eu.auth0.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 300),
		alg: jwt.header.alg === 'RS256',
		client: jwt.payload.iss === 'app-1' && jwt.payload.sub === 'app-1',
		aud: jwt.payload.aud === 'https://acme.eu.auth0.com/',
		jti: typeof jwt.payload.jti === 'string',
	}),
	exchange: {
		at: 'acme.eu.auth0.com/oauth/token',
		checks: (request) => ({
			form: isForm(request),
			grant: formOf(request).grant_type === 'client_credentials',
			audience: formOf(request).audience === 'https://acme.eu.auth0.com/api/v2/',
		}),
		grant: oauthGrant,
		refuse: (broken) => ({
			status: broken === 'audience' ? 403 : 401,
			body: { error: 'invalid_client', error_description: WORDS[broken] ?? broken },
		}),
	},
	tested: 'acme.eu.auth0.com/.well-known/openid-configuration',
	called: 'https://acme.eu.auth0.com/api/v2/clients?per_page=1',
	wrong: {
		'the key': { form: { privateKey: pem(otherRsa) }, says: /Private Key/ },
		'the ID': { form: { clientId: 'app-2' }, says: /Client ID/ },
		'the API': { form: { apiIdentifier: 'https://wrong' }, says: /API Identifier/ },
	},
};
