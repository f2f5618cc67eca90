import {
	createHash,
	createPublicKey,
	generateKeyPairSync,
	randomBytes,
	type KeyObject,
} from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { verifySignature, type VerificationKey } from '../../playground/demo-api/verifyJws';

/** A request as a server sees it. */
export interface RawRequest {
	method: string;
	/** Path and query. */
	url: string;
	headers: Record<string, string | string[] | undefined>;
	body: Buffer;
}

type Token = ReturnType<typeof verifySignature>;

/** One service: what a person fills in, what is sent, and what the service checks. */
export interface Vendor {
	/** Fields of a `jwtSignApi` credential. */
	credential: Record<string, unknown>;
	request: { method: string; path: string; body?: string; contentType?: string };
	/** Word in front of the token; Bearer unless the service has its own. */
	prefix?: string;
	key: VerificationKey;
	/** The service's own rules; what is wrong, or undefined. `host` is the one the server is called by. */
	check: (token: Token, request: RawRequest, host: string) => string | undefined;
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const ed25519 = generateKeyPairSync('ed25519').privateKey;

const pkcs8 = (key: KeyObject) => String(key.export({ type: 'pkcs8', format: 'pem' }));
const sha256Hex = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** The first rule that does not hold. */
export function firstBroken(rules: Record<string, boolean>): string | undefined {
	return Object.entries(rules).find(([, holds]) => !holds)?.[0];
}

/** A self-signed certificate, which node:crypto cannot make. */
export function certificateOf(key: KeyObject): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'jwt-auth-certificate-'));
	try {
		const file = path.join(folder, 'key.pem');
		const output = path.join(folder, 'certificate.pem');
		writeFileSync(file, pkcs8(key));
		execFileSync(
			'openssl',
			['req', '-x509', '-new', '-key', file, '-subj', '/CN=test', '-days', '2', '-out', output],
			{ stdio: 'ignore' },
		);
		return readFileSync(output, 'utf8');
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Coinbase App, docs.cdp.coinbase.com: ES256, `uri`, `nonce` in the header, two minutes. */
export function coinbase(): Vendor {
	const name = 'organizations/o-1/apiKeys/k-1';
	return {
		credential: {
			algorithm: 'ES256',
			// As the console shows it: SEC1 with literal \n.
			privateKey: String(p256.export({ type: 'sec1', format: 'pem' })).replace(/\n/g, '\\n'),
			payload: JSON.stringify({ sub: name, iss: 'cdp' }),
			expiresIn: '120s',
			keyId: name,
			useAdvanced: true,
			addNbf: true,
			requestBinding: {
				bindings: [
					{ target: 'payload', name: 'uri', value: 'methodHostPath' },
					{ target: 'header', name: 'nonce', value: 'nonceHex' },
				],
			},
		},
		request: { method: 'GET', path: '/api/v3/brokerage/accounts?limit=5' },
		key: { publicKey: createPublicKey(p256) },
		check: ({ header, payload }, request, host) =>
			firstBroken({
				alg: header.alg === 'ES256',
				kid: header.kid === name && payload.sub === name,
				nonce: /^[0-9a-f]{32}$/.test(header.nonce),
				lifetime: payload.exp - payload.iat === 120 && payload.nbf === payload.iat,
				uri: payload.uri === `${request.method} ${host}${request.url.split('?')[0]}`,
			}),
	};
}

/** Coinbase Developer Platform v2: Ed25519 key as 64 bytes of Base64, `uris` as a list. */
export function coinbaseCdp(): Vendor {
	const jwk = ed25519.export({ format: 'jwk' });
	const bytes = [jwk.d, jwk.x].map((part) => Buffer.from(part ?? '', 'base64url'));
	const base = coinbase();
	return {
		...base,
		credential: {
			...base.credential,
			algorithm: 'EdDSA',
			privateKey: Buffer.concat(bytes).toString('base64'),
			requestBinding: {
				bindings: [
					{ target: 'payload', name: 'uris[]', value: 'methodHostPath' },
					{ target: 'header', name: 'nonce', value: 'nonceHex' },
				],
			},
		},
		request: { method: 'POST', path: '/platform/v2/evm/accounts', body: '{"name":"main"}' },
		key: { publicKey: createPublicKey(ed25519) },
		check: ({ header, payload }, request, host) =>
			firstBroken({
				alg: header.alg === 'EdDSA',
				nonce: /^[0-9a-f]{32}$/.test(header.nonce),
				uris:
					JSON.stringify(payload.uris) ===
					JSON.stringify([`${request.method} ${host}${request.url.split('?')[0]}`]),
			}),
	};
}

/** Fireblocks, developers.fireblocks.com: path and query, nonce, hash of the raw body, X-API-Key. */
export function fireblocks(): Vendor {
	return {
		credential: {
			algorithm: 'RS256',
			privateKey: pkcs8(rsa),
			payload: JSON.stringify({ sub: 'api-key-1' }),
			expiresIn: '25',
			useAdvanced: true,
			additionalHeaders: JSON.stringify({ 'X-API-Key': 'api-key-1' }),
			requestBinding: {
				bindings: [
					{ target: 'payload', name: 'uri', value: 'pathQuery' },
					{ target: 'payload', name: 'nonce', value: 'uuid' },
					{ target: 'payload', name: 'bodyHash', value: 'bodySha256Hex' },
				],
			},
		},
		request: {
			method: 'POST',
			path: '/v1/transactions?dry=true&note=a%20b',
			body: '{ "amount": "1.50", "note": "Grüße \\"x\\" {}" }',
		},
		key: { publicKey: createPublicKey(rsa) },
		check: ({ payload }, request) =>
			firstBroken({
				'X-API-Key': request.headers['x-api-key'] === payload.sub,
				lifetime: payload.exp - payload.iat < 30,
				nonce: typeof payload.nonce === 'string' && payload.nonce.length > 8,
				uri: payload.uri === request.url,
				bodyHash: payload.bodyHash === sha256Hex(request.body),
			}),
	};
}

/** Ghost Admin API, docs.ghost.org: `id:secret` with a hex secret, prefix Ghost. */
export function ghost(): Vendor {
	const id = randomBytes(12).toString('hex');
	const secret = randomBytes(32);
	return {
		credential: {
			algorithm: 'HS256',
			secret: `${id}:${secret.toString('hex')}`,
			payload: '{ "aud": "/admin/" }',
			expiresIn: '5m',
			useAdvanced: true,
			keyEncoding: 'hex',
			headerPrefix: 'Ghost',
		},
		prefix: 'Ghost',
		request: { method: 'GET', path: '/ghost/api/admin/posts/' },
		key: { secret },
		check: ({ header, payload }) =>
			firstBroken({
				kid: header.kid === id,
				aud: payload.aud === '/admin/',
				lifetime: payload.exp - payload.iat <= 300,
			}),
	};
}

/** Snowflake key-pair JWT, docs.snowflake.com: fingerprint of the public key inside `iss`. */
export function snowflake(): Vendor {
	const spki = createPublicKey(rsa).export({ type: 'spki', format: 'der' });
	const fingerprint = `SHA256:${createHash('sha256').update(spki).digest('base64')}`;
	return {
		credential: {
			algorithm: 'RS256',
			privateKey: String(
				rsa.export({
					type: 'pkcs8',
					format: 'pem',
					cipher: 'aes-256-cbc',
					passphrase: 'open sesame',
				}),
			),
			payload: '{ "iss": "ACME.ETL.{publicKeyFingerprint}", "sub": "ACME.ETL" }',
			expiresIn: '59m',
			useAdvanced: true,
			keyPassphrase: 'open sesame',
			additionalHeaders: '{ "X-Snowflake-Authorization-Token-Type": "KEYPAIR_JWT" }',
		},
		request: { method: 'POST', path: '/api/v2/statements', body: '{"statement":"select 1"}' },
		key: { publicKey: createPublicKey(rsa) },
		check: ({ payload }, request) =>
			firstBroken({
				iss: payload.iss === `ACME.ETL.${fingerprint}`,
				sub: payload.sub === 'ACME.ETL',
				lifetime: payload.exp - payload.iat <= 3600,
				type: request.headers['x-snowflake-authorization-token-type'] === 'KEYPAIR_JWT',
			}),
	};
}

/** Entra ID certificate credential, learn.microsoft.com: PS256, `x5t#S256`, `jti`, `nbf`. */
export function entra(): Vendor {
	const certificate = certificateOf(rsa);
	const der = Buffer.from(certificate.replace(/-----[^-]+-----|\s/g, ''), 'base64');
	const audience = 'https://login.microsoftonline.com/tenant/oauth2/v2.0/token';
	return {
		credential: {
			algorithm: 'PS256',
			privateKey: pkcs8(rsa),
			payload: JSON.stringify({ iss: 'client-1', sub: 'client-1', aud: audience }),
			expiresIn: '10m',
			useAdvanced: true,
			x509: certificate,
			addNbf: true,
			addJti: true,
		},
		request: { method: 'GET', path: '/v1.0/me' },
		key: { publicKey: createPublicKey(rsa) },
		check: ({ header, payload }) =>
			firstBroken({
				alg: header.alg === 'PS256' && header.typ === 'JWT',
				'x5t#S256': header['x5t#S256'] === createHash('sha256').update(der).digest('base64url'),
				jti: /^[0-9a-f-]{36}$/.test(payload.jti),
				times: payload.nbf === payload.iat && payload.exp - payload.nbf <= 600,
				aud: payload.aud === audience,
			}),
	};
}

/** Vapi, docs.vapi.ai: HS256 with a short opaque key, nested `token` claim, one hour. */
export function vapi(): Vendor {
	const secret = '7f3c2a51-4f7e-4c0a';
	return {
		credential: {
			algorithm: 'HS256',
			secret,
			payload: JSON.stringify({ orgId: 'org-1', token: { tag: 'private' } }),
			expiresIn: '1h',
			useAdvanced: true,
			allowShortKey: true,
		},
		request: { method: 'GET', path: '/assistant' },
		key: { secret },
		check: ({ payload }) =>
			firstBroken({
				orgId: payload.orgId === 'org-1',
				tag: payload.token.tag === 'private',
				lifetime: payload.exp - payload.iat === 3600,
			}),
	};
}

/** The Brief, docs.thebrief.ai: HS256, `clientId` and `iat`, no `exp`. */
export function theBrief(): Vendor {
	const secret = randomBytes(20).toString('hex');
	return {
		credential: {
			algorithm: 'HS256',
			secret,
			payload: '{ "clientId": "client-1", "exp": null }',
		},
		request: { method: 'GET', path: '/v1/exports' },
		key: { secret },
		check: ({ payload }) =>
			firstBroken({
				claims: Object.keys(payload).sort().join() === 'clientId,iat',
				clientId: payload.clientId === 'client-1',
			}),
	};
}

/** App Store Connect, developer.apple.com: ES256, `kid`, at most 20 minutes, no `iat` to come. */
export function appStoreConnect(): Vendor {
	return {
		credential: {
			algorithm: 'ES256',
			// A .p8 file: PKCS#8, unencrypted.
			privateKey: pkcs8(p256),
			payload: '{ "iss": "issuer-1", "aud": "appstoreconnect-v1" }',
			expiresIn: '20m',
			keyId: '2X9R4HXF34',
		},
		request: { method: 'GET', path: '/v1/apps?limit=5' },
		key: { publicKey: createPublicKey(p256) },
		check: ({ header, payload }) =>
			firstBroken({
				alg: header.alg === 'ES256' && header.typ === 'JWT',
				kid: header.kid === '2X9R4HXF34',
				iss: payload.iss === 'issuer-1',
				aud: payload.aud === 'appstoreconnect-v1',
				iat: payload.iat <= Date.now() / 1000,
				lifetime: payload.exp - payload.iat <= 1200,
			}),
	};
}

export const VENDORS: Record<string, () => Vendor> = {
	'Coinbase App': coinbase,
	'Coinbase CDP': coinbaseCdp,
	Fireblocks: fireblocks,
	Ghost: ghost,
	Snowflake: snowflake,
	'Entra ID': entra,
	'App Store Connect': appStoreConnect,
	Vapi: vapi,
	'The Brief': theBrief,
};

/** Judges a request as the vendor would: signature first, then its own rules. */
export function judge(vendor: Vendor, request: RawRequest): string | undefined {
	const sent = String(request.headers.authorization ?? '');
	const prefix = vendor.prefix ?? 'Bearer';
	const start = prefix.endsWith('.') ? prefix : `${prefix} `;
	if (!sent.startsWith(start)) return 'prefix';
	const token = sent.slice(start.length);
	try {
		const verified = verifySignature(token, [vendor.key]);
		return vendor.check(verified, request, String(request.headers.host));
	} catch (error) {
		return error instanceof Error ? error.message : 'broken';
	}
}
