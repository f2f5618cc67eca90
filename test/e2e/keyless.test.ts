import { randomUUID } from 'node:crypto';
import { outputItems, type CredentialRef, type Json, type Workflow } from '../../playground/client';
import * as keyless from '../support/keylessVendors';
import { fillIn, readRecipe } from '../support/recipes';
import type { RawRequest } from '../support/vendors';
import { exampleWorkflow } from './support/examples';
import { n8nSession } from './support/n8nSession';
import { serveRaw } from './support/rawServer';

const { client, readDatabase } = n8nSession();

const service = serveRaw();

beforeAll(async () => await keyless.registerKey());

/** The credential exactly as a recipe writes it, led to the stand-in. */
async function credentialOf(recipe: string, values: Readonly<Record<string, string>>) {
	const { name, type, data } = readRecipe(recipe).credential;
	const filled = fillIn(data, values);
	if (filled.tokenUrl !== undefined) filled.tokenUrl = service.lead(filled.tokenUrl);
	filled.allowedDomains = '127.0.0.1';
	return await client.createCredential({ name: `${name} ${randomUUID()}`, type, data: filled });
}

/** A credential of n8n's own whose field holds an expression, as a person types it. */
async function byExpression(type: string, data: Json): Promise<CredentialRef> {
	return await client.createCredential({ name: `${type} ${randomUUID()}`, type, data });
}

/** Runs an example that is set to keep no execution, and keeps it, to see what happened. */
async function runAndKeep(example: Workflow) {
	return await client.runWorkflow({ ...example, settings: { executionOrder: 'v1' } });
}

describe('aws.json', () => {
	it('has the values of the XML answer as data, and calls AWS with them, by one exchange', async () => {
		const keys = {
			AccessKeyId: `ASIA${randomUUID()}`,
			SecretAccessKey: `secret/${randomUUID()}+x=`,
			SessionToken: `session/${randomUUID()}==`,
			Expiration: new Date(Date.now() + 3_600_000).toISOString(),
		};
		const problems: Array<string | undefined> = [];
		const calls: Array<RawRequest['headers']> = [];
		service.respond = (request) => {
			if (request.method === 'GET') {
				calls.push(request.headers);
				return { status: 200, body: '<GetCallerIdentityResponse/>', type: 'text/xml' };
			}
			const { problem, xml } = keyless.awsSts(request, keys);
			problems.push(problem);
			return { status: problem === undefined ? 200 : 400, body: xml, type: 'text/xml' };
		};
		const values = {
			YOUR_ISSUER: keyless.ISSUER,
			YOUR_SUBJECT: keyless.SUBJECT,
			YOUR_PRIVATE_KEY: keyless.PRIVATE_KEY,
			YOUR_REGION: 'eu-central-1',
			YOUR_ROLE_ARN: 'arn:aws:iam::123456789012:role/n8n',
		};
		const answer = "={{ $('Temporary Keys').first().json.answer";
		const credentials = [
			await credentialOf('aws', values),
			await byExpression('aws', {
				region: values.YOUR_REGION,
				accessKeyId: `${answer}.AccessKeyId }}`,
				secretAccessKey: `${answer}.SecretAccessKey }}`,
				temporaryCredentials: true,
				sessionToken: `${answer}.SessionToken }}`,
			}),
		];
		const example = exampleWorkflow('aws.json', credentials, {
			'https://sts.YOUR_REGION.amazonaws.com': service.origin,
		});
		for (let runs = 0; runs < 2; runs += 1) {
			const run = await runAndKeep(example);
			expect(run.error?.message).toBeUndefined();
			const [item] = outputItems(run.runData, 'Temporary Keys');
			expect(item?.json.answer).toEqual(keys);
		}
		expect(problems).toEqual([undefined]);
		expect(calls).toHaveLength(2);
		for (const headers of calls) {
			expect(headers['x-amz-security-token']).toBe(keys.SessionToken);
			expect(headers.authorization).toContain(`AWS4-HMAC-SHA256 Credential=${keys.AccessKeyId}/`);
		}
	});
});

