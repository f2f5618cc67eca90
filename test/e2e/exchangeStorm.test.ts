import { outputItems, type CredentialRef } from '../../playground/client';
import { FAILURE_MEMORY } from '../../core/exchange/accessTokenCache';
import { createExchange, SENDERS } from './support/exchangeFixtures';
import { n8nSession } from './support/n8nSession';
import { startTokenService, type Answer, type TokenService } from './support/tokenServer';
import { getAccessToken, workflow, type Step } from './support/workflows';

const { client } = n8nSession();

const ITEMS = Array.from({ length: 200 }, (_, index) => ({ index }));

/** The three ways a workflow comes to an access token. */
const STEPS: Array<[string, (credential: CredentialRef, url: string) => Step]> = [
	['HTTP Request', SENDERS['HTTP Request']],
	['JWT HTTP Request', SENDERS['JWT HTTP Request']],
	['JWT Sign', (credential) => getAccessToken(credential)],
];

/** Every way in which a token endpoint says no, and how many requests that takes. */
const REFUSALS: Array<[string, Answer, string, number]> = [
	['429 for a minute', { status: 429, headers: { 'retry-after': '60' } }, 'RATE_LIMITED', 1],
	['429', { status: 429 }, 'RATE_LIMITED', 3],
	['503', { status: 503 }, 'SERVER_ERROR', 3],
	['503 for a minute', { status: 503, headers: { 'retry-after': '60' } }, 'SERVER_ERROR', 1],
	['400', { status: 400, body: { error: 'invalid_client' } }, 'REJECTED', 1],
	['302', { status: 302, headers: { location: 'https://login.example.com/' } }, 'REDIRECTED', 1],
	['a web page', { headers: { 'content-type': 'text/html' }, body: '<!doctype html>' }, 'HTML', 1],
	['an empty answer', { body: '' }, 'EMPTY', 1],
	['no token', { body: { id_token: 'x.y.z' } }, 'TOKEN_MISSING', 1],
	['a token of two lines', { body: { access_token: 'at-1\nat-2' } }, 'TOKEN_INVALID', 1],
	['a token bound to a key', { body: { access_token: 'at', token_type: 'DPoP' } }, 'TOKEN_TYPE', 1],
	['neither JSON nor form', { body: '"text"' }, 'BAD_RESPONSE', 1],
];

let service: TokenService;

beforeAll(async () => {
	service = await startTokenService();
});

afterAll(async () => {
	await service.stop();
});

beforeEach(() => {
	service.reset();
});

const exchanging = async (data: Record<string, unknown> = {}): Promise<CredentialRef> =>
	await createExchange(client, `${service.endpoint.url}/token`, data);

/** What each item says, and how long the run took in milliseconds. */
async function run(step: Step, items = ITEMS): Promise<{ texts: string[]; took: number }> {
	const startedAt = Date.now();
	const failing: Step = { ...step, onError: 'continueRegularOutput' };
	const { runData } = await client.runWorkflow(workflow(items, failing));
	const texts = outputItems(runData, step.name).map(({ json }) => JSON.stringify(json));
	return { texts, took: Date.now() - startedAt };
}

describe.each(STEPS)('200 items of %s', (_node, stepFor) => {
	it.each(REFUSALS)('and an endpoint that says %s', async (_what, answer, code, requests) => {
		service.endpoint.answer = () => answer;
		const { texts, took } = await run(stepFor(await exchanging(), service.api.url));
		expect(texts).toHaveLength(200);
		for (const text of texts) expect(text).toContain(`[EXCHANGE_${code}]`);
		// A machine so slow that the memory ends within the run asks once more for each time that it does.
		const times = 1 + Math.floor(took / FAILURE_MEMORY);
		expect(service.exchanges().length).toBeLessThanOrEqual(requests * times);
		expect(service.api.requests).toEqual([]);
	});
});

describe.each(STEPS)('%s after a refusal', (_node, stepFor) => {
	it('asks again when its time is over, and at once for a changed credential', async () => {
		service.endpoint.answer = () => ({ status: 400, body: { error: 'invalid_client' } });
		const credential = await exchanging();
		await run(stepFor(credential, service.api.url), [{ index: 0 }]);
		const { data } = await client.getCredential(credential.id);
		await client.rest('PATCH', `/credentials/${credential.id}`, {
			name: credential.name,
			type: credential.type,
			data: { ...data, scope: 'read' },
		});
		await run(stepFor(credential, service.api.url), [{ index: 0 }]);
		expect(service.exchanges()).toHaveLength(2);

		await new Promise((resolve) => setTimeout(resolve, FAILURE_MEMORY));
		await run(stepFor(credential, service.api.url), [{ index: 0 }]);
		expect(service.exchanges()).toHaveLength(3);
	});
});
