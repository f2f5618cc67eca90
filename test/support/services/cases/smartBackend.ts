import {
	formOf,
	isForm,
	lives,
	oauthGrant,
	oauthRefusal,
	otherRsa,
	pem,
	publicHalf,
	rsa,
	type ServiceCase,
} from '../serviceCase';

const base = 'fhir.epic.com/interconnect-fhir-oauth';

export const service: ServiceCase = {
	type: 'smartBackendJwtApi',
	form: {
		fhirUrl: `https://${base}/api/FHIR/R4`,
		clientId: 'client-1',
		privateKey: pem(rsa),
		keyId: 'key-1',
		scopes: 'system/Patient.rs',
	},
	keys: publicHalf(rsa),
	hosts: ['fhir.epic.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 300),
		header: jwt.header.alg === 'RS384' && jwt.header.kid === 'key-1',
		client: jwt.payload.iss === 'client-1' && jwt.payload.sub === 'client-1',
		aud: jwt.payload.aud === `https://${base}/oauth2/token`,
		jti: typeof jwt.payload.jti === 'string' && jwt.payload.jti.length <= 151,
	}),
	exchange: {
		at: `${base}/oauth2/token`,
		checks: (request) => ({
			form: isForm(request),
			grant: formOf(request).grant_type === 'client_credentials',
			scope: formOf(request).scope === 'system/Patient.rs',
		}),
		grant: oauthGrant,
		refuse: (broken) =>
			broken === 'scope'
				? { ...oauthRefusal(broken), body: { error: 'invalid_scope' } }
				: { ...oauthRefusal(broken), body: { error: 'invalid_client' } },
	},
	tested: `${base}/api/FHIR/R4/metadata`,
	called: `https://${base}/api/FHIR/R4/Patient/1`,
	wrong: {
		'the key': { form: { privateKey: pem(otherRsa) }, says: /Private Key/ },
		'the client': { form: { clientId: 'client-2' }, says: /Client ID/ },
		'the scope': { form: { scopes: 'system/Patient.wrong' }, says: /Scopes/ },
	},
};