describe('google-impersonation.json', () => {
	it("calls the API with the service account's token, which STS's token has fetched", async () => {
		const { values, tokenPath, check, answer } = keyless.googleWorkloadIdentity();
		const federated = `federated.${randomUUID()}`;
		const impersonated = `impersonated.${randomUUID()}`;
		const problems: Array<string | undefined> = [];
		service.respond = (request) => {
			const { url, headers, body } = request;
			if (url === tokenPath) {
				problems.push(check(request, service.origin));
				return answer(federated, service.origin);
			}
			if (url.endsWith(':generateAccessToken')) {
				const { scope, lifetime } = JSON.parse(String(body)) as Json;
				const isGood = Array.isArray(scope) && lifetime === '3600s';
				problems.push(isGood ? undefined : 'body', tokenProblem(headers, federated));
				return {
					status: 200,
					body: { accessToken: impersonated, expireTime: '2026-11-26T12:00:00Z' },
				};
			}
			problems.push(tokenProblem(headers, impersonated));
			return { status: 200, body: { items: [] } };
		};
		const credentials = [
			await credentialOf('google-workload-identity', values),
			await byExpression('httpBearerAuth', { token: '={{ $json.accessToken }}' }),
		];
		const run = await runAndKeep(
			exampleWorkflow('google-impersonation.json', credentials, {
				'https://iamcredentials.googleapis.com': service.origin,
				'https://storage.googleapis.com': service.origin,
				YOUR_CLIENT_EMAIL: values.YOUR_CLIENT_EMAIL ?? '',
				YOUR_PROJECT_ID: 'project',
			}),
		);
		expect(run.error?.message).toBeUndefined();
		expect(problems.filter(Boolean)).toEqual([]);
		expect(service.received.map(({ url }) => url.split('?')[0])).toEqual([
			tokenPath,
			`/v1/projects/-/serviceAccounts/${values.YOUR_CLIENT_EMAIL}:generateAccessToken`,
			'/storage/v1/b',
		]);
	});
});

function tokenProblem(headers: RawRequest['headers'], token: string): string | undefined {
	return headers.authorization === `Bearer ${token}` ? undefined : 'access token';
}

describe('token-in-another-credential.json', () => {
	it("lets n8n's OpenAI Chat Model and Bearer Auth use a traded token, and keeps nothing of it", async () => {
		const { values, tokenPath, check, answer } = keyless.openai();
		const accessToken = `traded.${randomUUID()}`;
		const problems: Array<string | undefined> = [];
		service.respond = (request) => {
			if (request.url === tokenPath) {
				problems.push(check(request, service.origin));
				return answer(accessToken, service.origin);
			}
			problems.push(tokenProblem(request.headers, accessToken));
			if (request.url !== '/v1/chat/completions') return { status: 200, body: { data: [] } };
			const message = { role: 'assistant', content: 'Hello!' };
			return {
				status: 200,
				body: {
					id: 'chatcmpl-1',
					object: 'chat.completion',
					created: 1_700_000_000,
					model: 'stand-in',
					choices: [{ index: 0, message, finish_reason: 'stop' }],
					usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
				},
			};
		};
		const token = "={{ $('Get Access Token').first().json.accessToken }}";
		const credentials = [
			await credentialOf('openai', values),
			await byExpression('openAiApi', {
				apiKey: token,
				url: `${service.origin}/v1`,
				header: false,
			}),
			await byExpression('httpBearerAuth', { token }),
		];
		const example = exampleWorkflow('token-in-another-credential.json', credentials, {
			'https://api.openai.com': service.origin,
		});
		const paths = [tokenPath, '/v1/chat/completions', '/v1/models'];
		// As it comes: n8n has nothing of the execution that the client could read.
		const unread = await client.runWorkflow(example).catch((error: Error) => error.name);
		expect(unread).toBe('SyntaxError');
		expect(service.received.map(({ url }) => url)).toEqual(paths);
		expect(readDatabase().includes(accessToken)).toBe(false);

		const seen = await runAndKeep(example);
		expect(seen.error?.message).toBeUndefined();
		expect(problems.filter(Boolean)).toEqual([]);
		// The token is still good: no second exchange.
		expect(service.received.map(({ url }) => url)).toEqual([...paths, ...paths.slice(1)]);
		expect(outputItems(seen.runData, 'AI Agent').map(({ json }) => json as Json)).toEqual([
			{ output: 'Hello!' },
		]);
		expect(readDatabase().includes(accessToken)).toBe(true);
	});
});
