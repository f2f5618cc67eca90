import type { KeyObject } from 'node:crypto';
import {
	JWT_BEARER,
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

const googleFile = (key: KeyObject) =>
	JSON.stringify({
		type: 'service_account',
		private_key_id: 'kid-1',
		private_key: pem(key),
		client_email: 'robot@project.iam.gserviceaccount.com',
		token_uri: 'https://oauth2.googleapis.com/token',
	});

export const service: ServiceCase = {
	type: 'googleServiceAccountJwtApi',
	form: { serviceAccountKey: googleFile(rsa) },
	keys: publicHalf(rsa),
	hosts: ['oauth2.googleapis.com', 'storage.googleapis.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 3600),
		// Google's own library sends no kid.
		alg:
			jwt.header.alg === 'RS256' &&
			[undefined, 'kid-1'].includes(jwt.header.kid as string | undefined),
		iss: jwt.payload.iss === 'robot@project.iam.gserviceaccount.com',
		aud: jwt.payload.aud === 'https://oauth2.googleapis.com/token',
		scope: jwt.payload.scope === 'https://www.googleapis.com/auth/cloud-platform',
		sub: jwt.payload.sub === undefined,
	}),
	exchange: {
		at: 'oauth2.googleapis.com/token',
		checks: (request) => ({
			form: isForm(request),
			grant: formOf(request).grant_type === JWT_BEARER,
		}),
		grant: oauthGrant,
		refuse: (broken) =>
			oauthRefusal(
				{
					signature: 'Invalid JWT Signature.',
					clock:
						'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe.',
				}[broken] ?? broken,
			),
	},
	tested: 'oauth2.googleapis.com/tokeninfo',
	called: 'https://storage.googleapis.com/storage/v1/b?project=p',
	wrong: {
		'the key': { form: { serviceAccountKey: googleFile(otherRsa) }, says: /Service Account Key/ },
		'the user': { form: { subject: 'x@example.com' }, says: /Act as User/ },
	},
};
