import {
	formOf,
	isForm,
	JWT_BEARER,
	lives,
	oauthGrant,
	otherRsa,
	pem,
	publicHalf,
	rsa,
	type ServiceCase,
} from '../serviceCase';

export const service: ServiceCase = {
	type: 'servicenowJwtApi',
	form: {
		instanceUrl: 'https://acme.service-now.com',
		clientId: 'client-1',
		clientSecret: 'secret-of-the-client',
		privateKey: pem(rsa),
		keyId: 'key-1',
		user: 'me@acme.com',
	},
	keys: publicHalf(rsa),
	hosts: ['acme.service-now.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 300),
		header: jwt.header.alg === 'RS256' && jwt.header.kid === 'key-1',
		client: jwt.payload.iss === 'client-1' && jwt.payload.aud === 'client-1',
		sub: jwt.payload.sub === 'me@acme.com',
		jti: typeof jwt.payload.jti === 'string',
	}),
	exchange: {
		at: 'acme.service-now.com/oauth_token.do',
		checks: (request) => ({
			form: isForm(request),
			grant: formOf(request).grant_type === JWT_BEARER,
			client:
				formOf(request).client_id === 'client-1' &&
				formOf(request).client_secret === 'secret-of-the-client',
		}),
		grant: oauthGrant,
		refuse: () => ({
			status: 401,
			body: { error: 'server_error', error_description: 'access_denied' },
		}),
	},
	tested: 'acme.service-now.com/api/now/table/sys_user?sysparm_limit=1',
	called: 'https://acme.service-now.com/api/now/table/incident?sysparm_limit=2',
	wrong: {
		'the key': { form: { privateKey: pem(otherRsa) }, says: /Private Key/ },
		'the client': { form: { clientId: 'client-2' }, says: /Client ID/ },
		'the user': { form: { user: 'you@acme.com' }, says: /User/ },
		'the audience': { form: { audience: 'endpoint' }, says: /Audience/ },
	},
};
