import { ec, lives, otherEc, pem, publicHalf, type ServiceCase } from '../serviceCase';

const name = 'organizations/1/apiKeys/2';
const fileOf = (privateKey: string, of = name) => JSON.stringify({ name: of, privateKey });

export const service: ServiceCase = {
	type: 'coinbaseJwtApi',
	form: { privateKey: fileOf(pem(ec, 'sec1')) },
	keys: publicHalf(ec),
	hosts: ['api.coinbase.com'],
	checks: (jwt, now, { method, host, path }) => ({
		...lives(jwt, now, 120),
		header: jwt.header.alg === 'ES256' && jwt.header.kid === name,
		nonce: /^[0-9a-f]{32}$/.test(String(jwt.header.nonce)),
		sub: jwt.payload.sub === name && jwt.payload.iss === 'cdp',
		uri: jwt.payload.uri === `${method} ${host}${path.split('?')[0] ?? ''}`,
	}),
	tested: 'api.coinbase.com/api/v3/brokerage/key_permissions',
	called: 'https://api.coinbase.com/api/v3/brokerage/accounts?limit=1',
	wrong: {
		'the key': { form: { privateKey: fileOf(pem(otherEc)) }, says: /Private Key/ },
		'the name': { form: { privateKey: fileOf(pem(ec), 'other') }, says: /API Key Name/ },
	},
};
