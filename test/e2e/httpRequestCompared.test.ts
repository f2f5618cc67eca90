import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { outputItems, type CredentialRef, type WorkflowRun } from '../../playground/client';
import { startEchoServer, type EchoServer } from './support/echoServer';
import { n8nSession } from './support/n8nSession';
import { jwtHttpRequest, sideBySide, stockHttpRequest } from './support/workflows';

type Parameters = Record<string, unknown>;
type Items = Array<Record<string, unknown>>;

const { client } = n8nSession();
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

let server: EchoServer;
let credential: CredentialRef;

beforeAll(async () => {
	server = await startEchoServer();
	credential = await client.createCredential({
		name: `Compared ${randomUUID()}`,
		type: 'jwtSignApi',
		data: {
			algorithm: 'ES256',
			privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
			payload: '{ "sub": "x" }',
		},
	});
});

afterAll(async () => {
	await server.stop();
});

const FILE = {
	json: { from: 'input' },
	binary: {
		upload: {
			data: Buffer.from('file content \u00e9', 'latin1').toString('base64'),
			mimeType: 'text/csv',
			fileName: 'up load.csv',
		},
	},
};
const PLAIN: Items = [{ json: { id: 1, name: 'Ann' } }, { json: { id: 2, name: 'Bob & Co' } }];

const rows = (...parameters: Array<Record<string, unknown>>) => ({ parameters });
const row = (name: string, value: unknown) => ({ name, value });
const response = (values: Parameters, options: Parameters = {}) => ({
	options: { response: { response: values }, ...options },
});
const query = (...parameters: Array<Record<string, unknown>>) => ({
	sendQuery: true,
	queryParameters: rows(...parameters),
});
const headers = (...parameters: Array<Record<string, unknown>>) => ({
	sendHeaders: true,
	headerParameters: rows(...parameters),
});
const body = (contentType: string, values: Parameters) => ({
	method: 'POST',
	sendBody: true,
	contentType,
	...values,
});
const list = query(row('tag', 'a b'), row('tag', 'c,d'), row('x', '1'));

/** Name, path (an expression when it begins with =), parameters of both nodes, input items. */
type Case = [name: string, path: string, parameters?: Parameters, items?: Items];

