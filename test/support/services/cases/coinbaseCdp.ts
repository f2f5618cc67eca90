import { ec, lives, otherEc, pem, publicHalf, type ServiceCase } from '../serviceCase';

const fileOf = (privateKey: string, id = 'key-1') => JSON.stringify({ id, privateKey });

export const service: ServiceCase = {
	type: 'coinbaseCdpJwtApi',
	form: { privateKey: fileOf(pem(ec, 'sec1')) },
	keys: publicHalf(ec),
	hosts: ['api.cdp.coinbase.com'],
	checks: (jwt, now, { method, host, path }) => ({
		...lives(jwt, now, 120),
		header: jwt.header.alg === 'ES256' && jwt.header.kid === 'key-1',
		sub: jwt.payload.sub === 'key-1' && jwt.payload.iss === 'cdp',
		uris: String(jwt.payload.uris) === `${method} ${host}${path.split('?')[0] ?? ''}`,
	}),
	tested: 'api.cdp.coinbase.com/platform/v2/evm/accounts',
	called: 'https://api.cdp.coinbase.com/platform/v2/solana/accounts',
	wrong: {
		'the key': { form: { privateKey: fileOf(pem(otherEc)) }, says: /API Key Secret/ },
		'the ID': { form: { privateKey: fileOf(pem(ec), 'key-2') }, says: /API Key ID/ },
	},
};
