import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { outputItems, type CredentialRef } from '../../playground/client';
import { startDemoApi, type DemoApi } from '../../playground/demo-api/server';
import { n8nSession } from './support/n8nSession';
import { workflow, type Step } from './support/workflows';

/*
 * n8n, its AI Agent, its OpenAI Chat Model and our node as a tool are the real ones. The model is not:
 * none can be had here, so a mock on 127.0.0.1 speaks OpenAI's chat completions in its place. It calls
 * the one tool it is offered, once, and then repeats what the tool returned. What a real model would
 * make of the tool's description is therefore not tested.
 */

interface Message {
	role: string;
	content?: unknown;
}

interface Completion {
	stream?: boolean;
	messages: Message[];
	tools?: Array<{ function: { name: string; description: string; parameters: object } }>;
}

/** Everything the model was sent in one call. */
interface Call {
	headers: IncomingHttpHeaders;
	body: Completion;
	text: string;
}

const { client } = n8nSession();
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
const MODEL_API_KEY = `sk-${randomUUID()}`;
/** `path` is the only argument the tool has; the model tries its luck with the others. */
const ARGUMENTS = {
	path: 'orders/17',
	user: 'admin',
	sub: 'admin',
	customClaims: { claim: [{ name: 'sub', value: 'admin' }] },
	credentialType: 'jwtTokenApi',
	url: 'http://127.0.0.1:9/stolen',
};

const calls: Call[] = [];
let api: DemoApi;
let signing: CredentialRef;
let openAi: CredentialRef;

function completion({ messages, tools }: Completion) {
	const returned = messages.find(({ role }) => role === 'tool');
	const message = returned
		? { content: `The API says: ${JSON.stringify(returned.content)}` }
		: {
				content: null,
				tool_calls: [
					{
						id: 'call_1',
						type: 'function',
						function: { name: tools?.[0]?.function.name, arguments: JSON.stringify(ARGUMENTS) },
					},
				],
			};
	return {
		id: `chatcmpl-${calls.length}`,
		object: 'chat.completion',
		created: 1700000000,
		model: 'stand-in',
		choices: [
			{
				index: 0,
				message: { role: 'assistant', ...message },
				finish_reason: returned ? 'stop' : 'tool_calls',
			},
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

const standIn = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		const text = Buffer.concat(chunks).toString();
		if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
			response.writeHead(404).end();
			return;
		}
		const body = JSON.parse(text) as Completion;
		calls.push({ headers: request.headers, body, text });
		// The stand-in cannot stream; the agent streams to chats only.
		response.writeHead(body.stream ? 400 : 200, { 'content-type': 'application/json' });
		response.end(JSON.stringify(completion(body)));
	});
});

beforeAll(async () => {
	api = await startDemoApi({ audience: 'demo-api', keys: [{ publicKey }] });
	await new Promise<void>((resolve) => standIn.listen(0, '127.0.0.1', resolve));
	const { port } = standIn.address() as AddressInfo;
	openAi = await client.createCredential({
		name: `Stand-in ${randomUUID()}`,
		type: 'openAiApi',
		data: { apiKey: MODEL_API_KEY, url: `http://127.0.0.1:${port}/v1`, header: false },
	});
	signing = await client.createCredential({
		name: `Sign ${randomUUID()}`,
		type: 'jwtSignApi',
		data: {
			algorithm: 'RS256',
			privateKey: pem,
			payload: '{ "iss": "n8n", "sub": "order-service", "aud": "demo-api" }',
		},
	});
});

afterAll(async () => {
	standIn.closeAllConnections();
	await new Promise((resolve) => standIn.close(resolve));
	await api.stop();
});

beforeEach(() => {
	calls.length = 0;
	api.clear();
});

const TOOL = 'Orders API';