const SAME: Case[] = [
	['a plain GET', '/echo'],
	[
		'an expression in the URL',
		'=/echo/{{ $json.id }}?n={{ encodeURIComponent($json.name) }}',
		{},
		PLAIN,
	],
	['characters that a URL cannot hold', '/echo/ä ö?q=ü x#fragment'],
	['DELETE', '/echo', { method: 'DELETE' }],
	[
		'PUT with JSON',
		'/echo',
		{ ...body('json', { bodyParameters: rows(row('a', '1')) }), method: 'PUT' },
	],
	[
		'PATCH with JSON',
		'/echo',
		{ ...body('json', { bodyParameters: rows(row('a', '1')) }), method: 'PATCH' },
	],
	['OPTIONS', '/echo', { method: 'OPTIONS' }],
	[
		'HEAD with the full response',
		'/object',
		{ method: 'HEAD', ...response({ fullResponse: true }) },
	],
	['a WebDAV method', '/echo', { method: 'PROPFIND', options: { webdavMethods: true } }],
	['query fields', '/echo', query(row('a', 'x y'), row('ü', '&='))],
	['query fields beside those of the URL', '/echo?z=1', query(row('a', '2'))],
	['a query list, default format', '/echo', list],
	[
		'a query list with brackets',
		'/echo',
		{ ...list, options: { queryParameterArrays: 'brackets' } },
	],
	['a query list with indices', '/echo', { ...list, options: { queryParameterArrays: 'indices' } }],
	[
		'a query list without brackets',
		'/echo',
		{ ...list, options: { queryParameterArrays: 'repeat' } },
	],
	[
		'a query as JSON',
		'/echo',
		{ sendQuery: true, specifyQuery: 'json', jsonQuery: '{"a":{"b":[1,2]},"c":null,"d":true}' },
	],
	['header fields, lower-cased', '/echo', headers(row('X-One', '1'), row('X-Two', 'two'))],
	[
		'header fields as typed',
		'/echo',
		{ ...headers(row('X-One', '1')), options: { lowercaseHeaders: false } },
	],
	[
		'headers as JSON',
		'/echo',
		{ sendHeaders: true, specifyHeaders: 'json', jsonHeaders: '{"X-One":"1"}' },
	],
	['an Accept of your own', '/echo', headers(row('Accept', 'text/csv'))],
	['a User-Agent of your own', '/echo', headers(row('User-Agent', 'me/1'))],
	[
		'JSON fields with paths',
		'/echo',
		body('json', { bodyParameters: rows(row('a.b', 'x'), row('list[0].c', 'y'), row('ö', 'ü')) }),
	],
	[
		'JSON as text',
		'/echo',
		body('json', { specifyBody: 'json', jsonBody: '{"a":[1,null,"é"],"b":{"c":true}}' }),
	],
	[
		'JSON as an expression',
		'/echo',
		body('json', { specifyBody: 'json', jsonBody: '={{ $json }}' }),
		PLAIN,
	],
	['a JSON list', '/echo', body('json', { specifyBody: 'json', jsonBody: '[{"a":1}]' })],
	[
		'JSON with a content type of its own',
		'/echo',
		{
			...body('json', { bodyParameters: rows(row('a', '1')) }),
			...headers(row('Content-Type', 'application/vnd.api+json')),
		},
	],
	[
		'a form',
		'/echo',
		body('form-urlencoded', { bodyParameters: rows(row('a', 'x y&z'), row('ü', '+')) }),
	],
	[
		'a form with a name twice',
		'/echo',
		body('form-urlencoded', { bodyParameters: rows(row('a', '1'), row('a', '2')) }),
	],
	[
		'a form as text',
		'/echo',
		body('form-urlencoded', { specifyBody: 'string', body: 'a=1&b=x%20y' }),
	],
	[
		'multipart texts',
		'/echo',
		body('multipart-form-data', {
			bodyParameters: rows(
				{ ...row('a', 'é\nx'), parameterType: 'formData' },
				{ ...row('b', '2'), parameterType: 'formData' },
			),
		}),
	],
	[
		'multipart with a file',
		'/echo',
		body('multipart-form-data', {
			bodyParameters: rows(
				{ ...row('a', '1'), parameterType: 'formData' },
				{ name: 'f', parameterType: 'formBinaryData', inputDataFieldName: 'upload' },
			),
		}),
		[FILE],
	],
	['a file as body', '/echo', body('binaryData', { inputDataFieldName: 'upload' }), [FILE]],
	['a raw body', '/echo', body('raw', { rawContentType: 'text/xml', body: '<a>é</a>' })],
	['a JSON object', '/object'],
	['a JSON list, split', '/list', {}, PLAIN],
	['a list inside an object', '/data-list'],
	['JSON null', '/null'],
	['an empty JSON body', '/empty-json'],
	['an empty JSON list', '/empty-list'],
	['gzipped JSON', '/gzip'],
	['JSON, format JSON', '/list', response({ responseFormat: 'json' })],
	['the full response of JSON', '/object', response({ fullResponse: true })],
	[
		'the full response of a list',
		'/list',
		response({ fullResponse: true, responseFormat: 'json' }),
	],
	['text', '/text'],
	[
		'text in a field of its own',
		'/text',
		response({ responseFormat: 'text', outputPropertyName: 'content' }),
	],
	[
		'the full response of text',
		'/text',
		response({ fullResponse: true, responseFormat: 'text', outputPropertyName: 'content' }),
	],
	['HTML in UTF-8', '/html'],
	['text in Latin-1', '/latin1'],
	['no content type', '/no-type'],
	['an empty text', '/empty-text'],
	['an empty text, format text', '/empty-text', response({ responseFormat: 'text' })],
	['status 204', '/status/204'],
	['an image', '/image.png', {}, [FILE]],
	['a PDF', '/files/report.pdf', {}, PLAIN],
	['a file without an extension', '/download'],
	[
		'a file in a field of its own',
		'/image.png',
		response({ responseFormat: 'file', outputPropertyName: 'picture' }),
	],
	['text as a file', '/text', response({ responseFormat: 'file' })],
	[
		'the full response of a file',
		'/image.png',
		response({ responseFormat: 'file', fullResponse: true }),
	],
	['a status of 404 that is no error', '/status/404', response({ neverError: true })],
	[
		'a status of 500, full, that is no error',
		'/status/500',
		response({ neverError: true, fullResponse: true }),
	],
	['broken JSON that is no error', '/broken-json', response({ neverError: true })],
	...[301, 302, 303, 307, 308].map(
		(status): Case => [`a redirect ${status}`, `/redirect/${status}`],
	),
	[
		'a POST redirected by 303',
		'/redirect/303',
		body('json', { bodyParameters: rows(row('a', '1')) }),
	],
	[
		'a POST redirected by 307',
		'/redirect/307',
		body('json', { bodyParameters: rows(row('a', '1')) }),
	],
	[
		'a redirect that is not followed',
		'/redirect/302',
		response(
			{ neverError: true, fullResponse: true },
			{ redirect: { redirect: { followRedirects: false } } },
		),
	],
	[
		'batches',
		'=/echo/{{ $json.id }}',
		{ options: { batching: { batch: { batchSize: 1, batchInterval: 50 } } } },
		PLAIN,
	],
	['a timeout that is not reached', '/object', { options: { timeout: 300_000 } }],
];

interface Compared {
	stock: Array<Record<string, unknown>>;
	ours: Array<Record<string, unknown>>;
	run: WorkflowRun;
}

type Item = { json?: unknown; binary?: Record<string, object>; pairedItem?: unknown };

/** Binary data without where n8n happened to store it. */
function comparable(items: Item[]): Array<Record<string, unknown>> {
	return items.map(({ json, binary, pairedItem }) => ({
		json,
		pairedItem,
		...(binary && {
			binary: Object.fromEntries(
				Object.entries(binary).map(([name, data]) => [
					name,
					{ ...data, id: undefined, directory: undefined },
				]),
			),
		}),
	}));
}

