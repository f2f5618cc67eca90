// @ts-check
// An OpenID Connect issuer in a process of its own. It writes its issuer to stdout, issues tokens for
// the client credentials grant, and ends with its standard input.
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const AUDIENCE = 'urn:example:api';
const keys = [
	generateKeyPairSync('rsa', { modulusLength: 2048 }),
	generateKeyPairSync('ec', { namedCurve: 'P-256' }),
];

/** @param {string} issuer */
function makeProvider(issuer) {
	return new Provider(issuer, {
		jwks: {
			keys: keys.map(({ privateKey }, index) => ({
				...privateKey.export({ format: 'jwk' }),
				kid: `issuer-key-${index}`,
				use: 'sig',
			})),
		},
		clients: [
			{
				client_id: 'client',
				client_secret: 'a-client-secret-of-the-test',
				grant_types: ['client_credentials'],
				redirect_uris: [],
				response_types: [],
			},
		],
		scopes: ['orders:read', 'orders:write'],
		features: {
			devInteractions: { enabled: false },
			clientCredentials: { enabled: true },
			resourceIndicators: {
				enabled: true,
				getResourceServerInfo: () => ({
					scope: 'orders:read orders:write',
					audience: AUDIENCE,
					accessTokenFormat: 'jwt',
					accessTokenTTL: 300,
				}),
			},
		},
	});
}

// The issuer has the port in it, which is known once somebody listens.
const { createServer } = await import('node:http');
/** @type {import('node:http').RequestListener} */
let handle = (_request, response) => response.writeHead(503).end();
const server = createServer((request, response) => handle(request, response));
server.listen(0, '127.0.0.1', () => {
	const address = server.address();
	const issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
	handle = makeProvider(issuer).callback();
	process.stdout.write(`${JSON.stringify({ issuer, audience: AUDIENCE })}\n`);
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
