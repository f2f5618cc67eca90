import type { KeyObject } from 'node:crypto';
import {
	formOf,
	isForm,
	JWT_BEARER,
	lives,
	oauthGrant,
	oauthRefusal,
	otherRsa,
	publicHalf,
	rsa,
	type ServiceCase,
} from '../serviceCase';

/** The file that Box hands out, its key encrypted. */
const fileOf = (key: KeyObject, enterpriseID = '4711') =>
	JSON.stringify({
		boxAppSettings: {
			clientID: 'client-1',
			clientSecret: 'secret-of-the-client',
			appAuth: {
				publicKeyID: 'pk1',
				privateKey: key.export({
					type: 'pkcs8',
					format: 'pem',
					cipher: 'aes-256-cbc',
					passphrase: 'box',
				}),
				passphrase: 'box',
			},
		},
		enterpriseID,
	});

export const service: ServiceCase = {
	type: 'boxJwtApi',
	form: { config: fileOf(rsa) },
	keys: publicHalf(rsa),
	hosts: ['api.box.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 60),
		// Box's own SDK sends RS256, and no kid.
		header:
			/^RS(256|384|512)$/.test(String(jwt.header.alg)) &&
			[undefined, 'pk1'].includes(jwt.header.kid as string | undefined),
		iss: jwt.payload.iss === 'client-1',
		sub: jwt.payload.sub === '4711' && jwt.payload.box_sub_type === 'enterprise',
		aud: jwt.payload.aud === 'https://api.box.com/oauth2/token',
		jti: String(jwt.payload.jti).length >= 16,
	}),
	exchange: {
		at: 'api.box.com/oauth2/token',
		checks: (request) => ({
			form: isForm(request),
			grant: formOf(request).grant_type === JWT_BEARER,
			client:
				formOf(request).client_id === 'client-1' &&
				formOf(request).client_secret === 'secret-of-the-client',
		}),
		grant: oauthGrant,
		refuse: (broken) =>
			oauthRefusal(
				{ clock: "Please check the 'exp' claim.", signature: 'Please check the public key.' }[
					broken
				] ?? `Please check the '${broken}' claim.`,
			),
	},
	tested: 'api.box.com/2.0/users/me',
	called: 'https://api.box.com/2.0/folders/0/items',
	wrong: {
		'the key': { form: { config: fileOf(otherRsa) }, says: /key in App Settings/ },
		'the enterprise': { form: { config: fileOf(rsa, '4712') }, says: /User ID|App Settings/ },
	},
};
