import { createHmac, generateKeyPairSync, verify, constants, type KeyObject } from 'node:crypto';

/** What a token endpoint answers; an object is sent as JSON. */
interface Answer {
	status?: number;
	headers?: Record<string, string>;
	body?: unknown;
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const SECRET = 'tableau-secret-value-0123456789abcdef';

const pem = (key: KeyObject) => String(key.export({ type: 'pkcs8', format: 'pem' }));
const RS256 = { algorithm: 'RS256', privateKey: pem(rsa.privateKey) };
const PS256 = { ...RS256, algorithm: 'PS256' };
const ES256 = { algorithm: 'ES256', privateKey: pem(ec.privateKey) };

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const JWT_TYPE = 'urn:ietf:params:oauth:token-type:jwt';
export const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]+/g;

/** Whether the signature of a JWT is that of one of the keys above. */
export function isSigned(jwt: string): boolean {
	const [header = '', payload = '', signature = ''] = jwt.split('.');
	const { alg } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg: string };
	const input = Buffer.from(`${header}.${payload}`);
	const bytes = Buffer.from(signature, 'base64url');
	if (alg === 'HS256')
		return createHmac('sha256', SECRET).update(input).digest('base64url') === signature;
	if (alg === 'ES256') {
		return verify('sha256', input, { key: ec.publicKey, dsaEncoding: 'ieee-p1363' }, bytes);
	}
	const padding = alg === 'PS256' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
	return verify('sha256', input, { key: rsa.publicKey, padding, saltLength: 32 }, bytes);
}

/** A service as services.md has it: what is filled in, what it takes, what it answers and is sent. */
export interface Service {
	data: Record<string, unknown>;
	/** Body as it has to arrive, with the JWT as `<jwt>`; a form is written as an object. */
	body: Record<string, unknown>;
	format: 'form' | 'json';
	claims: Record<string, unknown>;
	answer: Answer;
	/** Header of the call of the API. */
	sent: [name: string, value: string];
	/** Headers of the token request. */
	headers?: Record<string, string>;
}

const workload = { iss: 'https://n8n.example.com', sub: 'n8n' };
const standard = (token: string): Answer => ({
	body: { access_token: token, token_type: 'Bearer', expires_in: 3600 },
});

