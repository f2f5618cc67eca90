import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { verifySignature } from '../../playground/demo-api/verifyJws';
import type { ExchangeVendor, TokenAnswer } from './exchangeVendors';
import { firstBroken, type RawRequest, type Vendor } from './vendors';

/** What every service here has registered: an issuer, a subject, an audience, and one key by its ID. */
export const ISSUER = 'https://n8n.example.com/webhook/oidc';
export const SUBJECT = 'workflow:invoices';
const AUDIENCE = 'https://audience.example.com';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const PRIVATE_KEY = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
const publicKey = createPublicKey(privateKey);
const thumbprint = calculateJwkThumbprint(publicKey.export({ format: 'jwk' }) as JWK);
let keyId = '';

/** Has to be called before a service checks: the ID of the key takes a moment to compute. */
export async function registerKey(): Promise<void> {
	keyId = await thumbprint;
}

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const CLIENT_ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const JWT_TYPE = 'urn:ietf:params:oauth:token-type:jwt';

type Fields = Record<string, string | undefined>;

const hasType = ({ headers }: RawRequest, type: string) =>
	String(headers['content-type']).startsWith(type);

/** The parameters of a token request that has to be a form. */
function formOf(request: RawRequest): Fields {
	if (!hasType(request, 'application/x-www-form-urlencoded')) throw new Error('not a form');
	return Object.fromEntries(new URLSearchParams(String(request.body)));
}

/** The same where it has to be JSON. */
function jsonOf(request: RawRequest): Fields {
	if (!hasType(request, 'application/json')) throw new Error('not JSON');
	return JSON.parse(String(request.body)) as Fields;
}

/** What is wrong with the JWT that a service was given, or undefined. */
export function checkJwt(jwt: string | undefined, audience: string, longest = 3600) {
	const { header, payload } = verifySignature(jwt ?? '', [{ publicKey }]);
	const now = Date.now() / 1000;
	return firstBroken({
		alg: header.alg === 'RS256',
		kid: header.kid === keyId,
		iss: payload.iss === ISSUER,
		sub: payload.sub === SUBJECT,
		aud: payload.aud === audience,
		iat: payload.iat <= now,
		exp: payload.exp > now && payload.exp <= now + longest,
	});
}

const VALUES = {
	YOUR_ISSUER: ISSUER,
	YOUR_SUBJECT: SUBJECT,
	YOUR_AUDIENCE: AUDIENCE,
	YOUR_PRIVATE_KEY: PRIVATE_KEY,
};

function answer(accessToken: string): TokenAnswer {
	return {
		status: 200,
		body: { access_token: accessToken, token_type: 'Bearer', expires_in: 3600 },
	};
}

/** Parameters that have to be there with these values, and no others. */
function exactly(fields: Fields, expected: Fields): string | undefined {
	const names = [...new Set([...Object.keys(fields), ...Object.keys(expected)])];
	return names.find((name) => fields[name] !== expected[name]);
}

/** openai-node: token exchange as JSON, with the IDs of provider and service account. */
export function openai(): ExchangeVendor {
	return {
		values: {
			...VALUES,
			YOUR_PROVIDER_ID: 'idp_1',
			YOUR_SERVICE_ACCOUNT_ID: 'svc_1',
		},
		tokenPath: '/oauth/token',
		check: (request) => {
			const { subject_token, ...others } = jsonOf(request);
			const problem = exactly(others, {
				grant_type: TOKEN_EXCHANGE,
				subject_token_type: JWT_TYPE,
				identity_provider_id: 'idp_1',
				service_account_id: 'svc_1',
			});
			const isBearer = request.headers.authorization !== undefined;
			return problem ?? (isBearer ? 'JWT as Bearer, too' : checkJwt(subject_token, AUDIENCE));
		},
		answer,
	};
}

/** anthropic-sdk-typescript: JWT bearer grant as JSON, with beta headers here and there. */
export function anthropic(): ExchangeVendor {
	return {
		values: { ...VALUES, YOUR_RULE_ID: 'fdrl_1', YOUR_ORGANIZATION_ID: 'org-1' },
		tokenPath: '/v1/oauth/token',
		check: (request) => {
			const { assertion, ...others } = jsonOf(request);
			const beta = 'oauth-2025-04-20,oidc-federation-2026-04-01';
			if (request.headers['anthropic-beta'] !== beta) return 'anthropic-beta';
			const problem = exactly(others, {
				grant_type: JWT_BEARER,
				federation_rule_id: 'fdrl_1',
				organization_id: 'org-1',
			});
			return problem ?? checkJwt(assertion, AUDIENCE);
		},
		answer,
		checkCall: ({ headers }) =>
			firstBroken({
				'anthropic-beta': headers['anthropic-beta'] === 'oauth-2025-04-20',
				'anthropic-version': headers['anthropic-version'] === '2023-06-01',
			}),
	};
}

/** openrouter.ai: token exchange as a form, with the ID of the policy. */
export function openrouter(): ExchangeVendor {
	return {
		values: { ...VALUES, YOUR_POLICY_ID: 'policy-1' },
		tokenPath: '/api/v1/oauth/token',
		check: (request) => {
			const { subject_token, ...others } = formOf(request);
			const problem = exactly(others, {
				grant_type: TOKEN_EXCHANGE,
				subject_token_type: JWT_TYPE,
				federation_policy_id: 'policy-1',
				scope: 'inference',
			});
			return problem ?? checkJwt(subject_token, AUDIENCE, 900);
		},
		answer,
	};
}

const PROVIDER =
	'//iam.googleapis.com/projects/123456/locations/global/workloadIdentityPools/pool/providers/n8n';

