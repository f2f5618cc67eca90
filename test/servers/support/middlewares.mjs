// APIs behind five middlewares of Node.js that select the key by its ID, each set up as its own page says.
// Arguments: the folder in which they are installed, and a JSON file with issuer, audience and keysUrl.
// Prints the ports by name, as one line of JSON, once all are up.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';

const [folder, settingsFile] = process.argv.slice(2);
const installed = createRequire(path.join(folder, 'package.json'));
const { issuer, audience, keysUrl } = JSON.parse(readFileSync(settingsFile, 'utf8'));
const algorithms = ['RS256', 'PS256', 'ES256'];
const host = '127.0.0.1';

async function listen(server) {
	await new Promise((resolve) => server.listen(0, host, resolve));
	return server.address().port;
}

/** An Express app that says who sent the token. */
async function expressApi(middleware) {
	const app = installed('express')();
	app.get('/', middleware, (request, response) => {
		const claims = request.auth.payload ?? request.auth;
		response.json({ subject: claims.sub });
	});
	// Express knows an error handler by its four parameters.
	app.use((error, _request, response, next) => {
		if (response.headersSent) return next(error);
		response.status(error.status ?? 500).json({ error: error.message });
	});
	return await listen(createServer(app));
}

async function expressJwt() {
	const secret = installed('jwks-rsa').expressJwtSecret({ cache: true, jwksUri: keysUrl });
	const { expressjwt } = installed('express-jwt');
	return await expressApi(expressjwt({ secret, algorithms, audience, issuer }));
}

async function expressOauth2() {
	const { auth } = installed('express-oauth2-jwt-bearer');
	return await expressApi(auth({ issuerBaseURL: issuer, audience }));
}

async function fastify() {
	const app = installed('fastify')();
	const buildGetJwks = installed('get-jwks');
	const keys = buildGetJwks({ issuersWhitelist: [issuer], jwksPath: new URL(keysUrl).pathname });
	await app.register(installed('@fastify/jwt'), {
		decode: { complete: true },
		secret: async (_request, { header }) =>
			await keys.getPublicKey({ kid: header.kid, alg: header.alg, domain: issuer }),
		verify: { algorithms, allowedAud: audience, allowedIss: issuer },
	});
	app.get('/', async (request) => {
		await request.jwtVerify();
		return { subject: request.user.sub };
	});
	await app.listen({ host, port: 0 });
	return app.server.address().port;
}

async function hapi() {
	const server = installed('@hapi/hapi').server({ host, port: 0 });
	await server.register(installed('@hapi/jwt'));
	server.auth.strategy('jwt', 'jwt', {
		keys: { uri: keysUrl, algorithms },
		verify: { aud: audience, iss: issuer, sub: false },
		validate: ({ decoded }) => ({ isValid: true, credentials: { subject: decoded.payload.sub } }),
	});
	server.auth.default('jwt');
	server.route({
		method: 'GET',
		path: '/',
		handler: ({ auth }) => ({ subject: auth.credentials.subject }),
	});
	await server.start();
	return server.info.port;
}

async function hono() {
	const { Hono } = installed('hono');
	const { jwk } = installed('hono/jwk');
	const app = new Hono();
	app.use(
		jwk({ jwks_uri: keysUrl, alg: algorithms, verification: { aud: audience, iss: issuer } }),
	);
	app.get('/', (context) => context.json({ subject: context.get('jwtPayload').sub }));
	const { serve } = installed('@hono/node-server');
	return await new Promise((resolve) =>
		serve({ fetch: app.fetch, hostname: host, port: 0 }, ({ port }) => resolve(port)),
	);
}

const ports = {
	'express-jwt with jwks-rsa': await expressJwt(),
	'express-oauth2-jwt-bearer': await expressOauth2(),
	'@fastify/jwt with get-jwks': await fastify(),
	'@hapi/jwt': await hapi(),
	'hono/jwk': await hono(),
};
console.log(JSON.stringify(ports));
