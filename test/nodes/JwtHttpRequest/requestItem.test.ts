import { Readable } from 'node:stream';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { JwtHttpRequest } from '../../../nodes/JwtHttpRequest/JwtHttpRequest.node';
import { standIn, type StandIn } from '../support/standIn';
import type { Reply } from './support/sender';

const SECRET = 'opaque-token-of-the-issuer';
const jwtTokenApi = {
	token: SECRET,
	allowedHttpRequestDomains: 'domains',
	allowedDomains: 'api.test',
};

/** Runs the node with these forms against an API; what came out, was sent and was hinted at. */
async function run(
	forms: Array<Record<string, unknown>>,
	api: (request: IHttpRequestOptions) => Reply,
	given: StandIn = {},
) {
	const parameters = forms.map((form) => ({
		credentialType: 'jwtTokenApi',
		url: 'https://api.test/x',
		...form,
	}));
	const { context, hints } = standIn({ credentials: { jwtTokenApi }, ...given, parameters });
	const requests: IHttpRequestOptions[] = [];
	const send = async (request: IHttpRequestOptions) => {
		requests.push(request);
		const {
			statusCode = 200,
			headers = { 'content-type': 'application/json' },
			body = '{}',
		} = api(request);
		const stream = typeof body === 'string' ? Readable.from([Buffer.from(body)]) : body;
		return await Promise.resolve({ statusCode, headers, body: stream });
	};
	context.helpers.httpRequest = send;
	context.helpers.httpRequestWithAuthentication = async (_type, request) => await send(request);
	const outcome: unknown = await new JwtHttpRequest().execute
		.call(context)
		.then(([items]) => items)
		.catch((error: unknown) => error);
	return { outcome, requests, hints };
}

it('each item becomes the items of its answer, in order and paired with it', async () => {
	const forms = ['a', 'b'].map((name) => ({ url: `https://api.test/${name}` }));
	const { outcome, hints } = await run(forms, ({ url }) => ({
		headers: { 'content-type': 'application/json' },
		body: url.endsWith('a') ? '[{"n":1},{"n":2}]' : '{"n":3}',
	}));
	expect(outcome).toEqual([
		{ json: { n: 1 }, pairedItem: { item: 0 } },
		{ json: { n: 2 }, pairedItem: { item: 0 } },
		{ json: { n: 3 }, pairedItem: { item: 1 } },
	]);
	expect(hints).toEqual([]);
});

it('an item that fails stops the node, with its index', async () => {
	const forms = [{}, { url: 'ftp://api.test' }];
	const { outcome } = await run(forms, () => ({}));
	expect(outcome).toMatchObject({
		description: expect.stringContaining('[URL_INVALID]') as string,
		context: { itemIndex: 1 },
	});
});

it('an item that fails is an error beside the others where the person chose that', async () => {
	const forms = [{}, { url: 'https://api.test/missing' }, { url: 'ftp://api.test' }, {}];
	const missing = ({ url }: { url: string }) =>
		url.endsWith('missing') ? { statusCode: 404 } : {};
	const { outcome, requests } = await run(forms, missing, { continues: true });
	expect(outcome).toEqual([
		{ json: {}, pairedItem: { item: 0 } },
		{ json: { error: expect.stringContaining('404') as string }, pairedItem: { item: 1 } },
		{
			json: { error: expect.stringContaining('[URL_INVALID]') as string },
			pairedItem: { item: 2 },
		},
		{ json: {}, pairedItem: { item: 3 } },
	]);
	expect(requests).toHaveLength(3);
});

it('an API that repeats the token does not get it into the error', async () => {
	const { outcome } = await run([{}], () => ({ statusCode: 403, body: `no: ${SECRET}` }));
	expect(outcome).toBeInstanceOf(Error);
	const { message, description, stack } = outcome as Error & { description: string };
	expect(`${message} ${description} ${String(stack)} ${JSON.stringify(outcome)}`).not.toContain(
		SECRET,
	);
	expect(message).toContain('403');
});

it('nothing is sent where the form is wrong, whatever its place', async () => {
	for (const form of [
		{ options: { pagination: { pagination: { parameters: { parameters: [] } } } } },
		{ options: { timeout: 0 } },
		{ sendBody: true },
		{ options: { concurrency: 0 } },
	]) {
		const { outcome, requests } = await run([form], () => ({}));
		expect(outcome).toBeInstanceOf(Error);
		expect(requests).toEqual([]);
	}
});

it('a redirect to a place without the token is told beside the output', async () => {
	const open = { ...jwtTokenApi, allowedHttpRequestDomains: 'all' };
	const { outcome, hints } = await run(
		[{}],
		({ url }) =>
			url === 'https://api.test/x'
				? { statusCode: 302, headers: { location: 'https://cdn.test/y?secret=1' } }
				: {},
		{ credentials: { jwtTokenApi: open } },
	);
	expect(outcome).toEqual([{ json: {}, pairedItem: { item: 0 } }]);
	expect(hints).toContainEqual(expect.stringContaining('redirected to https://cdn.test,'));
	expect(hints.join()).not.toContain('secret=1');
});

it('all pages of an item come out', async () => {
	const parameters = { parameters: [{ name: 'page' }] };
	const pagination = { pagination: { parameters } };
	const { outcome } = await run([{ options: { pagination } }], ({ url }) => {
		const page = Number(new URL(url).searchParams.get('page'));
		const body = JSON.stringify(page > 2 ? [] : [{ page }]);
		return { headers: { 'content-type': 'application/json' }, body };
	});
	expect(outcome).toEqual([1, 2].map((page) => ({ json: { page }, pairedItem: { item: 0 } })));
});
