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

export const service: ServiceCase = {
	type: 'oktaJwtApi',
	form: { domain: 'acme.okta.com', clientId: 'app-1', privateKey: pem(rsa) },
	keys: publicHalf(rsa),
	hosts: ['acme.okta.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 3600),
		client: jwt.payload.iss === 'app-1' && jwt.payload.sub === 'app-1',
		aud: jwt.payload.aud === 'https://acme.okta.com/oauth2/v1/token',
	}),
	exchange: {
		at: 'acme.okta.com/oauth2/v1/token',
		checks: (request) => ({
			form: isForm(request),
			grant: formOf(request).grant_type === 'client_credentials',
			scope: formOf(request).scope === 'okta.users.read',
		}),
		grant: oauthGrant,
		refuse: (broken) => ({
			status: broken === 'scope' ? 400 : 401,
			body: {
				error: broken === 'scope' ? 'invalid_scope' : 'invalid_client',
				error_description: broken === 'clock' ? 'The client_assertion is expired.' : broken,
			},
		}),
	},
	tested: 'acme.okta.com/api/v1/users?limit=1',
	called: 'https://acme.okta.com/api/v1/users?limit=2',
	wrong: {
		'the key': { form: { privateKey: pem(otherRsa) }, says: /Private Key/ },
		'the client': { form: { clientId: 'app-2' }, says: /Client ID/ },
		'the scope': { form: { scopes: 'okta.groups.read' }, says: /Scopes/ },
	},
};
