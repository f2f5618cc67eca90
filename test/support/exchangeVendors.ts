import {
	createHash,
	createPublicKey,
	generateKeyPairSync,
	randomBytes,
	type JsonWebKey,
} from 'node:crypto';
import { verifySignature, type VerificationKey } from '../../playground/demo-api/verifyJws';
import { certificateOf, firstBroken, type RawRequest } from './vendors';

/** An answer of a token endpoint. */
export interface TokenAnswer {
	status: number;
	body: Record<string, unknown>;
}

/** A service that trades an assertion for an access token: what is filled in, and what it checks. */
export interface ExchangeVendor {
	/** What the `YOUR_…` words of the recipe stand for. */
	values: Record<string, string>;
	/** Path of the token endpoint. */
	tokenPath: string;
	/** What is wrong with a token request, or undefined. `origin` is the one the service is called by. */
	check: (request: RawRequest, origin: string) => string | undefined;
	/** The answer to a good token request. */
	answer: (accessToken: string, origin: string) => TokenAnswer;
	/** Name in lower case of the header that the API takes the bare token in; default: a Bearer token. */
	tokenHeader?: string;
	/** What is wrong with a call of the API beside its token, or undefined. */
	checkCall?: (request: RawRequest) => string | undefined;
}

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const KEYS: VerificationKey[] = [{ publicKey: createPublicKey(privateKey) }];
const PKCS8 = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const CLIENT_ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const UUID = /^[0-9a-f-]{36}$/;

const form = ({ body }: RawRequest) => Object.fromEntries(new URLSearchParams(String(body)));
const now = () => Date.now() / 1000;

function isFormPost({ method, headers }: RawRequest): boolean {
	const type = String(headers['content-type']);
	return method === 'POST' && type.startsWith('application/x-www-form-urlencoded');
}

function standardAnswer(accessToken: string): TokenAnswer {
	return {
		status: 200,
		body: { access_token: accessToken, token_type: 'Bearer', expires_in: 3599 },
	};
}

/** docs.github.com: JWT as Bearer, `iat` in the past, `exp` at most 10 minutes ahead, 201. */
export function gitHubApp(): ExchangeVendor {
	return {
		values: {
			YOUR_CLIENT_ID: 'Iv23liExample',
			YOUR_INSTALLATION_ID: '42',
			// GitHub hands out PKCS#1.
			YOUR_PRIVATE_KEY: String(privateKey.export({ type: 'pkcs1', format: 'pem' })),
		},
		tokenPath: '/app/installations/42/access_tokens',
		check: (request) => {
			const [scheme, jwt = ''] = String(request.headers.authorization).split(' ');
			const { header, payload } = verifySignature(jwt, KEYS);
			return firstBroken({
				method: request.method === 'POST',
				scheme: scheme === 'Bearer',
				alg: header.alg === 'RS256',
				iss: payload.iss === 'Iv23liExample',
				iat: payload.iat <= now() - 55,
				exp: payload.exp > now() && payload.exp <= now() + 600,
			});
		},
		answer: (token) => ({
			status: 201,
			body: {
				token,
				expires_at: new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/, ''),
				permissions: { metadata: 'read' },
				repository_selection: 'all',
			},
		}),
		checkCall: ({ headers }) =>
			firstBroken({ version: headers['x-github-api-version'] === '2022-11-28' }),
	};
}

/** developers.google.com: JWT bearer grant, scope as a claim, `kid` of the key file. */
export function googleServiceAccount(): ExchangeVendor {
	const email = 'robot@project.iam.gserviceaccount.com';
	const keyId = randomBytes(20).toString('hex');
	return {
		values: {
			YOUR_CLIENT_EMAIL: email,
			YOUR_PROJECT_ID: 'project',
			// The JSON file as it is downloaded.
			YOUR_PRIVATE_KEY: JSON.stringify(
				{
					type: 'service_account',
					private_key_id: keyId,
					private_key: PKCS8,
					client_email: email,
					token_uri: 'https://oauth2.googleapis.com/token',
				},
				null,
				2,
			),
		},
		tokenPath: '/token',
		check: (request) => {
			const { grant_type, assertion = '' } = form(request);
			const { header, payload } = verifySignature(assertion, KEYS);
			return firstBroken({
				form: isFormPost(request),
				grant: grant_type === JWT_BEARER,
				alg: header.alg === 'RS256',
				kid: header.kid === keyId,
				iss: payload.iss === email,
				aud: payload.aud === 'https://oauth2.googleapis.com/token',
				scope: String(payload.scope).startsWith('https://www.googleapis.com/auth/'),
				lifetime: payload.exp - payload.iat <= 3600 && payload.iat <= now(),
			});
		},
		answer: standardAnswer,
	};
}

