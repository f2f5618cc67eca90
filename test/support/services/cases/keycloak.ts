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

const realm = 'sso.example.com/realms/main';

/** What Keycloak says. */
const WORDS: Readonly<Record<string, string>> = {
	aud: 'Invalid token audience',
	clock: 'Token is not active',
	scope: 'Invalid scopes: wrong',
};

export const service: ServiceCase = {
	type: 'keycloakJwtApi',
	form: { realmUrl: `https://${realm}`, clientId: 'client-1', privateKey: pem(rsa) },
	keys: publicHalf(rsa),
	hosts: ['sso.example.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 60),
		alg: jwt.header.alg === 'RS256',
		client: jwt.payload.iss === 'client-1' && jwt.payload.sub === 'client-1',
		aud: jwt.payload.aud === `https://${realm}`,
		jti: typeof jwt.payload.jti === 'string',
	}),
	exchange: {
		at: `${realm}/protocol/openid-connect/token`,
		checks: (request) => ({
			form: isForm(request),
			grant: formOf(request).grant_type === 'client_credentials',
			scope: formOf(request).scope === 'openid',
		}),
		grant: oauthGrant,
		refuse: (broken) => ({
			status: broken === 'scope' ? 400 : 401,
			body: {
				error: broken === 'scope' ? 'invalid_scope' : 'invalid_client',
				error_description: WORDS[broken] ?? 'Invalid client or Invalid client credentials',
			},
		}),
	},
	tested: `${realm}/protocol/openid-connect/userinfo`,
	called: 'https://sso.example.com/admin/realms/main/users',
	wrong: {
		'the key': { form: { privateKey: pem(otherRsa) }, says: /Private Key/ },
		'the client': { form: { clientId: 'client-2' }, says: /Client ID/ },
		'the scope': { form: { scopes: 'openid wrong' }, says: /Scopes/ },
	},
};
