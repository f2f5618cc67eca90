import { SENDER_NAMES, SENDERS } from './support/exchangeFixtures';
import { isSigned, JWT, SERVICES } from '../support/tokenServices';
import { n8nSession } from './support/n8nSession';
import { claimsOf, servePair, type Arrived } from './support/tokenServer';
import { workflow } from './support/workflows';

const { client } = n8nSession();

const pair = servePair();

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
		const { token, api } = pair;
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
