import {
	createHash,
	createPublicKey,
	generateKeyPairSync,
	randomUUID,
	sign,
	type KeyObject,
} from 'node:crypto';
import { appleLikeChain, CA, issue, LEAF, x5cOf } from '../core/support/certificateChains';
import { certificate, publicPem } from '../core/support/keyFixtures';
import { signByHand } from '../core/support/tokens';

type Members = Record<string, unknown>;

/** A token that must not get in, and the reason that is to be given. */
export interface Forged {
	what: string;
	token: string;
	reason: string;
}

/** A service that issues tokens, as a recipe for verifying describes it. */
export interface TokenIssuer {
	/** What stands for the `YOUR_…` words of the page. */
	words: Record<string, string>;
	/** What it publishes, by address. */
	documents: Record<string, unknown>;
	/** Tokens as it makes them. */
	good: string[];
	forged: Forged[];
	/** The item that a token arrives in. */
	item: (token: string) => Members;
	/** Parameters that a test cannot take from the page: keys that only the service has. */
	parameters?: Members;
	/** Fields of the credential, where the recipe wants one. */
	credential?: Members;
	/** The body that came with the token, which it is bound to. */
	body?: Buffer;
}

const rsaKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ecKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const jwkOf = (key: KeyObject, members: object = {}) => ({
	...createPublicKey(key).export({ format: 'jwk' }),
	...members,
});

const [RSA, OTHER_RSA, EC, OTHER_EC] = [rsaKey(), rsaKey(), ecKey(), ecKey()];
const KID = 'key-1';
const now = Math.floor(Date.now() / 1000);
const TIMES = { iat: now - 5, exp: now + 300 };
const jwks = (key = RSA) => ({
	keys: [jwkOf(key, { kid: KID, use: 'sig', alg: key === RSA ? 'RS256' : 'ES256' })],
});

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const header = (name: string) => (token: string) => ({ headers: { [name]: token } });

/** Puts every address in a value elsewhere, names of members included. */
function moved<T>(value: T, origin: string): T {
	const move = (inner: unknown): unknown => {
		if (typeof inner === 'string') return inner.replaceAll('https:/', origin);
		if (Array.isArray(inner)) return inner.map(move);
		if (typeof inner !== 'object' || inner === null) return inner;
		return Object.fromEntries(
			Object.entries(inner).map(([name, member]) => [move(name), move(member)]),
		);
	};
	return move(value) as T;
}

/** What one kind of token is like. */
interface Kind {
	words: Record<string, string>;
	documents: Record<string, unknown>;
	claims: Members;
	/** Claims of further good tokens. */
	variants?: Members[];
	/** Claims that make a token one that must not get in; undefined takes one out. */
	refused?: Array<[what: string, claims: Members, reason: string]>;
	header?: Members;
	algorithm?: 'RS256' | 'ES256';
	item?: (token: string) => Members;
}

/** Makes tokens of a kind, and forges them in the ways that work for every issuer. */
function issuerOf({
	words,
	documents,
	claims,
	variants = [],
	refused = [],
	...kind
}: Kind): TokenIssuer {
	const { algorithm = 'RS256', item = bearer } = kind;
	const [own, foreign] = algorithm === 'RS256' ? [RSA, OTHER_RSA] : [EC, OTHER_EC];
	const head = { alg: algorithm, typ: 'JWT', kid: KID, ...kind.header };
	const make = (more: Members = {}, key = own, headers: Members = {}) =>
		signByHand({ ...head, ...headers }, { ...TIMES, ...claims, ...more }, key, algorithm);
	const general: Array<[string, Members, string]> = [
		['that has expired', { iat: now - 7200, exp: now - 3600 }, 'TOKEN_EXPIRED'],
		['of another issuer', { iss: 'https://evil.example/' }, 'ISSUER_MISMATCH'],
	];
	if ('aud' in claims)
		general.push(['for another audience', { aud: 'other' }, 'AUDIENCE_MISMATCH']);
	return {
		words,
		documents,
		item,
		good: [{}, ...variants].map((more) => make(more)),
		forged: [
			{ what: 'signed by somebody else', token: make({}, foreign), reason: 'SIGNATURE_INVALID' },
			{
				what: 'with the key in its header',
				token: make({}, foreign, { jwk: jwkOf(foreign) }),
				reason: 'SIGNATURE_INVALID',
			},
			{
				what: 'of an unknown key',
				token: make({}, foreign, { kid: 'x' }),
				reason: 'KEY_NOT_FOUND',
			},
			{
				what: 'without signature',
				token: `${make({}, own, { alg: 'none' }).split('.').slice(0, 2).join('.')}.`,
				reason: 'ALGORITHM_NOT_ALLOWED',
			},
			...[...general, ...refused].map(([what, more, reason]) => ({
				what,
				token: make(more),
				reason,
			})),
		],
	};
}