export const SERVICES: Record<string, Service> = {
	'Yandex Cloud': {
		data: {
			...PS256,
			grant: 'custom',
			payload: '{"iss":"service-account","aud":"https://iam.api.cloud.yandex.net/iam/v1/tokens"}',
			bodyParameters: '{"jwt":"{assertion}"}',
			responseField: 'iamToken',
			expiryField: 'expiresAt',
		},
		format: 'json',
		body: { jwt: '<jwt>' },
		claims: { iss: 'service-account', aud: 'https://iam.api.cloud.yandex.net/iam/v1/tokens' },
		answer: { body: { iamToken: 't1.yandex', expiresAt: '2099-01-01T00:00:00.123456789Z' } },
		sent: ['authorization', 'Bearer t1.yandex'],
	},
	Tableau: {
		data: {
			algorithm: 'HS256',
			secret: SECRET,
			keyId: 'secret-id',
			grant: 'custom',
			payload:
				'{"iss":"client-id","sub":"me@example.com","aud":"tableau","scp":["tableau:content:read"]}',
			bodyParameters: '{"credentials":{"jwt":"{assertion}","site":{"contentUrl":""}}}',
			responseField: 'credentials.token',
			expiryField: 'credentials.estimatedTimeToExpiration',
			useAdvanced: true,
			headerName: 'X-Tableau-Auth',
			headerPrefix: '',
		},
		format: 'json',
		body: { credentials: { jwt: '<jwt>', site: { contentUrl: '' } } },
		claims: { aud: 'tableau', scp: ['tableau:content:read'], jti: expect.any(String) },
		answer: { body: { credentials: { token: 'tab|1', estimatedTimeToExpiration: '229:17:10' } } },
		sent: ['x-tableau-auth', 'tab|1'],
	},
	Vault: {
		data: {
			...RS256,
			grant: 'custom',
			payload: JSON.stringify({ ...workload, aud: 'vault' }),
			bodyParameters: '{"jwt":"{assertion}","role":"n8n"}',
			responseField: 'auth.client_token',
			expiryField: 'auth.lease_duration',
			useAdvanced: true,
			headerName: 'X-Vault-Token',
			headerPrefix: '',
			exchangeHeaders: '{"X-Vault-Namespace":"team"}',
		},
		format: 'json',
		body: { jwt: '<jwt>', role: 'n8n' },
		headers: { 'x-vault-namespace': 'team' },
		claims: { ...workload, aud: 'vault' },
		answer: { body: { auth: { client_token: 'hvs.1', lease_duration: 3600 } } },
		sent: ['x-vault-token', 'hvs.1'],
	},
	'Apple Ads': {
		data: {
			...ES256,
			grant: 'clientCredentials',
			clientId: 'SEARCHADS.1',
			scope: 'searchadsorg',
			payload: '{"iss":"team","aud":"https://appleid.apple.com"}',
			useAdvanced: true,
			bodyParameters: '{"client_secret":"{assertion}"}',
			additionalHeaders: '{"X-AP-Context":"adAccountId=1"}',
		},
		format: 'form',
		body: {
			grant_type: 'client_credentials',
			client_id: 'SEARCHADS.1',
			client_secret: '<jwt>',
			scope: 'searchadsorg',
		},
		claims: { iss: 'team', sub: 'SEARCHADS.1', aud: 'https://appleid.apple.com' },
		answer: standard('apple-1'),
		sent: ['authorization', 'Bearer apple-1'],
	},
	'Matrix (Synapse)': {
		data: {
			...RS256,
			grant: 'custom',
			payload: JSON.stringify({ ...workload, aud: 'matrix' }),
			bodyParameters: '{"type":"org.matrix.login.jwt","token":"{assertion}","refresh_token":true}',
		},
		format: 'json',
		body: { type: 'org.matrix.login.jwt', token: '<jwt>', refresh_token: true },
		claims: { ...workload, aud: 'matrix' },
		answer: { body: { access_token: 'syt_1', expires_in_ms: 86_399_994, device_id: 'D' } },
		sent: ['authorization', 'Bearer syt_1'],
	},
	'Firebase custom token': {
		data: {
			...RS256,
			grant: 'custom',
			payload: JSON.stringify({ ...workload, aud: 'identitytoolkit', uid: 'u-1' }),
			bodyParameters: '{"token":"{assertion}","returnSecureToken":true}',
			responseField: 'idToken',
			expiryField: 'expiresIn',
		},
		format: 'json',
		body: { token: '<jwt>', returnSecureToken: true },
		claims: { uid: 'u-1' },
		answer: { body: { idToken: 'firebase.1', refreshToken: 'r', expiresIn: '3600' } },
		sent: ['authorization', 'Bearer firebase.1'],
	},
	Tailscale: {
		data: {
			...RS256,
			grant: 'custom',
			payload: JSON.stringify({ ...workload, aud: 'api.tailscale.com/client-1' }),
			bodyParameters: '{"client_id":"client-1","jwt":"{assertion}"}',
			useAdvanced: true,
			bodyFormat: 'form',
		},
		format: 'form',
		body: { client_id: 'client-1', jwt: '<jwt>' },
		claims: { ...workload, aud: 'api.tailscale.com/client-1' },
		answer: standard('tskey-1'),
		sent: ['authorization', 'Bearer tskey-1'],
	},
	'AWS STS': {
		data: {
			...RS256,
			grant: 'custom',
			payload: JSON.stringify({ ...workload, aud: 'sts.amazonaws.com' }),
			bodyParameters: JSON.stringify({
				Action: 'AssumeRoleWithWebIdentity',
				Version: '2011-06-15',
				RoleArn: 'arn:aws:iam::1:role/n8n',
				RoleSessionName: 'n8n',
				WebIdentityToken: '{assertion}',
			}),
			responseField:
				'AssumeRoleWithWebIdentityResponse.AssumeRoleWithWebIdentityResult.Credentials.SessionToken',
			expiryField:
				'AssumeRoleWithWebIdentityResponse.AssumeRoleWithWebIdentityResult.Credentials.Expiration',
			useAdvanced: true,
			bodyFormat: 'form',
		},
		format: 'form',
		body: {
			Action: 'AssumeRoleWithWebIdentity',
			Version: '2011-06-15',
			RoleArn: 'arn:aws:iam::1:role/n8n',
			RoleSessionName: 'n8n',
			WebIdentityToken: '<jwt>',
		},
		claims: { ...workload, aud: 'sts.amazonaws.com' },
		answer: {
			headers: { 'content-type': 'text/xml' },
			body: `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
<AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>ASIA1</AccessKeyId>
<SessionToken>session/1+==</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>
</Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
		},
		sent: ['authorization', 'Bearer session/1+=='],
	},
	OpenAI: {
		data: {
			...RS256,
			grant: 'tokenExchange',
			payload: JSON.stringify({ ...workload, aud: 'https://api.openai.com/v1' }),
			bodyParameters: '{"identity_provider_id":"idp_1","service_account_id":"sa_1"}',
			useAdvanced: true,
			bodyFormat: 'json',
		},
		format: 'json',
		body: {
			grant_type: TOKEN_EXCHANGE,
			subject_token: '<jwt>',
			subject_token_type: JWT_TYPE,
			identity_provider_id: 'idp_1',
			service_account_id: 'sa_1',
		},
		claims: workload,
		answer: standard('openai-1'),
		sent: ['authorization', 'Bearer openai-1'],
	},
	Anthropic: {
		data: {
			...RS256,
			grant: 'jwtBearer',
			payload: JSON.stringify({ ...workload, aud: 'https://api.anthropic.com' }),
			useAdvanced: true,
			bodyFormat: 'json',
			bodyParameters: '{"federation_rule_id":"fdrl_1","organization_id":"org-1"}',
			exchangeHeaders: '{"anthropic-beta":"oauth-2025-04-20,oidc-federation-2026-04-01"}',
		},
		format: 'json',
		body: {
			grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
			assertion: '<jwt>',
			federation_rule_id: 'fdrl_1',
			organization_id: 'org-1',
		},
		headers: { 'anthropic-beta': 'oauth-2025-04-20,oidc-federation-2026-04-01' },
		claims: { ...workload, iat: expect.any(Number) },
		answer: standard('anthropic-1'),
		sent: ['authorization', 'Bearer anthropic-1'],
	},
	'Google STS': {
		data: {
			...RS256,
			grant: 'tokenExchange',
			payload: JSON.stringify({ ...workload, aud: 'https://iam.googleapis.com/p' }),
			audience: '//iam.googleapis.com/p',
			scope: 'https://www.googleapis.com/auth/cloud-platform',
			useAdvanced: true,
			requestedType: 'urn:ietf:params:oauth:token-type:access_token',
		},
		format: 'form',
		body: {
			grant_type: TOKEN_EXCHANGE,
			subject_token: '<jwt>',
			subject_token_type: JWT_TYPE,
			audience: '//iam.googleapis.com/p',
			scope: 'https://www.googleapis.com/auth/cloud-platform',
			requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
		},
		claims: { ...workload, aud: 'https://iam.googleapis.com/p' },
		answer: {
			body: {
				access_token: 'ya29.1',
				issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
				token_type: 'Bearer',
				expires_in: 3599,
			},
		},
		sent: ['authorization', 'Bearer ya29.1'],
	},
	'Entra federated': {
		data: {
			...RS256,
			grant: 'clientCredentials',
			clientId: 'app-1',
			scope: 'https://graph.microsoft.com/.default',
			payload: JSON.stringify({ ...workload, aud: 'api://AzureADTokenExchange' }),
		},
		format: 'form',
		body: {
			grant_type: 'client_credentials',
			client_id: 'app-1',
			scope: 'https://graph.microsoft.com/.default',
			client_assertion: '<jwt>',
			client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
		},
		claims: { ...workload, aud: 'api://AzureADTokenExchange' },
		answer: standard('entra-1'),
		sent: ['authorization', 'Bearer entra-1'],
	},
	Databricks: {
		data: {
			...RS256,
			grant: 'tokenExchange',
			clientId: 'principal-1',
			scope: 'all-apis',
			payload: JSON.stringify({ ...workload, aud: 'account-1' }),
		},
		format: 'form',
		body: {
			grant_type: TOKEN_EXCHANGE,
			subject_token: '<jwt>',
			subject_token_type: JWT_TYPE,
			scope: 'all-apis',
			client_id: 'principal-1',
		},
		claims: { ...workload, aud: 'account-1' },
		answer: standard('dapi-1'),
		sent: ['authorization', 'Bearer dapi-1'],
	},
};
