import { createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CredentialRef, Json, Workflow } from '../../playground/client';
import { startDemoApi } from '../../playground/demo-api/server';
import * as exchange from '../support/exchangeVendors';
import type { ExchangeVendor } from '../support/exchangeVendors';
import * as keyless from '../support/keylessVendors';
import { fillIn, readRecipe } from '../support/recipes';
import * as signed from '../support/vendors';
import { judge, type Vendor } from '../support/vendors';
import { n8nSession } from './support/n8nSession';
import { serveRaw } from './support/rawServer';
import * as steps from './support/workflows';

const { client } = n8nSession();
const folder = path.join(__dirname, '../../examples');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

/** Services that take the signed token itself, with what the `YOUR_…` words stand for. */
const SIGNED: Record<string, { make: () => Vendor; values?: (vendor: Vendor) => Json }> = {
	'app-store-connect.json': {
		make: signed.appStoreConnect,
		values: () => ({ YOUR_ISSUER_ID: 'issuer-1', YOUR_KEY_ID: '2X9R4HXF34' }),
	},
	'coinbase.json': {
		make: signed.coinbase,
		values: ({ credential }) => ({ YOUR_KEY_NAME: credential.keyId }),
	},
	'fireblocks.json': { make: signed.fireblocks, values: () => ({ YOUR_API_KEY: 'api-key-1' }) },
	'ghost.json': { make: signed.ghost },
	'snowflake-workload-identity.json': {
		make: keyless.snowflakeWorkloadIdentity,
		values: () => keyless.snowflakeWorkloadIdentity().values,
	},
	'snowflake.json': {
		make: signed.snowflake,
		values: ({ credential }) => ({
			YOUR_ACCOUNT: 'ACME',
			YOUR_USER: 'ETL',
			YOUR_PASSPHRASE: credential.keyPassphrase,
		}),
	},
};

/** Services that trade it for an access token. */
const EXCHANGED: Record<string, () => ExchangeVendor> = {
	'anthropic.json': keyless.anthropic,
	'databricks.json': keyless.databricks,
	'entra-federated.json': keyless.entraFederated,
	'entra-id.json': exchange.entraId,
	'github-app.json': exchange.gitHubApp,
	'google-service-account.json': exchange.googleServiceAccount,
	'google-workload-identity.json': keyless.googleWorkloadIdentity,
	'okta.json': exchange.okta,
	'openai.json': keyless.openai,
	'openrouter.json': keyless.openrouter,
	'salesforce.json': exchange.salesforce,
	'tailscale.json': keyless.tailscale,
	'vault.json': keyless.vault,
};

/** Examples with a test of their own, and where it is. */
const ELSEWHERE: Record<string, string> = {
	'aws.json': 'keyless.test.ts',
	'call-another-service.json': 'examples.test.ts',
	'demo-three-ways.json': 'examples.test.ts',
	'google-impersonation.json': 'keyless.test.ts',
	'guard-a-webhook.json': 'jwtVerify.test.ts',
	'jwt-webhook.json': 'jwtWebhook.test.ts',
	'oidc-issuer.json': 'oidcIssuer.test.ts',
	'publish-jwks.json': 'jwtVerify.test.ts',
	'token-in-another-credential.json': 'keyless.test.ts',
	'verify-with-jwks.json': 'jwtVerify.test.ts',
	'watch-token-expiry.json': 'examples.test.ts',
};

const service = serveRaw();

beforeAll(async () => await keyless.registerKey());

function readExample(file: string): Workflow {
	return JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Workflow;
}

/** The example with a credential in its place and its addresses led to the stand-in. */
function adapted(workflow: Workflow, { id, name, type }: Json, values: Json): Workflow {
	const nodes = fillIn(workflow.nodes, values).map((node) => ({
		...node,
		parameters:
			node.parameters.url === undefined
				? node.parameters
				: { ...node.parameters, url: service.lead(node.parameters.url) },
		...(node.credentials?.[type] && { credentials: { [type]: { id, name } } }),
	}));
	return { ...workflow, nodes };
}

/** The credential exactly as the recipe of the same name writes it, filled in. */
async function credentialOf(file: string, values: Json) {
	const { name, type, data } = readRecipe(path.basename(file, '.json')).credential;
	const filled = fillIn(data, values);
	if (filled.tokenUrl !== undefined) filled.tokenUrl = service.lead(filled.tokenUrl);
	filled.allowedDomains = '127.0.0.1';
	expect(JSON.stringify(filled)).not.toContain('YOUR_');
	return await client.createCredential({ name: `${name} ${randomUUID()}`, type, data: filled });
}

