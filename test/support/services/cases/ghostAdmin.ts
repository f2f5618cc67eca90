import { lives, type ServiceCase } from '../serviceCase';

const id = '6748592f4b9b770017f4a3c1';
const hex = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export const service: ServiceCase = {
	type: 'ghostAdminJwtApi',
	form: { url: 'https://blog.example.com', adminApiKey: `${id}:${hex}` },
	keys: [{ secret: Buffer.from(hex, 'hex') }],
	hosts: ['blog.example.com'],
	checks: (jwt, now, { headers }) => ({
		...lives(jwt, now, 300),
		alg: jwt.header.alg === 'HS256',
		kid: jwt.header.kid === id,
		aud: jwt.payload.aud === '/admin/',
		prefix: String(headers.authorization).startsWith('Ghost '),
	}),
	apiChecks: ({ headers }) => ({ version: headers['accept-version'] === 'v5.0' }),
	tested: 'blog.example.com/ghost/api/admin/posts/?limit=1',
	called: 'https://blog.example.com/ghost/api/admin/members/?limit=1',
	wrong: {
		'the secret': { form: { adminApiKey: `${id}:${'00'.repeat(32)}` }, says: /Admin API Key/ },
		'the ID': { form: { adminApiKey: `${'0'.repeat(24)}:${hex}` }, says: /Admin API Key/ },
		'the kind of key': {
			form: { adminApiKey: '22444f78447824223cefc48062' },
			says: /Content API key/,
		},
	},
};
