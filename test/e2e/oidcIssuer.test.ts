import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { createLocalJWKSet, createRemoteJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import type { CredentialRef, Json, Workflow } from '../../playground/client';
import { describeWithApache, startApache, type ResourceServer } from './support/apache';
import { exampleWorkflow } from './support/examples';
import { n8nSession } from './support/n8nSession';
import { jwtSign, stockHttpRequest, workflow } from './support/workflows';

const { client } = n8nSession();
const AUDIENCE = 'https://api.example.com';

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = (key: KeyObject) =>
	String(key.export({ format: 'pem', type: key.type === 'private' ? 'pkcs8' : 'spki' }));

/** An issuer as the example workflow makes it, below a path of its own. */
async function startIssuer(algorithm: string, privateKey: KeyObject) {
	const path = `oidc-${randomUUID()}`;
	const issuer = `${client.url}/webhook/${path}`;
	const data = {
		algorithm,
		privateKey: pem(privateKey),
		payload: JSON.stringify({ iss: issuer, sub: 'workflow-1', aud: AUDIENCE }),
		expiresIn: '10m',
		keyIdFromKey: true,
	};
	const name = `n8n as an issuer ${path}`;
	const credential = await client.createCredential({ name, type: 'jwtSignApi', data });
	const example = exampleWorkflow('oidc-issuer.json', [credential], {
		'oidc/.well-known/': `${path}/.well-known/`,
	});
	const published = { ...example, name };
	return {
		issuer,
		credential,
		publish: async (additional: KeyObject[]) => await publish(published, additional),
		changeKey: async (key: KeyObject) => {
			const changed = { name, type: 'jwtSignApi', data: { ...data, privateKey: pem(key) } };
			await client.upsertCredential(changed);
		},
	};
}

/** Publishes the example with these keys beside the credential's, as a person does in the editor. */
async function publish(example: Workflow, additional: KeyObject[]) {
	const additionalPublicKeys = {
		keys: additional.map((key) => ({ publicKey: pem(key), keyId: '', algorithm: '' })),
	};
	const nodes = example.nodes.map((node) =>
		node.type === 'n8n-nodes-jwt-auth.jwtSign'
			? { ...node, parameters: { ...node.parameters, additionalPublicKeys } }
			: node,
	);
	const { id } = await client.upsertWorkflow({ ...example, nodes });
	await client.activateWorkflow(String(id));
}

async function sign(credential: CredentialRef, parameters: Json = {}): Promise<string> {
	const run = await client.runWorkflow(workflow([{}], jwtSign(credential, parameters)));
	expect(run.error?.message).toBeUndefined();
	return String(run.runData['JWT Sign']?.[0]?.data.main[0][0].json.token);
}

/** What somebody knows who was told nothing but the address of the issuer. */
async function discover(issuer: string) {
	const response = await fetch(`${issuer}/.well-known/openid-configuration`);
	const document = (await response.json()) as Json;
	const checks = {
		issuer,
		audience: AUDIENCE,
		algorithms: document.id_token_signing_alg_values_supported as string[],
	};
	const fetchKeys = async () =>
		(await (await fetch(String(document.jwks_uri))).json()) as JSONWebKeySet;
	return { response, document, checks, fetchKeys };
}

it('publishes what OpenID Connect Discovery demands, with how long it may be kept', async () => {
	const { issuer, publish: publishIssuer } = await startIssuer('RS256', newKey().privateKey);
	await publishIssuer([]);
	const { response, document } = await discover(issuer);
	expect(document).toEqual({
		issuer,
		jwks_uri: `${issuer}/.well-known/jwks.json`,
		response_types_supported: ['id_token'],
		subject_types_supported: ['public'],
		id_token_signing_alg_values_supported: ['RS256'],
	});
	const jwks = await fetch(String(document.jwks_uri));
	const cacheOf = ({ headers }: Response) => [
		headers.get('content-type')?.split(';')[0],
		headers.get('cache-control'),
	];
	expect([cacheOf(response), cacheOf(jwks)]).toEqual([
		['application/json', 'public, max-age=3600'],
		['application/jwk-set+json', 'public, max-age=900'],
	]);
});

describeWithApache('a change of keys, as jose and mod_auth_openidc see it', () => {
	const before = newKey();
	const after = newKey();
	let apache: ResourceServer;
	let our: Awaited<ReturnType<typeof startIssuer>>;

	beforeAll(async () => {
		our = await startIssuer('RS256', before.privateKey);
		await our.publish([]);
		apache = await startApache(`${our.issuer}/.well-known/openid-configuration`, AUDIENCE);
	});

	afterAll(async () => await apache.stop());

	/** The answer of Apache, which has run since before the change. */
	const askApache = async (token: string) =>
		(await fetch(`${apache.url}/hello`, { headers: { authorization: `Bearer ${token}` } })).status;

	it('leaves no moment in which a token is refused', async () => {
		const { checks, document, fetchKeys } = await discover(our.issuer);
		const remote = createRemoteJWKSet(new URL(String(document.jwks_uri)), { cooldownDuration: 0 });
		const tokens: string[] = [];
		const sets: JSONWebKeySet[] = [];
		const verified = async (token: string, keys: Parameters<typeof jwtVerify>[1]) =>
			(await jwtVerify(token, keys, checks)).payload.sub;

		/** Signs with the key in use, then asks everybody about every token there is. */
		const moment = async () => {
			tokens.push(await sign(our.credential));
			sets.push(await fetchKeys());
			for (const token of tokens) {
				expect(await verified(token, remote)).toBe('workflow-1');
				expect(await verified(token, createLocalJWKSet(sets.at(-1) ?? { keys: [] }))).toBe(
					'workflow-1',
				);
				expect({ status: await askApache(token), log: apache.log() }).toMatchObject({
					status: 200,
				});
			}
		};

		await moment();
		await our.publish([before.publicKey, after.publicKey]);
		await moment();
		await our.changeKey(after.privateKey);
		await moment();

		// Whoever read the keys once the next one was among them needs no other look.
		for (const set of sets.slice(1)) {
			for (const token of tokens) {
				expect(await verified(token, createLocalJWKSet(set))).toBe('workflow-1');
			}
		}
		expect(sets.map(({ keys }) => keys.length)).toEqual([1, 2, 2]);

		// Two keys of one kind: without its Key ID a token belongs to neither.
		const nameless = await sign(our.credential, { options: { keyIdFromKey: false } });
		await expect(verified(nameless, remote)).rejects.toMatchObject({
			code: 'ERR_JWKS_MULTIPLE_MATCHING_KEYS',
		});

		await our.publish([]);
		const last = createLocalJWKSet(await fetchKeys());
		await expect(verified(tokens[0] ?? '', last)).rejects.toMatchObject({
			code: 'ERR_JWKS_NO_MATCHING_KEY',
		});
	});

	it('lets no token of another key in', async () => {
		const stranger = await startIssuer('RS256', newKey().privateKey);
		const token = await sign(stranger.credential);
		expect(await askApache(token)).toBe(401);
		expect(await askApache('')).toBe(401);
	});

	it('works by the credential alone, from the HTTP Request node', async () => {
		const run = await client.runWorkflow(
			workflow([{}], stockHttpRequest(our.credential, `${apache.url}/hello`)),
		);
		expect(run.error?.message).toBeUndefined();
		expect(run.runData['HTTP Request']?.[0]?.data.main[0][0].json.data).toBe('hello');
	});
});