/** google-auth-library: token exchange at STS, with the provider as audience. */
export function googleWorkloadIdentity(): ExchangeVendor {
	return {
		values: {
			...VALUES,
			YOUR_PROJECT_NUMBER: '123456',
			YOUR_POOL: 'pool',
			YOUR_PROVIDER: 'n8n',
			YOUR_PROJECT_ID: 'project',
			YOUR_CLIENT_EMAIL: 'robot@project.iam.gserviceaccount.com',
		},
		tokenPath: '/v1/token',
		check: (request) => {
			const { subject_token, ...others } = formOf(request);
			const problem = exactly(others, {
				grant_type: TOKEN_EXCHANGE,
				subject_token_type: JWT_TYPE,
				requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
				audience: PROVIDER,
				scope: 'https://www.googleapis.com/auth/cloud-platform',
			});
			return problem ?? checkJwt(subject_token, `https:${PROVIDER}`);
		},
		answer,
	};
}

/** learn.microsoft.com: client credentials, the assertion being a JWT of another issuer. */
export function entraFederated(): ExchangeVendor {
	return {
		values: { ...VALUES, YOUR_TENANT_ID: 'tenant-1', YOUR_CLIENT_ID: 'client-1' },
		tokenPath: '/tenant-1/oauth2/v2.0/token',
		check: (request) => {
			const { client_assertion, ...others } = formOf(request);
			const problem = exactly(others, {
				grant_type: 'client_credentials',
				client_assertion_type: CLIENT_ASSERTION,
				client_id: 'client-1',
				scope: 'https://graph.microsoft.com/.default',
			});
			return problem ?? checkJwt(client_assertion, 'api://AzureADTokenExchange');
		},
		answer,
	};
}

/** databricks-sdk-go: token exchange with the application ID of the service principal. */
export function databricks(): ExchangeVendor {
	return {
		values: { ...VALUES, YOUR_CLIENT_ID: 'app-1', YOUR_HOST: 'dbc-1.cloud.databricks.com' },
		tokenPath: '/oidc/v1/token',
		check: (request) => {
			const { subject_token, ...others } = formOf(request);
			const problem = exactly(others, {
				grant_type: TOKEN_EXCHANGE,
				subject_token_type: JWT_TYPE,
				client_id: 'app-1',
				scope: 'all-apis',
			});
			return problem ?? checkJwt(subject_token, AUDIENCE);
		},
		answer,
	};
}

/** tailscale-client-go: a form of its own with `client_id` and `jwt`, no grant type. */
export function tailscale(): ExchangeVendor {
	return {
		values: { ...VALUES, YOUR_CLIENT_ID: 'k123' },
		tokenPath: '/api/v2/oauth/token-exchange',
		check: (request) => {
			const { jwt, ...others } = formOf(request);
			if (request.headers.authorization !== undefined) return 'JWT as Bearer, too';
			return exactly(others, { client_id: 'k123' }) ?? checkJwt(jwt, 'api.tailscale.com/k123');
		},
		answer,
	};
}

/** openbao.org: the JWT and a role as JSON, answered with a token for a header of its own. */
export function vault(): ExchangeVendor {
	return {
		values: { ...VALUES, YOUR_VAULT: 'vault.example.com', YOUR_ROLE: 'n8n' },
		tokenPath: '/v1/auth/jwt/login',
		check: (request) => {
			const { jwt, ...others } = jsonOf(request);
			if (request.headers.authorization !== undefined) return 'JWT as Bearer, too';
			return exactly(others, { role: 'n8n' }) ?? checkJwt(jwt, 'vault');
		},
		answer: (accessToken) => ({
			status: 200,
			body: { auth: { client_token: accessToken, lease_duration: 3600, renewable: true } },
		}),
		tokenHeader: 'x-vault-token',
	};
}

/** docs.snowflake.com: the JWT itself behind `WIF.OIDC.`, with the header that says so. */
export function snowflakeWorkloadIdentity(): Vendor & { values: Record<string, string> } {
	return {
		values: { ...VALUES, YOUR_HOST: 'acme' },
		credential: { privateKey: PRIVATE_KEY },
		request: { method: 'POST', path: '/api/v2/statements' },
		prefix: 'Bearer WIF.OIDC.',
		key: { publicKey },
		check: (_token, { headers }) => {
			const jwt = String(headers.authorization).slice('Bearer WIF.OIDC.'.length);
			const type = headers['x-snowflake-authorization-token-type'];
			if (type !== 'WORKLOAD_IDENTITY_FEDERATION') return 'token type';
			return checkJwt(jwt, 'snowflakecomputing.com');
		},
	};
}

/** docs.aws.amazon.com: an unsigned form with the JWT, answered in XML. */
export function awsSts(request: RawRequest, keys: Record<string, string>) {
	const { WebIdentityToken, ...others } = formOf(request);
	const problem =
		exactly(others, {
			Action: 'AssumeRoleWithWebIdentity',
			Version: '2011-06-15',
			RoleArn: 'arn:aws:iam::123456789012:role/n8n',
			RoleSessionName: 'n8n',
			DurationSeconds: '3600',
		}) ??
		(request.headers.authorization === undefined ? undefined : 'authorization') ??
		checkJwt(WebIdentityToken, 'sts.amazonaws.com');
	const members = Object.entries(keys).map(([name, value]) => `<${name}>${value}</${name}>`);
	const xml = `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleWithWebIdentityResult>
    <SubjectFromWebIdentityToken>${SUBJECT}</SubjectFromWebIdentityToken>
    <Credentials>${members.join('')}</Credentials>
  </AssumeRoleWithWebIdentityResult>
</AssumeRoleWithWebIdentityResponse>`;
	return { problem, xml };
}
