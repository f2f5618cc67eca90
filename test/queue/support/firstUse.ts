import { createPrivateKey, createPublicKey, randomUUID } from 'node:crypto';
import type { TestServer } from '../../e2e/support/tokenServer';
import type { Cluster, StoredCredentials } from './cluster';
import type { Watched } from './credentialWatch';

type Json = Record<string, unknown>;

/** What JWT Sign hands out of a credential. */
export interface Published {
	/** Of Get Public Key. */
	key: { jwk: Json };
	/** Of Get Public JWKS. */
	jwks: { keys: Array<Json & { kid?: string }> };
}

/** A key pair that n8n has stored. */
export interface StoredKey {
	privateText: string;
	publicJwk: Json;
}

/** A credential of which n8n makes the key, and webhooks that use it. */
export interface FirstUse {
	/** What the workers do with the credential. */
	watched: Watched;
	/** Where its tokens go. */
	url: string;
	/**
	 * Has JWT Sign hand its key out, then an API called with both in the body; of a service, the former alone.
	 */
	publish(until?: AbortSignal): Promise<Published>;
	/** Calls the API with the HTTP Request node and nothing before it. */
	request(until?: AbortSignal): Promise<Response>;
	/**
	 * The key pairs that n8n has stored, the first one first, and the credential's other fields.
	 *
	 * @throws where a key pair is not whole
	 */
	storedIn(credentials: StoredCredentials): { keys: StoredKey[]; rest: Json };
	/** The other fields, as the credential was created. */
	givenRest: Json;
}

const KEPT = /^=n8n-key-1\.\d+\.([\w-]+)$/;

/** The public half of a key as a credential keeps it. @throws where it is not a whole key pair */
function publicJwkOf(kept: string): Json {
	const [, encoded] = KEPT.exec(kept) ?? [];
	if (!encoded) throw new Error('This is no key that n8n made');
	const der = Buffer.from(encoded, 'base64url');
	const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
	return { ...createPublicKey(privateKey).export({ format: 'jwk' }) };
}

interface Made {
	name: string;
	type: string;
	version?: number;
	parameters: object;
	more?: object;
}

const isKey = (field: string) => field.startsWith('generatedPrivateKey');

/** The fields but those of keys. With the key of a service n8n stores that there is no access token yet. */
function withoutKeys(fields: Json): Json {
	return Object.fromEntries(
		Object.entries(fields).filter(
			([field, value]) => !isKey(field) && field !== 'keyMade' && value !== '',
		),
	);
}

function keysOf(fields: Json): StoredKey[] {
	return Object.entries(fields)
		.filter(([field, value]) => isKey(field) && value !== '')
		.sort(([one], [other]) => one.localeCompare(other))
		.map(([, value]) => String(value))
		.map((privateText) => ({ privateText, publicJwk: publicJwkOf(privateText) }));
}

/** The nodes of a credential, each chain with a webhook in front. @param path of the webhooks */
function chainsOf(path: string, type: string, credentialId: string, url: string): Made[][] {
	const credentials = { [type]: { id: credentialId, name: path } };
	const webhook = (webhookPath: string): Made => ({
		...{ name: `Webhook ${webhookPath}`, type: 'n8n-nodes-base.webhook', version: 2 },
		parameters: { path: webhookPath, httpMethod: 'POST', responseMode: 'lastNode' },
		more: { webhookId: webhookPath },
	});
	const sign = (name: string, operation: string): Made => ({
		...{ name: `${name} ${path}`, type: 'n8n-nodes-jwt-auth.jwtSign', more: { credentials } },
		parameters: { operation, keyOf: type },
	});
	const json = `={{ { key: $('Key ${path}').item.json, jwks: $('JWKS ${path}').item.json } }}`;
	const send: Made = {
		...{ name: `Send ${path}`, type: 'n8n-nodes-jwt-auth.jwtHttpRequest', more: { credentials } },
		parameters: {
			...{ credentialType: type, method: 'POST', url },
			...{ sendBody: true, contentType: 'json', specifyBody: 'json', jsonBody: json },
		},
	};
	const show: Made = {
		...{ name: `Show ${path}`, type: 'n8n-nodes-base.set', version: 3.4 },
		parameters: { mode: 'raw', jsonOutput: json },
	};
	const request: Made = {
		...{ name: `Request ${path}`, type: 'n8n-nodes-base.httpRequest', version: 4.2 },
		parameters: { authentication: 'predefinedCredentialType', nodeCredentialType: type, url },
		more: { credentials },
	};
	const last = type === 'jwtSignApi' ? send : show;
	return [
		[webhook(path), sign('Key', 'getPublicKey'), sign('JWKS', 'getPublicJwks'), last],
		[webhook(`${path}-request`), request],
	];
}

/** Creates the credentials, and publishes one workflow that uses each of them. */
export async function prepareFirstUses(
	{ client, watch, webhookUrl }: Cluster,
	api: TestServer,
	given: Array<{ type: string; data: Json }>,
): Promise<FirstUse[]> {
	const prepared = await Promise.all(
		given.map(async ({ type, data }) => {
			const path = randomUUID();
			const credential = { name: path, type, data };
			// As the editor does it: n8n's public API takes no hidden fields.
			const made = (await client.rest('POST', '/credentials', credential)) as { id: string };
			const url = `${api.url}/${path}`;
			return { path, url, data, credentialId: made.id, chains: chainsOf(path, type, made.id, url) };
		}),
	);
	const chains = prepared.flatMap((one) => one.chains);
	const { id } = await client.createWorkflow({
		name: randomUUID(),
		nodes: chains.flat().map(({ name, version = 1, more, ...node }) => ({
			...{ id: randomUUID(), name, typeVersion: version, position: [0, 0] },
			...node,
			...more,
		})),
		connections: Object.fromEntries(
			chains.flatMap((chain) =>
				chain.slice(1).map((node, index) => {
					const next = { main: [[{ node: node.name, type: 'main', index: 0 }]] };
					return [chain[index]?.name, next];
				}),
			),
		),
	});
	await client.activateWorkflow(id);

	const call = async (path: string, signal?: AbortSignal) =>
		await fetch(`${webhookUrl}/webhook/${path}`, { method: 'POST', signal });
	return prepared.map(({ path, url, data, credentialId }) => ({
		...{ url, watched: watch.watch(credentialId), givenRest: withoutKeys(data) },
		publish: async (until) => {
			const response = await call(path, until);
			// n8n answers as well where the worker of an execution has died.
			if (!response.ok)
				throw new Error(`n8n answered ${response.status}: ${await response.text()}`);
			return (await response.json()) as Published;
		},
		request: async (until) => await call(`${path}-request`, until),
		storedIn(credentials) {
			const fields = credentials.get(credentialId) ?? {};
			return { keys: keysOf(fields), rest: withoutKeys(fields) };
		},
	}));
}
