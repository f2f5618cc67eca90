// Has the vendors' own SDKs authenticate, each as its page says, on the real host names; serviceHosts.js
// takes them to the stand-in. Arguments: the folder in which they are installed, and a JSON file with the
// form of each service by its credential type.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, formsFile] = process.argv.slice(2);
const installed = createRequire(path.join(folder, 'package.json'));
const forms = JSON.parse(readFileSync(formsFile, 'utf8'));

/** An SDK that is an ES module. */
async function imported(name, entry) {
	return await import(pathToFileURL(path.join(folder, 'node_modules', name, entry)).href);
}

async function octokit({ clientId, privateKey, installationId }) {
	const { createAppAuth } = await imported('@octokit/auth-app', 'dist-node/index.js');
	await createAppAuth({ appId: clientId, privateKey, installationId })({ type: 'installation' });
}

async function google({ serviceAccountKey }) {
	const { JWT } = installed('google-auth-library');
	const { client_email, private_key, private_key_id } = JSON.parse(serviceAccountKey);
	const scopes = 'https://www.googleapis.com/auth/cloud-platform';
	await new JWT({
		email: client_email,
		key: private_key,
		keyId: private_key_id,
		scopes,
	}).authorize();
}

async function box({ config }) {
	const { BoxJwtAuth, JwtConfig } = installed('box-node-sdk');
	await new BoxJwtAuth({ config: JwtConfig.fromConfigJsonString(config) }).retrieveToken();
}

async function docusign({ integrationKey, userId, privateKey }) {
	const client = new (installed('docusign-esign').ApiClient)();
	client.setOAuthBasePath('account-d.docusign.com');
	const scopes = ['signature', 'impersonation'];
	await client.requestJWTUserToken(integrationKey, userId, scopes, Buffer.from(privateKey), 3600);
}

async function livekit({ url, apiKey, apiSecret }) {
	const { RoomServiceClient } = await imported('livekit-server-sdk', 'dist/index.js');
	await new RoomServiceClient(url.replace('wss:', 'https:'), apiKey, apiSecret).listRooms();
}

/** What has no client of its own in the SDK. */
async function get(url, token, headers = {}) {
	await fetch(url, { headers: { ...headers, authorization: `Bearer ${token}` } });
}

async function vonage({ applicationId, privateKey }) {
	const token = installed('@vonage/jwt').tokenGenerate(applicationId, privateKey);
	await get('https://api.nexmo.com/v1/calls?page_size=1', token);
}

async function coinbaseCdp({ privateKey }) {
	const { generateJwt } = installed('@coinbase/cdp-sdk/auth');
	const file = JSON.parse(privateKey);
	const token = await generateJwt({
		apiKeyId: file.id,
		apiKeySecret: file.privateKey,
		requestMethod: 'GET',
		requestHost: 'api.cdp.coinbase.com',
		requestPath: '/platform/v2/evm/accounts',
	});
	await get('https://api.cdp.coinbase.com/platform/v2/evm/accounts', token);
}

async function snowflake({ account, user, privateKey }) {
	const Authenticator = installed('snowflake-sdk/dist/lib/authentication/auth_keypair.js');
	const settings = {
		getPrivateKey: () => privateKey,
		getPrivateKeyPath: () => undefined,
		getPrivateKeyPass: () => undefined,
	};
	const authenticator = new Authenticator(settings);
	await authenticator.authenticate('SNOWFLAKE_JWT', undefined, account, user);
	const login = { data: {} };
	authenticator.updateBody(login);
	await get('https://myorg-acme.snowflakecomputing.com/api/v2/databases', login.data.TOKEN, {
		'x-snowflake-authorization-token-type': 'KEYPAIR_JWT',
	});
}

const sdks = {
	githubAppJwtApi: octokit,
	googleServiceAccountJwtApi: google,
	boxJwtApi: box,
	docusignJwtApi: docusign,
	livekitJwtApi: livekit,
	vonageJwtApi: vonage,
	coinbaseCdpJwtApi: coinbaseCdp,
	snowflakeJwtApi: snowflake,
};

for (const [type, authenticate] of Object.entries(sdks)) {
	try {
		await authenticate(forms[type]);
		console.log(`${type}: done`);
	} catch (error) {
		console.log(`${type}: ${error.stack}`);
	}
}