/** The metadata and the keys of an issuer. */
function discovery(issuer: string, jwksUrl: string, key = RSA, more: unknown[] = []) {
	const known = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
	return {
		[known]: { issuer, jwks_uri: jwksUrl },
		[jwksUrl]: { keys: [...jwks(key).keys, ...more] },
	};
}

const [TENANT, SECOND_TENANT, STRANGE_TENANT] = [randomUUID(), randomUUID(), randomUUID()];
const entra = (tenant: string) => `https://login.microsoftonline.com/${tenant}/v2.0`;
const entraKeys = (tenant: string) =>
	discovery(entra(tenant), `https://login.microsoftonline.com/${tenant}/discovery/v2.0/keys`);
const entraClaims = (tid: string) => ({
	aud: 'b14a7505-96e9-4927-91e8-0601d0fc9caa',
	iss: entra(tid),
	nbf: TIMES.iat,
	azp: randomUUID(),
	azpacr: '1',
	oid: randomUUID(),
	roles: ['Orders.Read'],
	sub: randomUUID(),
	tid,
	ver: '2.0',
});

const GOOGLE_KEYS = { 'https://www.googleapis.com/oauth2/v3/certs': jwks() };
const googleClaims = {
	iss: 'https://accounts.google.com',
	azp: '1234.apps.googleusercontent.com',
	aud: '1234.apps.googleusercontent.com',
	sub: '110169484474386276334',
	email: 'ann@example.com',
	email_verified: true,
};
const bare = { iss: 'accounts.google.com' };

const ALB_KEY_ID = randomUUID();
const ALB_ARN =
	'arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188';

/** A token as an AWS load balancer writes it: padded, with issuer, client and expiry in the header. */
function albToken(more: Members = {}, key = EC): string {
	const padded = (bytes: Buffer) => {
		const text = bytes.toString('base64url');
		return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
	};
	const head = {
		typ: 'JWT',
		kid: ALB_KEY_ID,
		alg: 'ES256',
		iss: 'https://idp.example',
		client: 'alb-client',
		signer: ALB_ARN,
		exp: TIMES.exp,
		...more,
	};
	const payload = {
		sub: 'ann',
		email: 'ann@example.com',
		username: 'ann',
		exp: TIMES.exp,
		iss: 'https://idp.example',
	};
	const input = [head, payload].map((part) => padded(Buffer.from(JSON.stringify(part)))).join('.');
	return `${input}.${padded(sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }))}`;
}

function albIssuer(origin: string): TokenIssuer {
	const iss = moved('https://idp.example', origin);
	const forged = (what: string, more: Members, reason: string, key = EC) => ({
		what,
		token: albToken({ iss, ...more }, key),
		reason,
	});
	return {
		words: {
			YOUR_LOAD_BALANCER_ARN: ALB_ARN,
			YOUR_CLIENT_ID: 'alb-client',
			YOUR_ISSUER: iss,
		},
		documents: moved(
			{ [`https://public-keys.auth.elb.eu-central-1.amazonaws.com/${ALB_KEY_ID}`]: publicPem(EC) },
			origin,
		),
		item: header('x-amzn-oidc-data'),
		good: [albToken({ iss })],
		forged: [
			forged('signed by somebody else', {}, 'SIGNATURE_INVALID', OTHER_EC),
			forged(
				'of somebody else’s load balancer',
				{ signer: ALB_ARN.replace('123456789012', '210987654321') },
				'ISSUER_MISMATCH',
			),
			forged('for another client', { client: 'other' }, 'AUDIENCE_MISMATCH'),
			forged('of another identity provider', { iss: 'https://evil.example' }, 'ISSUER_MISMATCH'),
			forged('that has expired', { exp: now - 3600 }, 'TOKEN_EXPIRED'),
			forged('whose key ID leads elsewhere', { kid: `../${ALB_KEY_ID}` }, 'KEY_NOT_FOUND'),
		],
	};
}

