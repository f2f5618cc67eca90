import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { VerificationKey } from '../../../playground/demo-api/verifyJws';

export type Json = Record<string, unknown>;

/** A request as a service sees it. */
export interface ServiceRequest {
	method: string;
	host: string;
	/** With its query. */
	path: string;
	headers: Record<string, unknown>;
	body: string;
}

export interface Jwt {
	header: Json;
	payload: Json & { iat: number; exp: number };
}

/** A service: what a person fills in, what the service checks, and what to say when it is wrong. */
export interface ServiceCase {
	/** Credential type. */
	type: string;
	/** The fields a person fills in, and no others. */
	form: Json;
	keys: VerificationKey[];
	/** Names that the stand-in needs a certificate for. */
	hosts: string[];
	/** What has to hold of a JWT. `now` is the service's own clock, seconds since 1970. */
	checks: (jwt: Jwt, now: number, request: ServiceRequest) => Record<string, boolean>;
	/** Where a JWT is traded. */
	exchange?: {
		/** Host and path. */
		at: string;
		/** What has to hold of the request beside the JWT. */
		checks: (request: ServiceRequest) => Record<string, boolean>;
		grant: (token: string) => Json;
		/** How it refuses; the name of what does not hold is in the answer where the service says it. */
		refuse: (broken: string) => { status: number; body: Json };
	};
	/** What has to hold of a request to the API beside its token. */
	apiChecks?: (request: ServiceRequest) => Record<string, boolean>;
	/** Host, path and query that Test Connection calls. */
	tested: string;
	/** An address that a workflow calls. */
	called: string;
	/** Fields with something wrong in them: what to fill in, and what the error has to speak of. */
	wrong: Record<string, { form: Json; says: RegExp }>;
}

export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
export const otherRsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
export const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
export const otherEc = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

export const pem = (key: KeyObject, type: 'pkcs1' | 'pkcs8' | 'sec1' = 'pkcs8') =>
	String(key.export({ type, format: 'pem' } as never));
export const publicHalf = (key: KeyObject): VerificationKey[] => [
	{ publicKey: createPublicKey(key) },
];

export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

export const formOf = ({ body }: ServiceRequest) => Object.fromEntries(new URLSearchParams(body));
export const isForm = ({ method, headers }: ServiceRequest) =>
	method === 'POST' && String(headers['content-type']).startsWith('application/x-www-form-urlenc');

export const oauthGrant = (token: string) => ({
	access_token: token,
	token_type: 'Bearer',
	expires_in: 3599,
});
export const oauthRefusal = (broken: string) => ({
	status: 400,
	body: { error: 'invalid_grant', error_description: broken },
});

/** Whether a JWT is of now: not from the future, not over, and no longer than a service allows. */
export const lives = ({ payload: { iat, exp } }: Jwt, now: number, most: number, skew = 5) => ({
	clock: iat <= now + skew && exp > now,
	lifetime: exp - iat <= most && exp <= now + most + skew,
});
