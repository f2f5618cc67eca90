import { createPrivateKey, createPublicKey, randomUUID } from 'node:crypto';
import type { TestServer } from '../../e2e/support/tokenServer';
import type { Cluster } from './cluster';
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
	/** The key pairs that n8n has stored, the first one first. @throws where one is not whole */
	storedKeys(): StoredKey[];
	/** The credential's other fields, as n8n has stored them. */
	storedRest(): Json;
	/** The same, as the credential was created. */
	givenRest(): Json;
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

/** Creates the credential, and publishes the workflow. */
export async function prepareFirstUse(
	{ client, watch, webhookUrl, storedCredential }: Cluster,
	api: TestServer,
	{ type, data }: { type: string; data: Json },
): Promise<FirstUse> {
	const path = randomUUID();
	// As the editor does it: n8n's public API takes no hidden fields.
	const credential = (await client.rest('POST', '/credentials', {
		name: path,
		type,
		data,
	})) as Json;
	const credentialId = String(credential.id);
	const credentials = { [type]: { id: credentialId, name: path } };
	const sends = type === 'jwtSignApi';
	const url = `${api.url}/${path}`;

	const webhook = (name: string, webhookPath: string): Made => ({
		...{ name, type: 'n8n-nodes-base.webhook', version: 2, more: { webhookId: webhookPath } },
		parameters: { path: webhookPath, httpMethod: 'POST', responseMode: 'lastNode' },
	});
	const sign = (name: string, operation: string): Made => ({
		...{ name, type: 'n8n-nodes-jwt-auth.jwtSign', more: { credentials } },
		parameters: { operation, keyOf: type },
	});
	const json = "={{ { key: $('Key').item.json, jwks: $('JWKS').item.json } }}";
	const last: Made = sends
		? {
				...{ name: 'Last', type: 'n8n-nodes-jwt-auth.jwtHttpRequest', more: { credentials } },
				parameters: {
					...{ credentialType: type, method: 'POST', url },
					...{ sendBody: true, contentType: 'json', specifyBody: 'json', jsonBody: json },
				},
			}
		: {
				...{ name: 'Last', type: 'n8n-nodes-base.set', version: 3.4 },
				parameters: { mode: 'raw', jsonOutput: json },
			};
	const request: Made = {
		...{ name: 'Request', type: 'n8n-nodes-base.httpRequest', version: 4.2, more: { credentials } },
		parameters: { authentication: 'predefinedCredentialType', nodeCredentialType: type, url },
	};
	const nodes = [
		webhook('Webhook', path),
		sign('Key', 'getPublicKey'),
		sign('JWKS', 'getPublicJwks'),
		last,
		webhook('Other Webhook', `${path}-request`),
		request,
	];
	const next = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	const { id } = await client.createWorkflow({
		name: path,
		nodes: nodes.map(({ name, version = 1, more, ...node }) => ({
			...{ id: name, name, typeVersion: version, position: [0, 0] },
			...node,
			...more,
		})),
		connections: {
			Webhook: next('Key'),
			Key: next('JWKS'),
			JWKS: next('Last'),
			'Other Webhook': next('Request'),
		},
	});
	await client.activateWorkflow(id);

	const call = async (webhookPath: string, signal?: AbortSignal) =>
		await fetch(`${webhookUrl}/webhook/${webhookPath}`, { method: 'POST', signal });
	const isKey = (field: string) => field.startsWith('generatedPrivateKey');
	// With the key of a service n8n stores that there is no access token yet.
	const rest = (fields: Json) =>
		Object.fromEntries(
			Object.entries(fields).filter(
				([field, value]) => !isKey(field) && field !== 'keyMade' && value !== '',
			),
		);
	return {
		...{ url, watched: watch.watch(credentialId) },
		publish: async (until) => (await (await call(path, until)).json()) as Published,
		request: async (until) => await call(`${path}-request`, until),
		storedKeys: () =>
			Object.entries(storedCredential(credentialId))
				.filter(([field, value]) => isKey(field) && value !== '')
				.sort(([one], [other]) => one.localeCompare(other))
				.map(([, value]) => String(value))
				.map((privateText) => ({ privateText, publicJwk: publicJwkOf(privateText) })),
		storedRest: () => rest(storedCredential(credentialId)),
		givenRest: () => rest(data),
	};
}
