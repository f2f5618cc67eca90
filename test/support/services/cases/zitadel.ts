import type { KeyObject } from 'node:crypto';
import {
	formOf,
	isForm,
	JWT_BEARER,
	lives,
	oauthGrant,
	oauthRefusal,
	otherRsa,
	pem,
	publicHalf,
	rsa,
	type ServiceCase,
} from '../serviceCase';

const fileOf = (key: KeyObject, userId = 'user-1') =>
	JSON.stringify({ type: 'serviceaccount', keyId: 'key-1', key: pem(key, 'pkcs1'), userId });

export const service: ServiceCase = {
	type: 'zitadelJwtApi',
	form: { instanceUrl: 'https://acme.zitadel.cloud', serviceAccountKey: fileOf(rsa) },
	keys: publicHalf(rsa),
	hosts: ['acme.zitadel.cloud'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 3600),
		header: jwt.header.alg === 'RS256' && jwt.header.kid === 'key-1',
		user: jwt.payload.iss === 'user-1' && jwt.payload.sub === 'user-1',
		aud: jwt.payload.aud === 'https://acme.zitadel.cloud',
	}),
	exchange: {
		at: 'acme.zitadel.cloud/oauth/v2/token',
		checks: (request) => ({
			form: isForm(request),
			grant: formOf(request).grant_type === JWT_BEARER,
			scope: String(formOf(request).scope).startsWith('openid urn:zitadel:iam:'),
		}),
		grant: oauthGrant,
		refuse: (broken) => oauthRefusal(broken === 'clock' ? 'assertion is expired' : broken),
	},
	tested: 'acme.zitadel.cloud/oidc/v1/userinfo',
	called: 'https://acme.zitadel.cloud/management/v1/orgs/me',
	wrong: {
		'the key': { form: { serviceAccountKey: fileOf(otherRsa) }, says: /Service Account Key/ },
		'the user': { form: { serviceAccountKey: fileOf(rsa, 'user-2') }, says: /Service Account Key/ },
	},
};