function appStoreIssuer(): TokenIssuer {
	const { root, intermediate, leaf } = appleLikeChain();
	const foreign = appleLikeChain();
	const developer = issue({ issuer: root, subject: '/CN=Some developer', extensions: LEAF });
	const own = issue({ issuer: root, subject: '/CN=Other', extensions: CA });
	const make = (data: Members = {}, x5c = x5cOf(leaf, intermediate, root), key = leaf.key) =>
		signByHand(
			{ alg: 'ES256', x5c },
			{
				notificationType: 'DID_RENEW',
				notificationUUID: randomUUID(),
				version: '2.0',
				signedDate: Date.now(),
				data: { appAppleId: 1234, bundleId: 'com.example.app', environment: 'Production', ...data },
			},
			key,
			'ES256',
		);
	return {
		words: { YOUR_BUNDLE_ID: 'com.example.app' },
		documents: {},
		parameters: { rootCertificates: root.certificate },
		item: (token) => ({ body: { signedPayload: token } }),
		good: [make()],
		forged: [
			{
				what: 'signed by somebody else',
				token: make({}, undefined, OTHER_EC),
				reason: 'SIGNATURE_INVALID',
			},
			{
				what: 'of a foreign root',
				token: make({}, x5cOf(foreign.leaf, foreign.intermediate, foreign.root), foreign.leaf.key),
				reason: 'CERTIFICATE_UNTRUSTED',
			},
			{
				what: 'of a developer under the same root',
				token: make({}, x5cOf(developer, own, root), developer.key),
				reason: 'CERTIFICATE_UNTRUSTED',
			},
			{
				what: 'for another app',
				token: make({ bundleId: 'com.evil.app' }),
				reason: 'CLAIM_MISMATCH',
			},
			{ what: 'of the sandbox', token: make({ environment: 'Sandbox' }), reason: 'CLAIM_MISMATCH' },
		],
	};
}

const SHOPIFY_SECRET = 'a client secret of thirty-two chars';

function shopifyIssuer(): TokenIssuer {
	const shop = 'https://acme.myshopify.com';
	const make = (more: Members = {}, secret = SHOPIFY_SECRET) =>
		signByHand(
			{ alg: 'HS256', typ: 'JWT' },
			{
				iss: `${shop}/admin`,
				dest: shop,
				aud: 'shopify-app',
				sub: '42',
				nbf: now - 5,
				iat: now - 5,
				exp: now + 600,
				jti: randomUUID(),
				sid: 'abc',
				...more,
			},
			secret,
			'HS256',
		);
	return {
		words: { YOUR_CLIENT_ID: 'shopify-app', YOUR_SHOP: 'acme' },
		documents: {},
		credential: { algorithm: 'HS256', secret: SHOPIFY_SECRET, payload: '{ "use": "verify" }' },
		item: bearer,
		good: [make()],
		forged: [
			{
				what: 'signed by somebody else',
				token: make({}, 'another secret that is long enough'),
				reason: 'SIGNATURE_INVALID',
			},
			{ what: 'for another app', token: make({ aud: 'other' }), reason: 'AUDIENCE_MISMATCH' },
			{
				what: 'of another shop',
				token: make({ dest: 'https://evil.myshopify.com' }),
				reason: 'CLAIM_MISMATCH',
			},
			{ what: 'that has expired', token: make({ exp: now - 60 }), reason: 'TOKEN_EXPIRED' },
		],
	};
}