/** help.salesforce.com: JWT bearer grant, three minutes, `instance_url` and no expiry. */
export function salesforce(): ExchangeVendor {
	return {
		values: {
			YOUR_CONSUMER_KEY: '3MVG9consumer',
			YOUR_USERNAME: 'integration@example.com',
			YOUR_PRIVATE_KEY: PKCS8,
		},
		tokenPath: '/services/oauth2/token',
		check: (request) => {
			const { grant_type, assertion = '', client_secret } = form(request);
			const { payload } = verifySignature(assertion, KEYS);
			return firstBroken({
				form: isFormPost(request),
				grant: grant_type === JWT_BEARER,
				'no secret': client_secret === undefined,
				iss: payload.iss === '3MVG9consumer',
				sub: payload.sub === 'integration@example.com',
				aud: payload.aud === 'https://login.salesforce.com',
				exp: payload.exp > now() && payload.exp <= now() + 180,
			});
		},
		answer: (token, origin) => ({
			status: 200,
			body: {
				access_token: token,
				scope: 'api',
				instance_url: origin,
				id: `${origin}/id/1/2`,
				token_type: 'Bearer',
			},
		}),
	};
}

/** developer.okta.com: private_key_jwt with a JWK, audience = token endpoint, `jti` once. */
export function okta(): ExchangeVendor {
	const jwk: JsonWebKey = {
		...privateKey.export({ format: 'jwk' }),
		kid: 'okta-key-1',
		use: 'sig',
	};
	const used = new Set<unknown>();
	return {
		values: { YOUR_CLIENT_ID: '0oaclient', YOUR_PRIVATE_KEY: JSON.stringify(jwk) },
		tokenPath: '/oauth2/v1/token',
		check: (request, origin) => {
			const { grant_type, client_assertion = '', client_assertion_type, scope } = form(request);
			const { header, payload } = verifySignature(client_assertion, KEYS);
			return firstBroken({
				form: isFormPost(request),
				grant: grant_type === 'client_credentials',
				type: client_assertion_type === CLIENT_ASSERTION,
				scope: scope === 'okta.users.read',
				kid: header.kid === 'okta-key-1',
				client: payload.iss === '0oaclient' && payload.sub === '0oaclient',
				aud: payload.aud === `${origin}/oauth2/v1/token`,
				lifetime: payload.exp <= now() + 3600 && payload.iat <= now(),
				jti: !used.has(payload.jti) && used.add(payload.jti).size > 0,
			});
		},
		answer: standardAnswer,
	};
}

/** learn.microsoft.com: PS256, `x5t#S256`, `nbf`, `jti`, scope ending in `/.default`. */
export function entraId(): ExchangeVendor {
	const certificate = certificateOf(privateKey);
	const der = Buffer.from(certificate.replace(/-----[^-]+-----|\s/g, ''), 'base64');
	return {
		values: {
			YOUR_TENANT_ID: 'tenant-1',
			YOUR_CLIENT_ID: 'client-1',
			YOUR_PRIVATE_KEY: PKCS8,
			YOUR_CERTIFICATE: certificate,
		},
		tokenPath: '/tenant-1/oauth2/v2.0/token',
		check: (request, origin) => {
			const { grant_type, client_assertion = '', client_id, scope } = form(request);
			const { header, payload } = verifySignature(client_assertion, KEYS);
			return firstBroken({
				form: isFormPost(request),
				grant: grant_type === 'client_credentials',
				client_id: client_id === 'client-1',
				scope: scope === 'https://graph.microsoft.com/.default',
				alg: header.alg === 'PS256' && header.typ === 'JWT',
				'x5t#S256': header['x5t#S256'] === createHash('sha256').update(der).digest('base64url'),
				client: payload.iss === 'client-1' && payload.sub === 'client-1',
				aud: payload.aud === `${origin}/tenant-1/oauth2/v2.0/token`,
				jti: UUID.test(payload.jti),
				times: payload.nbf === payload.iat && payload.exp - payload.nbf <= 600,
			});
		},
		answer: standardAnswer,
	};
}
