import { lives, otherRsa, pem, publicHalf, rsa, type ServiceCase } from '../serviceCase';

export const service: ServiceCase = {
	type: 'githubAppJwtApi',
	form: { clientId: 'Iv23liExample', privateKey: pem(rsa, 'pkcs1'), installationId: '42' },
	keys: publicHalf(rsa),
	hosts: ['api.github.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 600, 0),
		alg: jwt.header.alg === 'RS256',
		iss: jwt.payload.iss === 'Iv23liExample',
	}),
	exchange: {
		at: 'api.github.com/app/installations/42/access_tokens',
		checks: ({ method, headers }) => ({
			method: method === 'POST',
			accept: String(headers.accept).includes('json'),
		}),
		grant: (token) => ({
			token,
			expires_at: new Date(Date.now() + 3_600_000).toISOString(),
			permissions: { metadata: 'read' },
		}),
		refuse: (broken) => ({
			status: 401,
			body: {
				message:
					broken === 'clock'
						? "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
						: 'A JSON web token could not be decoded',
			},
		}),
	},
	apiChecks: ({ headers }) => ({ version: headers['x-github-api-version'] === '2022-11-28' }),
	tested: 'api.github.com/installation/repositories?per_page=1',
	called: 'https://api.github.com/repos/octo/hello/issues',
	wrong: {
		'the key': { form: { privateKey: pem(otherRsa) }, says: /Private Key/ },
		'the ID': { form: { clientId: 'Iv23other' }, says: /Client ID/ },
		'the installation': { form: { installationId: '43' }, says: /Installation ID/ },
	},
};