/** An AI Agent with the stand-in as its model and JWT HTTP Request as its only tool. */
function agentWorkflow(toolParameters: Step['parameters'] = {}) {
	const agent: Step = {
		name: 'AI Agent',
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion: 3.1,
		parameters: { promptType: 'define', text: 'What is in order 17?', options: {} },
	};
	const model: Step = {
		name: 'Chat Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.3,
		parameters: {
			model: { __rl: true, mode: 'id', value: 'stand-in' },
			responsesApiEnabled: false,
			options: { maxRetries: 0 },
		},
		credential: openAi,
	};
	const tool: Step = {
		name: TOOL,
		type: 'n8n-nodes-jwt-auth.jwtHttpRequestTool',
		parameters: {
			descriptionType: 'manual',
			toolDescription: 'Reads orders',
			credentialType: 'jwtSignApi',
			url: `=${api.url}/{{ $fromAI('path', 'Path of the order, as in orders/1', 'string') }}`,
			...toolParameters,
		},
		credential: signing,
	};
	const to = (node: string, type: string) => ({ [type]: [[{ node, type, index: 0 }]] });
	return {
		...workflow([{}], agent, model, tool),
		connections: {
			'Manual Trigger': to('Items', 'main'),
			Items: to(agent.name, 'main'),
			[model.name]: to(agent.name, 'ai_languageModel'),
			[tool.name]: to(agent.name, 'ai_tool'),
		},
	};
}

describe('JWT HTTP Request as a tool of an AI Agent in the real n8n', () => {
	it('lets the model choose what $fromAI leaves to it, and neither sign nor see a token', async () => {
		const run = await client.runWorkflow(agentWorkflow());
		expect(run.error).toBeUndefined();
		expect(run.status).toBe('success');

		expect(
			api.requests.map(({ method, url, authenticated, payload }) => ({
				method,
				url,
				authenticated,
				payload,
			})),
		).toEqual([
			{
				method: 'GET',
				url: '/orders/17',
				authenticated: true,
				payload: {
					iss: 'n8n',
					sub: 'order-service',
					aud: 'demo-api',
					iat: expect.any(Number),
					exp: expect.any(Number),
				},
			},
		]);

		// The model was offered one tool, with the one argument, and got the answer of the API back.
		expect(calls).toHaveLength(2);
		const offered = calls.map(({ body }) => body.tools?.map((tool) => tool.function));
		const offer = {
			name: 'Orders_API',
			description: 'Reads orders',
			parameters: expect.objectContaining({
				properties: {
					path: { type: 'string', description: 'Path of the order, as in orders/1' },
				},
				required: ['path'],
			}),
		};
		expect(offered).toEqual([[expect.objectContaining(offer)], [expect.objectContaining(offer)]]);
		const [item] = outputItems(run.runData, 'AI Agent');
		expect(item?.json.output).toContain('The API says:');
		expect(String(item?.json.output).replace(/\\/g, '')).toContain(
			'"authenticated":true,"subject":"order-service","method":"GET","path":"/orders/17"',
		);

		// Neither the token nor its signature, neither the key nor a line of it reached the model.
		const token = String(api.requests[0]?.token);
		const secrets = [
			...token.split('.'),
			...pem.split('\n').filter((line) => line !== ''),
			signing.id,
			signing.name,
		];
		expect(secrets.length).toBeGreaterThan(25);
		for (const { headers, text } of calls) {
			expect(headers.authorization).toBe(`Bearer ${MODEL_API_KEY}`);
			const sent = `${JSON.stringify(headers)}\n${text}`;
			expect(secrets.filter((secret) => sent.includes(secret))).toEqual([]);
			expect(sent).not.toMatch(/eyJ|PRIVATE KEY|jwtSignApi|privateKey/);
		}
		// Nor is it in what n8n stored of the run.
		expect(secrets.slice(0, -2).filter((secret) => run.rawText.includes(secret))).toEqual([]);
	});

	it('passes only as much of the answer to the model as Optimize Response leaves', async () => {
		/** What the model got back from the tool. */
		async function toldToModel(toolParameters: Step['parameters']): Promise<unknown> {
			calls.length = 0;
			const run = await client.runWorkflow(
				agentWorkflow({ optimizeResponse: true, ...toolParameters }),
			);
			expect(run.error).toBeUndefined();
			return calls[1]?.body.messages.find(({ role }) => role === 'tool')?.content;
		}

		const json = { responseType: 'json' };
		const selected = { ...json, fieldsToInclude: 'selected', fields: 'subject, path' };
		expect(await toldToModel(selected)).toBe('[{"subject":"order-service","path":"/orders/17"}]');

		const method = '"method":"GET"';
		expect(await toldToModel({ optimizeResponse: false })).toContain(method);
		const except = { ...json, fieldsToInclude: 'except', fields: 'method' };
		const rest = await toldToModel(except);
		expect(rest).toContain('"subject":"order-service"');
		expect(rest).not.toContain(method);

		const text = { responseType: 'text', truncateResponse: true, maxLength: 15 };
		expect(await toldToModel(text)).toBe(JSON.stringify([{ data: '{"authenticated' }]));
	});
});