async function compare(
	path: string,
	parameters: Parameters = {},
	items: Items = [{ json: {} }],
	ownParameters: Parameters = parameters,
): Promise<Compared> {
	const url = path.startsWith('=') ? `=${server.url}${path.slice(1)}` : server.url + path;
	const run = await client.runWorkflow(
		sideBySide(
			items,
			{
				...stockHttpRequest(credential, url, parameters),
				typeVersion: 4.5,
				onError: 'continueRegularOutput',
			},
			{ ...jwtHttpRequest(credential, url, ownParameters), onError: 'continueRegularOutput' },
		),
	);
	return {
		stock: comparable(outputItems(run.runData, 'HTTP Request')),
		ours: comparable(outputItems(run.runData, 'JWT HTTP Request')),
		run,
	};
}

describe('beside n8n’s own HTTP Request node, the same request gives the same items', () => {
	// Called with one argument: for fewer arguments than parameters jest would pass a callback.
	it.each(SAME.map(([name, ...request]) => ({ name, request })))('$name', async ({ request }) => {
		const { stock, ours } = await compare(...request);
		expect(ours).toEqual(stock);
	});
});

const items = (...jsons: unknown[]) => jsons.map((json) => ({ json, pairedItem: { item: 0 } }));
/** Documented in docs/http-request.md; name, path, parameters, what n8n's node does, what ours does. */
const DIFFERENT: Array<[string, string, Parameters, unknown, unknown]> = [
	['a list of what is no object', '/numbers', {}, items(1, 2), items({ data: 1 }, { data: 2 })],
	['a number', '/number', {}, items(42), items({ data: 42 })],
	[
		'a problem+json answer',
		'/problem',
		{},
		items({ data: '{"title":"x"}' }),
		items({ title: 'x' }),
	],
	[
		'JSON in format Text',
		'/spaced-json',
		response({ responseFormat: 'text' }),
		items({ data: '{"a":1}' }),
		items({ data: '{ "a":  1 }' }),
	],
	[
		'text in format JSON',
		'/text',
		response({ responseFormat: 'json' }),
		items({ error: expect.stringContaining('not valid JSON') }),
		items({ error: expect.stringContaining('[JSON_MALFORMED]') }),
	],
	[
		'broken JSON',
		'/broken-json',
		{},
		items({ error: 'Invalid JSON in response body' }),
		items({ error: expect.stringContaining('[JSON_MALFORMED]') }),
	],
	[
		'a row without a name',
		'/echo',
		query(row('', ''), row('a', '1')),
		items(expect.objectContaining({ url: '/echo?=&a=1' })),
		items(expect.objectContaining({ url: '/echo?a=1' })),
	],
	[
		'a large number in JSON',
		'/echo',
		body('json', { specifyBody: 'json', jsonBody: '{"n":12345678901234567890}' }),
		items(expect.objectContaining({ body: '{"n":12345678901234567000}' })),
		items(expect.objectContaining({ body: '{"n":12345678901234567890}' })),
	],
	[
		'a name twice in the text of a form',
		'/echo',
		body('form-urlencoded', { specifyBody: 'string', body: 'a=1&a=2' }),
		items(expect.objectContaining({ body: 'a=2' })),
		items(expect.objectContaining({ body: 'a=1&a=2' })),
	],
	[
		'a body with GET',
		'/echo',
		{ ...body('raw', { rawContentType: 'text/plain', body: 'x' }), method: 'GET' },
		items(expect.objectContaining({ body: 'x' })),
		items({ error: expect.stringContaining('[METHOD_WITHOUT_BODY]') }),
	],
	[
		'a status of 404',
		'/status/404',
		{},
		items({ error: expect.anything(), details: expect.anything() }),
		items({ error: 'The API answered 404 Not Found as asked' }),
	],
];

describe('beside n8n’s own HTTP Request node, the documented difference', () => {
	it.each(DIFFERENT.map(([name, ...difference]) => ({ name, difference })))(
		'$name',
		async ({ difference: [path, parameters, expectedStock, expectedOurs] }) => {
			const { stock, ours } = await compare(path, parameters);
			expect({ stock, ours }).toEqual({ stock: expectedStock, ours: expectedOurs });
		},
	);

	it('pages: every page of ours is signed for its own item, and given by choices', async () => {
		const stockPages = {
			paginationMode: 'updateAParameterInEachRequest',
			parameters: { parameters: [{ type: 'qs', name: 'page', value: '={{ $pageCount + 1 }}' }] },
			paginationCompleteWhen: 'responseIsEmpty',
		};
		const ownPages = {
			...stockPages,
			parameters: { parameters: [{ type: 'qs', name: 'page', valueFrom: 'pageNumber' }] },
		};
		const options = (pagination: Parameters) => ({ options: { pagination: { pagination } } });
		const { stock, ours } = await compare('/pages', options(stockPages), PLAIN, options(ownPages));
		expect(ours).toHaveLength(12);
		expect(ours).toEqual(stock);
	});
});