function plaidIssuer(): TokenIssuer {
	const body = Buffer.from('{ "webhook_type": "TRANSACTIONS" }');
	const bodyHash = createHash('sha256').update(body).digest('hex');
	const make = (more: Members = {}, key = EC) =>
		signByHand(
			{ alg: 'ES256', typ: 'JWT', kid: KID },
			{ iat: now - 5, request_body_sha256: bodyHash, ...more },
			key,
			'ES256',
		);
	return {
		words: {},
		documents: {},
		// Plaid answers with members of its own beside those of RFC 7517.
		parameters: {
			publicKey: jwkOf(EC, {
				kid: KID,
				use: 'sig',
				alg: 'ES256',
				created_at: now,
				expired_at: null,
			}),
		},
		item: header('plaid-verification'),
		good: [make()],
		forged: [
			{ what: 'signed by somebody else', token: make({}, OTHER_EC), reason: 'SIGNATURE_INVALID' },
			{ what: 'that is old', token: make({ iat: now - 600 }), reason: 'TOKEN_TOO_OLD' },
			{
				what: 'of another body',
				token: make({ request_body_sha256: '0'.repeat(64) }),
				reason: 'BODY_HASH_MISMATCH',
			},
		],
		body,
	};
}

/**
 * The services of docs/verifying, by the name of their page.
 *
 * @param origin what stands for `https:/` in every address, so that a service can be on this machine
 */
