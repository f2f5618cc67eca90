import { execFileSync } from 'node:child_process';
import { randomBytes, type JsonWebKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../../../playground/ports';
import { serverFolder, startServer } from './server';
import { file, placeOf, program } from './software';

const glewlwyd = program('glewlwyd');
const sqlite = program('sqlite3');
const tables = file('/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3', 'glewlwyd');

/** What {@link startGlewlwyd} needs, for `describeWith`. */
export const GLEWLWYD = [glewlwyd, sqlite, tables];

/** The account that the tables come with. */
const ADMINISTRATOR = { username: 'admin', password: 'password' };

/** Name of the plugin, and part of every address. */
const PLUGIN = 'oidc';

/** A private key of the issuer, with `kid` and `alg`. */
export type IssuerKey = JsonWebKey & { kid: string; alg: string };

/** A client as Glewlwyd's API has it, which may fetch tokens for itself. */
export interface GlewlwydClient {
	client_id: string;
	client_secret: string;
	/** Scopes it may ask for. */
	scope: string[];
	/** Further properties, such as `authorization_type`. */
	[property: string]: unknown;
}

export interface GlewlwydOptions {
	/** The first one signs, all are published. */
	keys: IssuerKey[];
	clients: GlewlwydClient[];
	/** Further parameters of its OpenID Connect plugin, such as `oauth-dpop-allowed`. */
	parameters?: Record<string, unknown>;
}

/** A running Glewlwyd, an OpenID Connect issuer written in C. */
export interface Glewlwyd {
	/** What its tokens have in `iss`, and where its discovery document is found. */
	issuer: string;
	tokenUrl: string;
	/**
	 * Fetches an access token of a client for itself.
	 *
	 * @param form further parameters of the request, such as `resource`
	 * @throws what Glewlwyd answers where that is no token
	 */
	accessToken(client: GlewlwydClient, form?: Record<string, string>): Promise<string>;
	/** Has it sign with the first of these keys and publish them all, as its page for administrators does. */
	changeKeys(keys: IssuerKey[]): Promise<void>;
	/** What it has printed. */
	log(): string;
	stop(): Promise<void>;
}

function configuration(folder: string, port: number): string {
	const modules = '/usr/lib/glewlwyd';
	return [
		`port=${port}`,
		'bind_address="127.0.0.1"',
		`external_url="http://127.0.0.1:${port}"`,
		'api_prefix="api"',
		'log_mode="console"',
		'log_level="INFO"',
		'cookie_secure=0',
		'session_key="SESSION"',
		'admin_scope="g_admin"',
		'profile_scope="g_profile"',
		`user_module_path="${modules}/user"`,
		`client_module_path="${modules}/client"`,
		`user_auth_scheme_module_path="${modules}/scheme"`,
		`plugin_module_path="${modules}/plugin"`,
		'hash_algorithm="SHA512"',
		`database = { type = "sqlite3"; path = "${folder}/database"; };`,
		'',
	].join('\n');
}

/** Speaks to the API for administrators, after a login. */
async function administrator(api: string) {
	const request = async (method: string, place: string, body: object, cookie = '') => {
		const response = await fetch(api + place, {
			method,
			headers: { 'content-type': 'application/json', cookie },
			body: JSON.stringify(body),
		});
		if (response.ok) return response;
		throw new Error(`Glewlwyd refused ${method} ${place}: ${await response.text()}`);
	};
	const { headers } = await request('POST', '/auth/', ADMINISTRATOR);
	const [cookie] = headers.get('set-cookie')?.split(';') ?? [];
	return async (method: string, place: string, body: object = {}) => {
		await request(method, place, body, cookie);
	};
}

async function fetchToken(
	tokenUrl: string,
	{ client_id: id, client_secret: secret, scope }: GlewlwydClient,
	form: Record<string, string>,
): Promise<string> {
	const response = await fetch(tokenUrl, {
		method: 'POST',
		headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
		body: new URLSearchParams({
			grant_type: 'client_credentials',
			scope: scope.join(' '),
			...form,
		}),
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`No token: ${response.status} ${text}`);
	return (JSON.parse(text) as { access_token: string }).access_token;
}

/** Starts Debian's Glewlwyd with a database of its own, and nobody has to click anything. */
export async function startGlewlwyd(options: GlewlwydOptions): Promise<Glewlwyd> {
	const { folder, remove } = serverFolder('glewlwyd');
	const port = await freePort();
	execFileSync(placeOf(sqlite), [path.join(folder, 'database')], {
		input: readFileSync(placeOf(tables)),
	});
	const configurationFile = path.join(folder, 'glewlwyd.conf');
	writeFileSync(configurationFile, configuration(folder, port));
	const api = `http://127.0.0.1:${port}/api`;
	const server = await startServer(placeOf(glewlwyd), ['--config-file', configurationFile], {
		url: api,
		folder,
	});
	const administer = await administrator(api);
	const issuer = `${api}/${PLUGIN}`;
	const plugin = (keys: IssuerKey[]) => ({
		module: 'oidc',
		name: PLUGIN,
		display_name: PLUGIN,
		parameters: {
			iss: issuer,
			'jwks-private': JSON.stringify({ keys }),
			'jwks-show': true,
			'access-token-duration': 600,
			'refresh-token-duration': 600,
			'code-duration': 60,
			'allow-non-oidc': true,
			'auth-type-client-enabled': true,
			...options.parameters,
		},
	});
	await administer('POST', '/mod/plugin/', plugin(options.keys));
	for (const client of options.clients) {
		await administer('POST', '/client/', {
			client_name: client.client_id,
			confidential: true,
			enabled: true,
			authorization_type: ['client_credentials'],
			token_endpoint_auth_method: ['client_secret_basic'],
			redirect_uri: [],
			...client,
		});
	}
	const tokenUrl = `${issuer}/token`;
	return {
		issuer,
		tokenUrl,
		accessToken: async (client, form = {}) => await fetchToken(tokenUrl, client, form),
		changeKeys: async (keys) => {
			await administer('PUT', `/mod/plugin/${PLUGIN}`, plugin(keys));
			await administer('PUT', '/mod/reload/');
		},
		log: server.log,
		stop: async () => {
			await server.stop();
			remove();
		},
	};
}

/** A client with a secret that nobody knows. */
export function newClient(name: string, scope: string[], more: object = {}): GlewlwydClient {
	return { client_id: name, client_secret: randomBytes(16).toString('hex'), scope, ...more };
}
