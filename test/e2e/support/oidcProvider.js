// @ts-check
'use strict';

const { randomBytes } = require('node:crypto');
const { createServer } = require('node:http');
const { pathToFileURL } = require('node:url');

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * Runs oidc-provider, a certified OpenID provider, as a process of its own: it is an ES module with
 * state of its own, which jest cannot load.
 *
 * Argument: JSON `{ clients, scopes, issuerOnly, dpop, tokenPath }`, clients as oidc-provider takes them; of those named
 * in `issuerOnly` it wants the issuer alone as audience, as the drafts of RFC 7523bis do; with `dpop` it
 * wants a nonce of its own in every DPoP proof; `tokenPath` is where its token endpoint is. Prints its URL as one line of JSON. `/api` answers with
 * the client and the subject of a token that the provider knows, and the thumbprint of its key,
 * `/refusals` with why clients were refused, which the provider tells nobody else.
 */
async function main() {
	const {
		clients,
		scopes,
		issuerOnly = [],
		dpop = false,
		tokenPath = '/token',
	} = JSON.parse(process.argv[2] ?? '{}');
	const load = async (/** @type {string} */ name) =>
		await import(pathToFileURL(require.resolve(name)).href);
	const { Provider, errors } = await load('oidc-provider');
	const jose = await load('jose');

	const server = createServer();
	await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	const issuer = `http://127.0.0.1:${port}`;

	const provider = new Provider(issuer, {
		clients,
		scopes,
		routes: { token: tokenPath },
		// It would not read the keys of a client from this machine.
		fetch: async (/** @type {string} */ url, /** @type {object} */ options) =>
			await fetch(url, { ...options, dispatcher: undefined }),
		features: {
			clientCredentials: { enabled: true },
			devInteractions: { enabled: false },
			dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => dpop },
		},
		enabledJWA: {
			clientAuthSigningAlgValues: ['RS256', 'PS256', 'ES256', 'EdDSA', 'HS256'],
		},
		assertJwtClientAuthClaimsAndHeader: async (
			/** @type {unknown} */ _ctx,
			/** @type {any} */ claims,
			/** @type {unknown} */ _header,
			/** @type {any} */ client,
		) => {
			if (issuerOnly.includes(client.clientId) && claims.aud !== issuer) {
				throw new errors.InvalidClientAuth('audience (aud) must be the issuer identifier alone');
			}
		},
	});

	/** Subject of each token that a JWT bearer grant gave. */
	const subjects = new Map();

	// RFC 7523 §2.1 on top of client authentication, §2.2; the provider's own replay check for both.
	provider.registerGrantType(
		JWT_BEARER,
		async (/** @type {any} */ ctx) => {
			const { client, params } = ctx.oidc;
			const keys = jose.createLocalJWKSet(client.jwks);
			const { payload } = await jose
				.jwtVerify(params.assertion, keys, {
					issuer: client.clientId,
					audience: `${issuer}/token`,
					requiredClaims: ['sub', 'exp', 'jti'],
				})
				.catch((/** @type {Error} */ error) => {
					throw Object.assign(new Error('invalid_grant'), {
						name: 'invalid_grant',
						error: 'invalid_grant',
						error_description: error.message,
						status: 400,
						statusCode: 400,
						expose: true,
					});
				});
			if (!(await provider.ReplayDetection.unique(payload.iss, payload.jti, payload.exp))) {
				throw new Error('the assertion has been used before');
			}
			const token = new provider.ClientCredentials({ client, scope: params.scope });
			const value = await token.save();
			subjects.set(value, payload.sub);
			ctx.body = {
				access_token: value,
				token_type: 'Bearer',
				expires_in: token.expiration,
			};
		},
		['assertion', 'scope'],
	);

	/** @type {string[]} */
	const refusals = [];
	provider.on('grant.error', (/** @type {unknown} */ _ctx, /** @type {any} */ error) => {
		refusals.push(String(error.error_detail));
	});

	const callback = provider.callback();
	server.on('request', (request, response) => {
		if (request.url === '/refusals') {
			response.end(JSON.stringify(refusals));
			return;
		}
		if (request.url !== '/api') {
			callback(request, response);
			return;
		}
		const token = String(request.headers.authorization ?? '').replace(/^(?:Bearer|DPoP) /, '');
		void provider.ClientCredentials.find(token).then((/** @type {any} */ found) => {
			response.writeHead(found ? 200 : 401, { 'content-type': 'application/json' });
			response.end(
				JSON.stringify(
					found
						? {
								client: found.clientId,
								scope: found.scope,
								subject: subjects.get(token) ?? null,
								jkt: found.jkt,
							}
						: { reason: 'unknown token' },
				),
			);
		});
	});
	console.log(JSON.stringify({ url: issuer }));
}

void main();