export function tokenIssuers(origin = 'https:/'): Record<string, TokenIssuer> {
	const of = (kind: Kind): TokenIssuer => issuerOf(moved(kind, origin));
	return {
		auth0: of({
			words: { YOUR_DOMAIN: 'acme.eu.auth0.com', YOUR_API_IDENTIFIER: 'https://api.acme.example' },
			documents: discovery(
				'https://acme.eu.auth0.com/',
				'https://acme.eu.auth0.com/.well-known/jwks.json',
			),
			claims: {
				iss: 'https://acme.eu.auth0.com/',
				sub: 'abc@clients',
				aud: 'https://api.acme.example',
				gty: 'client-credentials',
				azp: 'abc',
			},
			variants: [
				{
					sub: 'auth0|1',
					aud: ['https://api.acme.example', 'https://acme.eu.auth0.com/userinfo'],
					scope: 'openid',
				},
			],
			refused: [
				[
					'of the same tenant without the slash',
					{ iss: 'https://acme.eu.auth0.com' },
					'ISSUER_MISMATCH',
				],
			],
		}),
		'entra-id': of({
			words: { YOUR_TENANT_ID: TENANT, YOUR_CLIENT_ID: entraClaims(TENANT).aud },
			documents: entraKeys(TENANT),
			claims: entraClaims(TENANT),
			refused: [['of another tenant', entraClaims(STRANGE_TENANT), 'ISSUER_MISMATCH']],
		}),
		'entra-id-multi-tenant': of({
			words: {
				YOUR_TENANT_ID: TENANT,
				YOUR_SECOND_TENANT_ID: SECOND_TENANT,
				YOUR_CLIENT_ID: entraClaims(TENANT).aud,
			},
			documents: {
				...entraKeys(TENANT),
				...entraKeys(SECOND_TENANT),
				...entraKeys(STRANGE_TENANT),
			},
			claims: entraClaims(TENANT),
			variants: [entraClaims(SECOND_TENANT)],
			refused: [
				['of a tenant that is not on the list', entraClaims(STRANGE_TENANT), 'ISSUER_MISMATCH'],
				[
					'of a strange tenant that names a listed one',
					{ iss: entra(STRANGE_TENANT), tid: TENANT },
					'ISSUER_MISMATCH',
				],
				['of a listed tenant that names another', { tid: SECOND_TENANT }, 'ISSUER_MISMATCH'],
			],
		}),
		'google-id-token': of({
			words: { YOUR_CLIENT_ID: googleClaims.aud },
			documents: GOOGLE_KEYS,
			claims: googleClaims,
			variants: [bare],
		}),
		'google-pubsub-push': of({
			words: {
				YOUR_AUDIENCE: 'https://n8n.example/webhook/push',
				YOUR_SERVICE_ACCOUNT: 'push@acme.iam.gserviceaccount.com',
			},
			documents: GOOGLE_KEYS,
			claims: {
				...googleClaims,
				aud: 'https://n8n.example/webhook/push',
				email: 'push@acme.iam.gserviceaccount.com',
			},
			variants: [bare],
			refused: [
				['of another project', { email: 'push@evil.iam.gserviceaccount.com' }, 'CLAIM_MISMATCH'],
				['whose e-mail is not verified', { email_verified: false }, 'CLAIM_MISMATCH'],
			],
		}),
		'google-iap': of({
			words: { YOUR_PROJECT_NUMBER: '123456789012', YOUR_BACKEND_SERVICE_ID: '987654321' },
			documents: {
				'https://www.gstatic.com/iap/verify/public_key': {
					other: publicPem(OTHER_EC),
					[KID]: publicPem(EC),
				},
			},
			claims: {
				iss: 'https://cloud.google.com/iap',
				aud: '/projects/123456789012/global/backendServices/987654321',
				sub: 'accounts.google.com:1',
				email: 'ann@example.com',
			},
			algorithm: 'ES256',
			item: header('x-goog-iap-jwt-assertion'),
			refused: [
				[
					'of another project',
					{ aud: '/projects/1/global/backendServices/987654321' },
					'AUDIENCE_MISMATCH',
				],
			],
		}),
		firebase: of({
			words: { YOUR_PROJECT_ID: 'acme-app' },
			documents: {
				'https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com':
					{ other: certificate(OTHER_RSA), [KID]: certificate(RSA) },
			},
			claims: {
				iss: 'https://securetoken.google.com/acme-app',
				aud: 'acme-app',
				sub: 'uid-1',
				user_id: 'uid-1',
				auth_time: now - 60,
				firebase: { sign_in_provider: 'password' },
			},
			refused: [
				[
					'of another project',
					{ iss: 'https://securetoken.google.com/evil', aud: 'evil' },
					'ISSUER_MISMATCH',
				],
				['about nobody', { sub: undefined }, 'CLAIM_MISSING'],
			],
		}),
		'github-actions': of({
			words: { YOUR_AUDIENCE: 'https://n8n.example', YOUR_REPOSITORY_ID: '74' },
			documents: discovery(
				'https://token.actions.githubusercontent.com',
				'https://token.actions.githubusercontent.com/.well-known/jwks',
			),
			header: { x5t: 'eBZ_cn3sXYAd0ch4THBKHIgOwOE' },
			claims: {
				iss: 'https://token.actions.githubusercontent.com',
				aud: 'https://n8n.example',
				ref: 'refs/heads/main',
				repository: 'acme/app',
				repository_id: '74',
				repository_owner_id: '65',
				sub: 'repo:acme@65/app@74:ref:refs/heads/main',
				nbf: TIMES.iat,
				jti: randomUUID(),
			},
			refused: [
				[
					'of another repository',
					{ repository: 'acme/app', repository_id: '75' },
					'CLAIM_MISMATCH',
				],
				['of another branch', { ref: 'refs/heads/evil' }, 'CLAIM_MISMATCH'],
			],
		}),
		'gitlab-ci': of({
			words: { YOUR_AUDIENCE: 'https://n8n.example', YOUR_PROJECT_ID: '22' },
			documents: discovery('https://gitlab.com', 'https://gitlab.com/oauth/discovery/keys'),
			claims: {
				iss: 'https://gitlab.com',
				aud: 'https://n8n.example',
				sub: 'project_path:acme/app:ref_type:branch:ref:main',
				project_id: '22',
				project_path: 'acme/app',
				ref: 'main',
				ref_type: 'branch',
				ref_protected: 'true',
				nbf: TIMES.iat - 5,
				jti: randomUUID(),
			},
			refused: [
				['of another project', { project_id: '23' }, 'CLAIM_MISMATCH'],
				['of a branch that is not protected', { ref_protected: 'false' }, 'CLAIM_MISMATCH'],
			],
		}),
		'cloudflare-access': of({
			words: { YOUR_TEAM: 'acme', YOUR_AUD_TAG: 'f'.repeat(64) },
			documents: {
				'https://acme.cloudflareaccess.com/cdn-cgi/access/certs': {
					...jwks(),
					public_cert: { kid: KID, cert: certificate(RSA) },
					public_certs: [{ kid: KID, cert: certificate(RSA) }],
				},
			},
			claims: {
				iss: 'https://acme.cloudflareaccess.com',
				aud: ['f'.repeat(64)],
				email: 'ann@example.com',
				type: 'app',
				sub: randomUUID(),
				country: 'DE',
			},
			variants: [{ email: undefined, common_name: 'service-token', sub: '' }],
			item: header('cf-access-jwt-assertion'),
		}),
		'aws-alb': albIssuer(origin),
		'aws-cognito': of({
			words: {
				YOUR_REGION: 'eu-central-1',
				YOUR_POOL_ID: 'eu-central-1_AbCdEf123',
				YOUR_CLIENT_ID: 'cognito-client',
			},
			documents: discovery(
				'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf123',
				'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf123/.well-known/jwks.json',
			),
			claims: {
				iss: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf123',
				sub: randomUUID(),
				client_id: 'cognito-client',
				token_use: 'access',
				scope: 'openid',
				'cognito:groups': ['admins'],
			},
			refused: [
				['of another client', { client_id: 'other' }, 'CLAIM_MISMATCH'],
				['that is an ID token', { token_use: 'id' }, 'CLAIM_MISMATCH'],
			],
		}),
		clerk: of({
			words: { YOUR_FRONTEND_API: 'clerk.acme.example', YOUR_APP_HOST: 'app.acme.example' },
			documents: { 'https://clerk.acme.example/.well-known/jwks.json': jwks() },
			claims: {
				iss: 'https://clerk.acme.example',
				azp: 'https://app.acme.example',
				sub: 'user_1',
				sid: 'sess_1',
				nbf: TIMES.iat,
				exp: now + 600,
				v: 2,
			},
			refused: [
				['made for another site', { azp: 'https://evil.acme.example' }, 'CLAIM_MISMATCH'],
				['made for no site', { azp: undefined }, 'CLAIM_MISSING'],
			],
		}),
		supabase: of({
			words: { YOUR_PROJECT_REF: 'abcdefghijklm' },
			documents: { 'https://abcdefghijklm.supabase.co/auth/v1/.well-known/jwks.json': jwks(EC) },
			claims: {
				iss: 'https://abcdefghijklm.supabase.co/auth/v1',
				aud: 'authenticated',
				sub: randomUUID(),
				role: 'authenticated',
				session_id: randomUUID(),
				is_anonymous: false,
			},
			algorithm: 'ES256',
			refused: [['of the anonymous role', { role: 'anon' }, 'CLAIM_MISMATCH']],
		}),
		okta: of({
			words: { YOUR_DOMAIN: 'acme.okta.com' },
			documents: discovery(
				'https://acme.okta.com/oauth2/default',
				'https://acme.okta.com/oauth2/default/v1/keys',
			),
			claims: {
				ver: 1,
				jti: 'AT.x',
				iss: 'https://acme.okta.com/oauth2/default',
				aud: 'api://default',
				cid: '0oa1',
				uid: '00u1',
				scp: ['orders'],
				sub: 'ann@example.com',
			},
			refused: [
				[
					'of the org server',
					{ iss: 'https://acme.okta.com', aud: 'https://acme.okta.com' },
					'ISSUER_MISMATCH',
				],
			],
		}),
		keycloak: of({
			words: { YOUR_HOST: 'sso.acme.example', YOUR_REALM: 'acme', YOUR_AUDIENCE: 'n8n' },
			documents: discovery(
				'https://sso.acme.example/realms/acme',
				'https://sso.acme.example/realms/acme/protocol/openid-connect/certs',
				RSA,
				[jwkOf(OTHER_RSA, { kid: 'enc', use: 'enc', alg: 'RSA-OAEP' })],
			),
			claims: {
				iss: 'https://sso.acme.example/realms/acme',
				aud: ['n8n', 'account'],
				azp: 'web',
				typ: 'Bearer',
				sub: randomUUID(),
				realm_access: { roles: ['user'] },
			},
			refused: [['for the account console alone', { aud: 'account' }, 'AUDIENCE_MISMATCH']],
		}),
		'sign-in-with-apple': of({
			words: { YOUR_CLIENT_ID: 'com.example.app' },
			documents: { 'https://appleid.apple.com/auth/keys': jwks() },
			claims: {
				iss: 'https://appleid.apple.com',
				aud: 'com.example.app',
				jti: 'abc',
				exp: undefined,
				events: '{"type":"email-disabled","sub":"001.abc.001"}',
			},
			refused: [['that is old', { iat: now - 100_000 }, 'TOKEN_TOO_OLD']],
			item: (token) => ({ body: { payload: token } }),
		}),
		'app-store-notifications': appStoreIssuer(),
		shopify: shopifyIssuer(),
		plaid: plaidIssuer(),
	};
}
