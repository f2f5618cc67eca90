import { lives, type ServiceCase } from '../serviceCase';

const secret = 'a secret value that is long enough for HS256';
const host = '10ax.online.tableau.com';

export const service: ServiceCase = {
	type: 'tableauJwtApi',
	form: {
		serverUrl: `https://${host}`,
		site: 'acme',
		clientId: 'client-1',
		keyId: 'secret-id-1',
		secretValue: secret,
		username: 'me@acme.com',
	},
	keys: [{ secret }],
	hosts: [host],
	checks: (jwt, now) => ({
		...lives(jwt, now, 600),
		header: jwt.header.alg === 'HS256' && jwt.header.kid === 'secret-id-1',
		iss: jwt.payload.iss === 'client-1',
		sub: jwt.payload.sub === 'me@acme.com',
		aud: jwt.payload.aud === 'tableau',
		scp: JSON.stringify(jwt.payload.scp) === '["tableau:content:read"]',
		jti: typeof jwt.payload.jti === 'string',
	}),
	exchange: {
		at: `${host}/api/3.27/auth/signin`,
		checks: ({ headers, body }) => ({
			json: headers['content-type'] === 'application/json',
			site: body.endsWith('"site":{"contentUrl":"acme"}}}'),
			noHeader: headers.authorization === undefined,
		}),
		grant: (token) => ({
			credentials: { token, estimatedTimeToExpiration: '3:47:42', site: { id: 'site-1' } },
		}),
		refuse: () => ({
			status: 401,
			body: { error: { summary: 'Signin Error', detail: 'Error signing in', code: '401001' } },
		}),
	},
	apiChecks: ({ headers }) => ({
		header: headers['x-tableau-auth'] !== undefined && headers.authorization === undefined,
	}),
	tested: `${host}/api/3.27/sessions/current`,
	called: `https://${host}/api/3.27/sites/site-1/workbooks`,
	wrong: {
		'the secret': { form: { secretValue: `${secret}.` }, says: /Secret Value/ },
		'the client': { form: { clientId: 'client-2' }, says: /Client ID/ },
		'the user': { form: { username: 'you@acme.com' }, says: /User Name/ },
	},
};
