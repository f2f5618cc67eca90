import { outputItems, type CredentialRef } from '../../playground/client';
import { createExchange, SENDER_NAMES, SENDERS } from './support/exchangeFixtures';
import { n8nSession } from './support/n8nSession';
import { startTokenService, type TokenService } from './support/tokenServer';
import { getAccessToken, workflow } from './support/workflows';

const { client } = n8nSession();

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

/** Changes what the endpoint says beside the token. */
function endpointSays(members: Record<string, unknown>): void {
	const usual = service.endpoint.answer;
	service.endpoint.answer = async (request) => {
		const answer = (await usual(request)) ?? {};
		return request.method === 'POST' && answer.status === undefined
			? { ...answer, body: { ...(answer.body as object), ...members } }
			: answer;
	};
}

describe('a life that no token has', () => {
	it.each([[-3600], [0], [null], [1e300], ['9'.repeat(30)]])(
		'%j: the token is used, and one exchange is enough for both nodes',
		async (expires_in) => {
			endpointSays({ expires_in });
			const credential = await exchanging();
			const items = Array.from({ length: 20 }, (_, index) => ({ index }));
			const steps = SENDER_NAMES.map((name) => SENDERS[name](credential, service.api.url));
			const { status, runData } = await client.runWorkflow(
				workflow(items, getAccessToken(credential), ...steps),
			);
			expect(status).toBe('success');
			const [first] = outputItems(runData, 'JWT Sign');
			const end = Date.parse(String(first?.json.expiresAt));
			expect(end).toBeLessThan(Date.now() + 10 * 366 * 86_400_000);
			expect(service.api.requests).toHaveLength(40);
			expect(service.exchanges()).toHaveLength(1);
		},
	);
});

describe('a value that is no token', () => {
	it.each<[unknown, RegExp]>([
		['first-half\r\nsecond-half', /has a line break/],
		['first-half second-half', /has a blank/],
		['first-hälf', /no printable ASCII/],
		[123456789, /is a number/],
		[['first-half'], /is a list/],
	])('%j is refused with the reason, and nothing of it is shown', async (access_token, reason) => {
		endpointSays({ access_token });
		for (const name of SENDER_NAMES) {
			const step = SENDERS[name](await exchanging(), service.api.url);
			const { status, rawText } = await client.runWorkflow(workflow([{}], step));
			expect(status).toBe('error');
			expect(rawText).toMatch(reason);
			expect(rawText).toContain('[EXCHANGE_TOKEN_INVALID]');
			expect(rawText).not.toMatch(/-half|-hälf|123456789/);
		}
		expect(service.api.requests).toEqual([]);
	});
});

it('a token_type that is a number is refused, and its token sent nowhere', async () => {
	endpointSays({ token_type: 7 });
	for (const name of SENDER_NAMES) {
		const step = SENDERS[name](await exchanging(), service.api.url);
		const { rawText } = await client.runWorkflow(workflow([{}], step));
		expect(rawText).toContain('[EXCHANGE_TOKEN_TYPE]');
	}
	expect(service.api.requests).toEqual([]);
});

describe('a base URL', () => {
	it.each([
		['http://api.example.com', 'http://'],
		['https://somebody:pass-word@api.example.com', 'user name'],
	])('%s gets no token', async (instance_url, words) => {
		endpointSays({ instance_url });
		const credential = await exchanging({ useAdvanced: true, baseUrlField: 'instance_url' });
		const step = SENDERS['JWT HTTP Request'](credential, '/v1/x');
		const { status, error, rawText } = await client.runWorkflow(workflow([{}], step));
		expect(status).toBe('error');
		expect(error?.message).toContain(words);
		expect(rawText).toContain('[EXCHANGE_BAD_RESPONSE]');
		expect(rawText).not.toContain('pass-word');
	});

	it('of this machine gets it', async () => {
		endpointSays({ instance_url: service.api.url });
		const credential = await exchanging({ useAdvanced: true, baseUrlField: 'instance_url' });
		const step = SENDERS['JWT HTTP Request'](credential, '/v1/x');
		expect((await client.runWorkflow(workflow([{}], step))).status).toBe('success');
		expect(service.api.requests).toMatchObject([{ path: '/v1/x' }]);
	});
});
