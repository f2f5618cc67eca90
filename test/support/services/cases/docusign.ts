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

/** What DocuSign says, as `error` alone. */
const WORDS: Readonly<Record<string, string>> = {
	signature: 'no_valid_keys_or_signatures',
	iss: 'issuer_not_found',
	sub: 'consent_required',
	clock: 'expired_grant',
};

export const service: ServiceCase = {
	type: 'docusignJwtApi',
	form: { integrationKey: 'app-1', userId: 'user-1', privateKey: pem(rsa, 'pkcs1') },
	keys: publicHalf(rsa),
	hosts: ['account-d.docusign.com', 'demo.docusign.net'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 3600),
		alg: jwt.header.alg === 'RS256',
		iss: jwt.payload.iss === 'app-1',
		sub: jwt.payload.sub === 'user-1',
		aud: jwt.payload.aud === 'account-d.docusign.com',
		scope: jwt.payload.scope === 'signature impersonation',
	}),
	exchange: {
		at: 'account-d.docusign.com/oauth/token',
		checks: (request) => ({
			form: isForm(request),
			grant: formOf(request).grant_type === JWT_BEARER,
		}),
		grant: oauthGrant,
		refuse: (broken) => ({ status: 400, body: { error: WORDS[broken] ?? broken } }),
	},
	tested: 'account-d.docusign.com/oauth/userinfo',
	called: 'https://demo.docusign.net/restapi/v2.1/accounts/1/envelopes',
	wrong: {
		'the key': { form: { privateKey: pem(otherRsa) }, says: /Private Key/ },
		'the app': { form: { integrationKey: 'app-2' }, says: /Integration Key and Environment/ },
		'the consent': { form: { userId: 'user-2' }, says: /grant consent once/ },
	},
};
