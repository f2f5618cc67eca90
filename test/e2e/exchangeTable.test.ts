import { outputItems } from '../../playground/client';
import { SENDER_NAMES, SENDERS } from './support/exchangeFixtures';
import { ES256, isSigned, JWT, SERVICES, standard, workload } from '../support/tokenServices';
import { n8nSession } from './support/n8nSession';
import { claimsOf, startServer, type Arrived, type TestServer } from './support/tokenServer';
import { getAccessToken, workflow } from './support/workflows';

const { client } = n8nSession();

let token: TestServer;
let api: TestServer;

beforeAll(async () => {
	token = await startServer(() => ({ status: 500 }));
	api = await startServer(() => ({ body: { ok: true } }));
});

afterAll(async () => {
	await Promise.all([token.stop(), api.stop()]);
});

beforeEach(() => {
	token.requests.length = 0;
	api.requests.length = 0;
});

/** What a token request says, with `<jwt>` for its one JWT, which stands nowhere else in the request. */
function readRequest({ body, headers, path }: Arrived) {
	const jwts = [body, path, ...Object.values(headers)].flatMap(
		(text) => String(text).match(JWT) ?? [],
	);
	const [jwt = ''] = jwts;
	const shown = body.replace(jwt, '<jwt>');
	const isJson = String(headers['content-type']).startsWith('application/json');
	const parsed: unknown = isJson
		? JSON.parse(shown)
		: Object.fromEntries(new URLSearchParams(shown));
	return { jwts, jwt, format: isJson ? 'json' : 'form', body: parsed };
}

describe.each(Object.entries(SERVICES))('%s', (name, service) => {
	it('is traded with as it wants, once, and called with its token', async () => {
		token.answer = ({ method }) => (method === 'POST' ? service.answer : { status: 405 });
		const credential = await client.createCredential({
			name: `Table ${name}`,
			type: 'jwtExchangeApi',
			data: { tokenUrl: `${token.url}/token`, ...service.data },
		});
		for (const node of SENDER_NAMES) {
			const { error } = await client.runWorkflow(
				workflow([{}, {}], SENDERS[node](credential, `${api.url}/v1`)),
			);
			expect(error?.message).toBe(undefined);
		}
		expect(token.requests).toHaveLength(1);
		const [arrived] = token.requests;
		if (!arrived) throw new Error('nothing arrived');
		const { jwts, jwt, format, body } = readRequest(arrived);
		expect(jwts).toHaveLength(1);
		expect(isSigned(jwt)).toBe(true);
		expect({ format, body }).toEqual({ format: service.format, body: service.body });
		expect(claimsOf(jwt)).toMatchObject(service.claims);
		expect(arrived.headers).toMatchObject(service.headers ?? {});
		const [header, value] = service.sent;
		expect(api.requests.map(({ headers }) => headers[header])).toEqual(Array(4).fill(value));
	});
});

it('1,000 items of a token exchange with a placeholder in body, header and query are one exchange', async () => {
	token.answer = ({ method }) => (method === 'POST' ? standard('many-1') : { status: 405 });
	const credential = await client.createCredential({
		name: 'Table of many',
		type: 'jwtExchangeApi',
		data: {
			...ES256,
			grant: 'tokenExchange',
			tokenUrl: `${token.url}/token?copy={assertion}`,
			payload: JSON.stringify(workload),
			bodyParameters: '{"deep":{"jwt":["{assertion}"]}}',
			useAdvanced: true,
			bodyFormat: 'json',
			exchangeHeaders: '{"X-Copy":"JWT {assertion}"}',
		},
	});
	const items = Array.from({ length: 1000 }, () => ({}));
	const { runData } = await client.runWorkflow(workflow(items, getAccessToken(credential)), {
		timeoutMs: 200_000,
	});
	const tokens = outputItems(runData, 'JWT Sign').map(({ json }) => json.accessToken);
	expect(tokens).toEqual(Array(1000).fill('many-1'));
	expect(token.requests).toHaveLength(1);
	const [arrived] = token.requests;
	if (!arrived) throw new Error('nothing arrived');
	const { jwts } = readRequest(arrived);
	expect(jwts).toHaveLength(4);
	expect(new Set(jwts).size).toBe(1);
});