it.each(files)('%s is tested and explains itself in the editor', (file) => {
	const workflow = readExample(file);
	const tested = file in SIGNED || file in EXCHANGED || file in ELSEWHERE;
	const notes = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
	expect({ tested, notes: notes.length }).toEqual({ tested: true, notes: 1 });
	for (const { name, type } of workflow.nodes) {
		expect({ name, type }).toEqual({
			name,
			type: expect.stringMatching(
				/^(n8n-nodes-base|n8n-nodes-jwt-auth|@n8n\/n8n-nodes-langchain)\.\w+$/,
			),
		});
	}
});

/** Parameters of the HTTP Request node that are none of JWT HTTP Request. */
const OF_STOCK_NODE = ['authentication', 'nodeCredentialType', 'options'];

/** The call that an example makes with n8n's own node, made with JWT HTTP Request. */
function inOurNode({ nodes }: Workflow, credential: CredentialRef) {
	const call = nodes.find(({ parameters }) => parameters.url !== undefined);
	const { url, ...others } = call?.parameters ?? {};
	const same = Object.entries(others).filter(([name]) => !OF_STOCK_NODE.includes(name));
	const step = steps.jwtHttpRequest(credential, String(url), Object.fromEntries(same));
	return steps.workflow([{}], step);
}

describe.each(Object.entries(SIGNED))('%s', (file, { make, values: more }) => {
	it('sends what the service accepts', async () => {
		const vendor = make();
		const values = {
			YOUR_PRIVATE_KEY: vendor.credential.privateKey,
			YOUR_SECRET: vendor.credential.secret,
			...more?.(vendor),
		};
		const verdicts: Array<string | undefined> = [];
		service.respond = (request) => {
			verdicts.push(judge(vendor, request));
			return { status: verdicts.at(-1) === undefined ? 200 : 401, body: { ok: true } };
		};
		const credential = await credentialOf(file, values);
		const example = adapted(readExample(file), credential, values);
		for (const each of [example, inOurNode(example, credential)]) {
			const run = await client.runWorkflow(each);
			expect(verdicts.filter(Boolean)).toEqual([]);
			expect(run.error?.message).toBeUndefined();
			expect(run.status).toBe('success');
		}
		expect(verdicts).toHaveLength(2);
	});
});

describe.each(Object.entries(EXCHANGED))('%s', (file, make) => {
	it('trades its assertion once and calls the API with the token', async () => {
		const { values, tokenPath, check, answer, tokenHeader, checkCall } = make();
		const accessToken = `access.${randomUUID()}`;
		const verdicts: Array<string | undefined> = [];
		service.respond = (request) => {
			try {
				if (request.url === tokenPath) {
					verdicts.push(check(request, service.origin));
					return verdicts.at(-1) === undefined
						? answer(accessToken, service.origin)
						: { status: 400, body: { error: 'invalid_grant', error_description: verdicts.at(-1) } };
				}
				const { authorization } = request.headers;
				const isOurs =
					tokenHeader === undefined
						? authorization === `Bearer ${accessToken}`
						: authorization === undefined && request.headers[tokenHeader] === accessToken;
				verdicts.push(isOurs ? checkCall?.(request) : 'access token');
			} catch (error) {
				verdicts.push(error instanceof Error ? error.message : 'broken');
			}
			return { status: verdicts.at(-1) === undefined ? 200 : 401, body: { ok: true } };
		};
		const credential = await credentialOf(file, values);
		const example = adapted(readExample(file), credential, values);
		for (const each of [example, example, inOurNode(example, credential)]) {
			const run = await client.runWorkflow(each);
			expect(verdicts.filter(Boolean)).toEqual([]);
			expect(run.error?.message).toBeUndefined();
		}
		const paths = service.received.map(({ url }) => (url === tokenPath ? 'exchange' : 'call'));
		expect(paths).toEqual(['exchange', 'call', 'call', 'call']);
	});
});

/** Runs an example against the demo API. */
async function runAgainstDemoApi(
	file: string,
	data: Json,
	keys: Parameters<typeof startDemoApi>[0]['keys'],
) {
	const api = await startDemoApi({ audience: 'demo-api', keys });
	try {
		const credential = await client.createCredential({
			name: `${file} ${randomUUID()}`,
			type: 'jwtSignApi',
			data,
		});
		const workflow = adapted(readExample(file), credential, {});
		const local = JSON.parse(
			JSON.stringify(workflow).replaceAll('http://127.0.0.1:8089', api.url),
		) as Workflow;
		const run = await client.runWorkflow(local);
		return { run, requests: [...api.requests] };
	} finally {
		await api.stop();
	}
}

