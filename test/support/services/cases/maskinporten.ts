import {
	formOf,
	isForm,
	JWT_BEARER,
	lives,
	oauthGrant,
	oauthRefusal,
	otherRsa,
	pem,
	publicHalf,
	rsa,
	type ServiceCase,
} from '../serviceCase';

/** What Maskinporten says. */
const WORDS: Readonly<Record<string, string>> = {
	aud: 'MP-110: Invalid audience',
	clock: 'Invalid assertion. iat is in the future or too old',
	iss: 'MP-100: Unknown client',
	scope: 'MP-200: Client is not entitled to the scope',
};

export const service: ServiceCase = {
	type: 'maskinportenJwtApi',
	form: {
		clientId: 'client-1',
		privateKey: pem(rsa),
		keyId: 'key-1',
		scopes: 'altinn:one',
		apiHosts: 'api.example.no',
	},
	keys: publicHalf(rsa),
	hosts: ['maskinporten.no', 'test.maskinporten.no', 'api.example.no'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 120, 10),
		header: jwt.header.alg === 'RS256' && jwt.header.kid === 'key-1',
		iss: jwt.payload.iss === 'client-1',
		aud: jwt.payload.aud === 'https://maskinporten.no/',
		scope: jwt.payload.scope === 'altinn:one',
		jti: typeof jwt.payload.jti === 'string',
	}),
	exchange: {
		at: 'maskinporten.no/token',
		checks: (request) => ({
			form: isForm(request),
			grant: formOf(request).grant_type === JWT_BEARER,
			noClient: formOf(request).client_id === undefined,
		}),
		grant: oauthGrant,
		refuse: (broken) => oauthRefusal(WORDS[broken] ?? 'Invalid assertion'),
	},
	tested: 'maskinporten.no/.well-known/oauth-authorization-server',
	called: 'https://api.example.no/v1/things',
	wrong: {
		'the key': { form: { privateKey: pem(otherRsa) }, says: /Private Key/ },
		'the client': { form: { clientId: 'client-2' }, says: /Client ID/ },
		'the scope': { form: { scopes: 'altinn:two' }, says: /Scopes/ },
	},
};
