import {
	ec,
	formOf,
	isForm,
	lives,
	oauthGrant,
	otherEc,
	pem,
	publicHalf,
	type ServiceCase,
} from '../serviceCase';

export const service: ServiceCase = {
	type: 'appleAdsJwtApi',
	form: {
		clientId: 'SEARCHADS.client',
		teamId: 'SEARCHADS.team',
		keyId: 'key-1',
		privateKey: pem(ec, 'sec1'),
		adAccountId: '4711',
	},
	keys: publicHalf(ec),
	hosts: ['appleid.apple.com', 'api.ads.apple.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 15_552_000),
		header: jwt.header.alg === 'ES256' && jwt.header.kid === 'key-1',
		iss: jwt.payload.iss === 'SEARCHADS.team',
		sub: jwt.payload.sub === 'SEARCHADS.client',
		aud: jwt.payload.aud === 'https://appleid.apple.com',
	}),
	exchange: {
		at: 'appleid.apple.com/auth/oauth2/token',
		checks: (request) => ({
			form: isForm(request),
			grant: formOf(request).grant_type === 'client_credentials',
			client: formOf(request).client_id === 'SEARCHADS.client',
			secret: String(formOf(request).client_secret).startsWith('eyJ'),
			alone: formOf(request).client_assertion === undefined,
			scope: formOf(request).scope === 'searchadsorg',
		}),
		grant: oauthGrant,
		refuse: () => ({ status: 400, body: { error: 'invalid_client' } }),
	},
	apiChecks: ({ headers }) => ({ account: headers['x-ap-context'] === 'adAccountId=4711' }),
	tested: 'api.ads.apple.com/v1/acls',
	called: 'https://api.ads.apple.com/v1/campaigns',
	wrong: {
		'the key': { form: { privateKey: pem(otherEc) }, says: /Private Key/ },
		'the team': { form: { teamId: 'SEARCHADS.other' }, says: /Team ID/ },
	},
};