describe('call-another-service.json', () => {
	it('gives every call a token of its own, for a minute', async () => {
		const { privateKey } = generateKeyPairSync('ed25519');
		const { run, requests } = await runAgainstDemoApi(
			'call-another-service.json',
			{
				algorithm: 'EdDSA',
				privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
				payload: '{ "iss": "n8n", "aud": "demo-api" }',
				useAdvanced: true,
				addJti: true,
			},
			[{ publicKey: createPublicKey(privateKey) }],
		);
		expect(run.error?.message).toBeUndefined();
		const calls = requests.map(({ url, authenticated, payload = {} }) => ({
			url,
			authenticated,
			subject: payload.sub,
			order: payload.order,
			lifetime: payload.exp - payload.iat,
		}));
		expect(calls.sort((a, b) => a.url.localeCompare(b.url))).toEqual(
			['A-1001', 'A-1002'].map((order) => ({
				url: `/orders/${order}`,
				authenticated: true,
				subject: 'invoicing',
				order,
				lifetime: 60,
			})),
		);
		expect(new Set(requests.map(({ payload }) => payload?.jti)).size).toBe(2);
	});
});

describe('demo-three-ways.json', () => {
	it('is authenticated in all three ways, for each item', async () => {
		const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
		const { run, requests } = await runAgainstDemoApi(
			'demo-three-ways.json',
			{
				algorithm: 'RS256',
				privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
				payload: '{ "iss": "n8n", "sub": "={{ $json.user }}", "aud": "demo-api" }',
			},
			[{ publicKey: createPublicKey(privateKey) }],
		);
		expect(run.status).toBe('success');
		expect(requests.map(({ authenticated }) => authenticated)).toEqual(Array(9).fill(true));
	});
});

describe('watch-token-expiry.json', () => {
	const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
	const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const endingAt = (end: Date) =>
		`${part({ alg: 'HS256' })}.${part({ exp: Math.floor(end.getTime() / 1000) })}.c2ln`;

	/** What is reported of a key that ends then, and of a token that does. */
	async function reported(keyEnds: Date | undefined, token: string) {
		const secret = randomUUID();
		const signing = await client.createCredential({
			name: `My API ${randomUUID()}`,
			type: 'jwtSignApi',
			data: {
				algorithm: 'HS256',
				secret,
				useAdvanced: ['expiry'],
				credentialExpiresAt: keyEnds?.toISOString() ?? '',
			},
		});
		const pasted = await client.createCredential({
			name: `Partner API ${randomUUID()}`,
			type: 'jwtTokenApi',
			data: { token },
		});
		service.respond = () => ({ status: 200, body: {} });
		service.received.length = 0;
		const example = adapted(readExample('watch-token-expiry.json'), signing, {});
		const run = await client.runWorkflow(adapted(example, pasted, {}));
		expect(run.error?.message).toBeUndefined();
		const outputs = JSON.stringify(run.runData);
		expect([outputs.includes(secret), outputs.includes(token)]).toEqual([false, false]);
		const texts = service.received.map(
			({ body }) => (JSON.parse(String(body)) as Json).text as string,
		);
		return texts.map((text) => text.replace(/[-\w]{36}/, '…')).sort();
	}

	it('reports what ends within 14 days, a key and a token', async () => {
		const [key, token] = [inDays(5.5), inDays(3.5)];
		const day = (date: Date) => date.toISOString().slice(0, 10);
		expect(await reported(key, endingAt(token))).toEqual([
			`My API …: credentialExpiresAt is ${day(key)}, in 5 days.`,
			`Partner API …: tokenExpiresAt is ${day(token)}, in 3 days.`,
		]);
	});

	it('reports nothing that ends later, or never', async () => {
		expect(await reported(undefined, endingAt(inDays(100)))).toEqual([]);
	});
});

it('knows no example that is gone', () => {
	const known = [SIGNED, EXCHANGED].flatMap((table) => Object.keys(table));
	expect(known.filter((file) => !existsSync(path.join(folder, file)))).toEqual([]);
	for (const file of files.filter((name) => name in ELSEWHERE)) {
		const source = readFileSync(path.join(__dirname, ELSEWHERE[file] ?? ''), 'utf8');
		expect({ file, named: source.includes(path.basename(file, '.json')) }).toEqual({
			file,
			named: true,
		});
	}
});
