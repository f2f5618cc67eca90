import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import { JwtAuthError } from '../../../../core/errors';
import type { RequestParts } from '../../../../core/http/requestParts';
import { noteSentToken } from '../../../../core/request/sentTokens';
import { ItemSecrets } from '../../../../nodes/JwtHttpRequest/send/itemSecrets';
import { standIn } from '../../support/standIn';

const SECRETS = ['credential-secret-1', 'header-secret-2', 'query-secret-3', 'url-secret-4'];
const TEXT = `the API said ${SECRETS.join(' and ')}`;

const parts = {
	headers: { 'x-api-key': 'header-secret-2', 'x-trace': 'trace-id-of-nothing' },
	query: { api_key: 'query-secret-3' },
	url: 'https://user:url-secret-4@api.test/',
	body: { kind: 'none' },
} as unknown as RequestParts;

const secrets = () => new ItemSecrets({ secret: 'credential-secret-1' }, parts);
const { context } = standIn({});
const node = { name: 'Node', type: 'node', typeVersion: 1 } as INode;

function expectNone(text: string): void {
	for (const secret of SECRETS) expect(text).not.toContain(secret);
}

it('a text loses what the credential, headers, query and URL hold in secret, and no more', () => {
	const redacted = secrets().redact(`${TEXT} trace-id-of-nothing`);
	expectNone(redacted);
	expect(redacted).toContain('the API said');
	expect(redacted).toContain('trace-id-of-nothing');
});

it('a text loses the tokens of the latest requests', () => {
	const item = secrets();
	const tokens = Array.from({ length: 8 }, (_, index) => `opaque-token-number-${index}-x`);
	for (const token of tokens) {
		const data = {};
		noteSentToken(data, token);
		item.noteSent(data);
	}
	const redacted = item.redact(tokens.join(' '));
	for (const token of tokens) expect(redacted).not.toContain(token);
});

describe('an error on its way out', () => {
	it('of this package keeps code and hint', () => {
		const error = new JwtAuthError('FIELD_INVALID', TEXT, { hint: `Do. ${TEXT}` });
		const redacted = secrets().redactError(context, error) as JwtAuthError;
		expect(redacted.code).toBe('FIELD_INVALID');
		expectNone(`${redacted.message} ${redacted.hint} ${String(redacted.stack)}`);
	});

	it('of an API keeps status and item, and loses request and response', () => {
		const response = { statusCode: 403, message: TEXT, request: { headers: TEXT } };
		const options = { message: TEXT, description: TEXT, httpCode: '403', itemIndex: 4 };
		const error = new NodeApiError(node, response, options);
		const redacted = secrets().redactError(context, error) as NodeApiError;
		expect(redacted).toBeInstanceOf(NodeApiError);
		expect(redacted).toMatchObject({ httpCode: '403', context: { itemIndex: 4 } });
		expectNone(JSON.stringify(redacted) + String(redacted.stack) + String(redacted.description));
	});

	it('of n8n is one of n8n', () => {
		const error = new NodeOperationError(node, TEXT, { description: TEXT });
		const redacted = secrets().redactError(context, error) as NodeOperationError;
		expect(redacted).toBeInstanceOf(NodeOperationError);
		expectNone(`${redacted.message} ${String(redacted.description)}`);
	});

	it('of anybody else is freed of them', () => {
		expectNone((secrets().redactError(context, new Error(TEXT)) as Error).message);
	});
});

const SECRET = 'hush-0123456789-hush';

const request = (changes: Partial<RequestParts>): RequestParts => ({
	method: 'POST',
	url: 'https://api.test/',
	query: {},
	arrayFormat: 'indices',
	headers: {},
	body: { kind: 'none' },
	...changes,
});

const json = (text: string): RequestParts['body'] => ({ kind: 'json', text });

describe('what a server quotes of a request is taken out', () => {
	it.each<[string, Partial<RequestParts>]>([
		['a header', { headers: { 'X-Auth-Token': SECRET } }],
		['a query parameter', { query: { api_key: SECRET } }],
		['the query of the URL', { url: `https://api.test/?api_key=${SECRET}#top` }],
		['the password of the URL', { url: `https://me:${SECRET}@api.test/` }],
		['a JSON body', { body: json(JSON.stringify({ login: { user: 'me', password: SECRET } })) }],
		['a form', { body: { kind: 'form', fields: { client_secret: SECRET } } }],
	])('%s', (_where, changes) => {
		expect(new ItemSecrets({}, request(changes)).redact(`got ${SECRET}`)).toBe('got [removed]');
	});

	it('the password of the proxy', () => {
		const proxy = { protocol: 'http', host: 'proxy.test', port: 80 };
		const auth = { username: 'me', password: SECRET };
		const secrets = new ItemSecrets({}, request({}), { ...proxy, auth });
		const basic = Buffer.from(`me:${SECRET}`).toString('base64');
		expect(secrets.redact(`Basic ${basic}`)).toBe('Basic [removed]');
	});

	it('but not what is no secret by its name', () => {
		const body = json(JSON.stringify({ title: 'a title of some length', note: 'no JSON: {' }));
		const secrets = new ItemSecrets({}, request({ body }));
		expect(secrets.redact('a title of some length')).toBe('a title of some length');
		const broken = new ItemSecrets({}, request({ body: json('{"password":') }));
		expect(broken.redact('malformed')).toBe('malformed');
	});
});
