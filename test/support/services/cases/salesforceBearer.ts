import {
	formOf,
	isForm,
	JWT_BEARER,
	lives,
	otherRsa,
	pem,
	publicHalf,
	rsa,
	type ServiceCase,
} from '../serviceCase';

/** What Salesforce says. */
const WORDS: Readonly<Record<string, string>> = {
	signature: 'invalid assertion',
	iss: 'client identifier invalid',
	aud: 'audience is invalid',
	sub: "user hasn't approved this consumer",
	clock: 'expired authorization code',
};

export const service: ServiceCase = {
	type: 'salesforceBearerJwtApi',
	form: {
		myDomain: 'https://acme.my.salesforce.com',
		consumerKey: 'consumer-1',
		username: 'me@acme.com',
		privateKey: pem(rsa),
	},
	keys: publicHalf(rsa),
	hosts: ['acme.my.salesforce.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 180),
		alg: jwt.header.alg === 'RS256',
		iss: jwt.payload.iss === 'consumer-1',
		sub: jwt.payload.sub === 'me@acme.com',
		aud: jwt.payload.aud === 'https://login.salesforce.com',
	}),
	exchange: {
		at: 'acme.my.salesforce.com/services/oauth2/token',
		checks: (request) => ({
			form: isForm(request),
			grant: formOf(request).grant_type === JWT_BEARER,
		}),
		grant: (token) => ({
			access_token: token,
			instance_url: 'https://acme.my.salesforce.com',
			token_type: 'Bearer',
		}),
		refuse: (broken) => ({
			status: 400,
			body: { error: 'invalid_grant', error_description: WORDS[broken] ?? broken },
		}),
	},
	tested: 'acme.my.salesforce.com/services/oauth2/userinfo',
	called: 'https://acme.my.salesforce.com/services/data/v62.0/limits',
	wrong: {
		'the key': { form: { privateKey: pem(otherRsa) }, says: /Private Key/ },
		'the consumer key': { form: { consumerKey: 'consumer-2' }, says: /Consumer Key/ },
		'the user': { form: { username: 'you@acme.com' }, says: /pre-authorized/ },
		'the environment': { form: { environment: 'sandbox' }, says: /Environment/ },
	},
};
