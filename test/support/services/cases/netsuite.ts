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
	type: 'netsuiteJwtApi',
	form: {
		accountId: '1234567_SB1',
		clientId: 'client-1',
		certificateId: 'cert-1',
		privateKey: pem(rsa),
	},
	keys: publicHalf(rsa),
	hosts: ['1234567-sb1.suitetalk.api.netsuite.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 3600),
		header: jwt.header.alg === 'PS256' && jwt.header.kid === 'cert-1',
		iss: jwt.payload.iss === 'client-1',
		scope: jwt.payload.scope === 'rest_webservices',
		aud:
			jwt.payload.aud ===
			'https://1234567-sb1.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token',
	}),
	exchange: {
		at: '1234567-sb1.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token',
		checks: (request) => ({
			form: isForm(request),
			grant: formOf(request).grant_type === 'client_credentials',
			assertion: String(formOf(request).client_assertion).startsWith('eyJ'),
			type:
				formOf(request).client_assertion_type ===
				'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
		}),
		grant: oauthGrant,
		refuse: () => ({ status: 400, body: { error: 'invalid_grant' } }),
	},
	tested: '1234567-sb1.suitetalk.api.netsuite.com/services/rest/record/v1/metadata-catalog',
	called: 'https://1234567-sb1.suitetalk.api.netsuite.com/services/rest/record/v1/customer',
	wrong: {
		'the key': { form: { privateKey: pem(otherRsa) }, says: /Private Key/ },
		'the client': { form: { clientId: 'client-2' }, says: /Client ID/ },
		'the certificate': { form: { certificateId: 'cert-2' }, says: /Certificate ID/ },
	},
};
