import { createHash, X509Certificate, type KeyObject } from 'node:crypto';
import { certificateOf } from '../../vendors';
import {
	formOf,
	isForm,
	lives,
	oauthGrant,
	otherRsa,
	pem,
	publicHalf,
	rsa,
	type ServiceCase,
} from '../serviceCase';

const bothOf = (key: KeyObject) => `${certificateOf(key)}\n${pem(key)}`;
const pasted = bothOf(rsa);
const thumbprint = createHash('sha256').update(new X509Certificate(pasted).raw).digest('base64url');

/** What Entra ID says. */
const WORDS: Readonly<Record<string, string>> = {
	signature:
		'AADSTS700027: The certificate with identifier used to sign the client assertion is not registered on application.',
	clock: 'AADSTS700024: Client assertion is not within its valid time range.',
	client: "AADSTS700016: Application with identifier 'app-2' was not found in the directory.",
};

export const service: ServiceCase = {
	type: 'entraAppJwtApi',
	form: { tenantId: 'tenant-1', clientId: 'app-1', certificate: pasted },
	keys: publicHalf(rsa),
	hosts: ['login.microsoftonline.com', 'graph.microsoft.com'],
	checks: (jwt, now) => ({
		...lives(jwt, now, 600),
		alg: jwt.header.alg === 'PS256',
		certificate: jwt.header['x5t#S256'] === thumbprint,
		client: jwt.payload.iss === 'app-1' && jwt.payload.sub === 'app-1',
		aud: jwt.payload.aud === 'https://login.microsoftonline.com/tenant-1/oauth2/v2.0/token',
	}),
	exchange: {
		at: 'login.microsoftonline.com/tenant-1/oauth2/v2.0/token',
		checks: (request) => ({
			form: isForm(request),
			grant: formOf(request).grant_type === 'client_credentials',
			scope: formOf(request).scope === 'https://graph.microsoft.com/.default',
		}),
		grant: oauthGrant,
		refuse: (broken) => ({
			status: 401,
			body: { error: 'invalid_client', error_description: WORDS[broken] ?? broken },
		}),
	},
	tested: 'graph.microsoft.com/v1.0/',
	called: 'https://graph.microsoft.com/v1.0/users',
	wrong: {
		'the certificate': { form: { certificate: bothOf(otherRsa) }, says: /Upload the certificate/ },
		'the client': { form: { clientId: 'app-2' }, says: /Client ID/ },
	},
};
