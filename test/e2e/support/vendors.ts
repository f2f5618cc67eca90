import { createVerify, randomBytes, type KeyObject } from 'node:crypto';
import type { Answer, Arrived } from './tokenServer';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Header and claims of an RS256 token whose signature is good. */
function verified(jwt: string, publicKey: KeyObject) {
	const [header = '', payload = '', signature = ''] = jwt.split('.');
	const good = createVerify('sha256')
		.update(`${header}.${payload}`)
		.verify(publicKey, Buffer.from(signature, 'base64url'));
	const decode = (part: string) =>
		JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
	return good ? { header: decode(header), claims: decode(payload) } : undefined;
}

const seconds = () => Math.floor(Date.now() / 1000);

/** POST /app/installations/{id}/access_tokens, with GitHub's own words. */
export function gitHub(publicKey: KeyObject, clientId: string) {
	return (request: Arrived): Answer => {
		const refuse = (message: string): Answer => ({
			status: 401,
			body: { message, documentation_url: 'https://docs.github.com/rest' },
		});
		if (request.method !== 'POST' || request.path !== '/app/installations/42/access_tokens') {
			return { status: 404, body: { message: 'Not Found' } };
		}
		if (!request.headers['user-agent']) return { status: 403, body: 'needs a User-Agent' };
		const jwt = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
		const token = verified(jwt, publicKey);
		if (!token) return refuse('A JSON web token could not be decoded');
		const { iat, exp, iss } = token.claims as { iat: number; exp: number; iss: string };
		if (iat > seconds())
			return refuse(
				"'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
			);
		if (exp - seconds() > 600) {
			return refuse("'Expiration time' claim ('exp') is too far in the future");
		}
		if (iss !== clientId) return refuse("'Issuer' claim ('iss') must be an Integer");
		return {
			status: 201,
			body: {
				token: `ghs_${randomBytes(18).toString('hex')}`,
				expires_at: new Date(Date.now() + 3600_000).toISOString().replace(/\.\d+Z/, 'Z'),
				permissions: { issues: 'write' },
				repository_selection: 'selected',
				sent: request.body === '' ? undefined : (JSON.parse(request.body) as unknown),
			},
		};
	};
}

/** https://oauth2.googleapis.com/token; with a target_audience it gives an ID token instead. */
export function google(publicKey: KeyObject, audience: () => string) {
	return (request: Arrived): Answer => {
		const form = new URLSearchParams(request.body);
		const refuse = (error: string, description: string): Answer => ({
			status: 400,
			body: { error, error_description: description },
		});
		if (request.headers['content-type'] !== 'application/x-www-form-urlencoded') {
			return refuse('invalid_request', 'Bad Content-Type');
		}
		if ([...form.keys()].sort().join() !== 'assertion,grant_type') {
			return refuse('invalid_request', `Parameters: ${[...form.keys()].join()}`);
		}
		if (form.get('grant_type') !== JWT_BEARER)
			return refuse('unsupported_grant_type', 'Invalid grant_type');
		const token = verified(form.get('assertion') ?? '', publicKey);
		if (!token) return refuse('invalid_grant', 'Invalid JWT Signature.');
		const { claims } = token;
		if (claims.aud !== audience()) return refuse('invalid_grant', 'Invalid JWT: aud');
		if (Number(claims.exp) - Number(claims.iat) > 3600) {
			return refuse('invalid_grant', 'Invalid JWT: Token must be a short-lived token');
		}
		if (typeof claims.target_audience === 'string') {
			const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
			const exp = seconds() + 3600;
			return {
				body: {
					id_token: `${part({ alg: 'RS256' })}.${part({ aud: claims.target_audience, exp })}.c2ln`,
				},
			};
		}
		if (!claims.scope)
			return refuse('invalid_scope', 'Invalid OAuth scope or ID token audience provided.');
		return {
			body: {
				access_token: `ya29.${randomBytes(18).toString('base64url')}`,
				expires_in: 3599,
				token_type: 'Bearer',
			},
		};
	};
}

/** /services/oauth2/token of Salesforce; the answer has no expiry, but the address of the API. */
export function salesforce(publicKey: KeyObject, instanceUrl: () => string) {
	return (request: Arrived): Answer => {
		const form = new URLSearchParams(request.body);
		const refuse = (description: string): Answer => ({
			status: 400,
			body: { error: 'invalid_grant', error_description: description },
		});
		if (form.get('grant_type') !== JWT_BEARER) return refuse('unsupported grant type');
		const token = verified(form.get('assertion') ?? '', publicKey);
		if (!token) return refuse('invalid assertion');
		const { claims } = token;
		if (claims.aud !== 'https://login.salesforce.com') return refuse('audience is invalid');
		if (Number(claims.exp) - seconds() > 300) return refuse('expired authorization code');
		if (claims.sub !== 'approved@example.com') return refuse("user hasn't approved this consumer");
		return {
			body: {
				access_token: `00D!${randomBytes(18).toString('base64url')}`,
				scope: 'api',
				instance_url: instanceUrl(),
				id: 'https://login.salesforce.com/id/00D/005',
				token_type: 'Bearer',
			},
		};
	};
}
