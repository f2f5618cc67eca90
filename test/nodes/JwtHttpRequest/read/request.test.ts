import { readOptions } from '../../../../nodes/JwtHttpRequest/read/options';
import { readRequest } from '../../../../nodes/JwtHttpRequest/read/request';
import { standIn, type StandIn } from '../../support/standIn';

/** Reads the request of a form; URL and type of credential are good unless said otherwise. */
async function read(form: Record<string, unknown>, run: StandIn = {}) {
	const parameters = [{ url: 'https://api.test/x', ...form }];
	const { context } = standIn({ ...run, parameters });
	return await readRequest(context, 0, readOptions(context, 0));
}

describe('a request', () => {
	it('is a GET without query and body where the form says no more than a URL', async () => {
		expect(await read({ url: ' https://api.test/x ' })).toEqual({
			method: 'GET',
			url: 'https://api.test/x',
			query: {},
			arrayFormat: 'indices',
			headers: { accept: expect.stringContaining('application/json') as string },
			body: { kind: 'none' },
		});
	});

	it('has the query and headers of rows, the method and how lists are written', async () => {
		const request = await read({
			method: 'DELETE',
			sendQuery: true,
			queryParameters: {
				parameters: [
					{ name: 'id', value: 1 },
					{ name: 'id', value: 2 },
					{ name: '', value: 'a row nobody filled in' },
				],
			},
			sendHeaders: true,
			headerParameters: { parameters: [{ name: 'X-Trace', value: ' 7 ' }] },
			options: { queryParameterArrays: 'repeat' },
		});
		expect(request).toMatchObject({
			method: 'DELETE',
			query: { id: [1, 2] },
			arrayFormat: 'repeat',
			headers: { 'x-trace': '7' },
		});
	});

	it('has the query of a JSON field', async () => {
		const form = { sendQuery: true, specifyQuery: 'json', jsonQuery: '{ "a": [1, null] }' };
		expect((await read(form)).query).toEqual({ a: [1, null] });
	});

	it.each([
		['URL_INVALID', 'The URL is empty.', { url: '' }],
		['URL_INVALID', 'The URL is empty.', { url: undefined }],
		['URL_INVALID', 'https://', { url: 'ftp://api.test' }],
		['URL_INVALID', 'https://', { url: '/services', credentialType: 'jwtSignApi' }],
		['FIELD_INVALID', 'URL', { url: { a: 1 } }],
		['METHOD_WITHOUT_BODY', 'GET', { sendBody: true, contentType: 'json' }],
		['FIELD_INVALID', 'Send Query Parameters', { sendQuery: 'yes' }],
		['JSON_MALFORMED', 'JSON', { sendQuery: true, specifyQuery: 'json', jsonQuery: '[1]' }],
	])('is refused with %s', async (code, message, form) => {
		await expect(read(form)).rejects.toMatchObject({
			code,
			message: expect.stringContaining(message) as string,
		});
	});

	it('may have a relative URL where the token endpoint can name the base', async () => {
		const form = { url: '/services/data', credentialType: 'jwtExchangeApi' };
		expect(await read(form)).toMatchObject({ url: '/services/data' });
	});
});

describe('headers', () => {
	const headersOf = async (rows: unknown, options = {}) => {
		const headerParameters = { parameters: rows };
		return (await read({ sendHeaders: true, headerParameters, options })).headers;
	};

	it('keep their case where Lowercase Headers is off', async () => {
		const rows = [{ name: 'X-Key', value: 'a' }];
		expect(await headersOf(rows, { lowercaseHeaders: false })).toMatchObject({ 'X-Key': 'a' });
	});

	it('are several lines for a list, and none for nothing', async () => {
		const rows = [
			{ name: 'Via', value: ['a', 'b'] },
			{ name: 'X-None', value: null },
		];
		expect(await headersOf(rows)).toMatchObject({ via: ['a', 'b'] });
		expect(await headersOf(rows)).not.toHaveProperty('x-none');
	});

	it.each([
		['json', /^application\/json,/],
		['text', /\*\/\*;q=0\.1$/],
		['file', /image\/\*/],
		['autodetect', /image\/\*/],
	])('ask for what Response Format %s can read', async (responseFormat, accept) => {
		const headers = await headersOf([], { response: { response: { responseFormat } } });
		expect(headers.accept).toMatch(accept);
	});

	it('ask for what the person typed instead, in any case', async () => {
		const rows = [{ name: 'ACCEPT', value: 'text/csv' }];
		expect(await headersOf(rows, { lowercaseHeaders: false })).toEqual({ ACCEPT: 'text/csv' });
	});

	it.each([
		['HEADER_NAME_INVALID', { name: 'a b', value: 'x' }],
		['FIELD_INVALID', { name: 'x', value: 'a\nb' }],
		['FIELD_INVALID', { name: 'x', value: '中' }],
		['FIELD_INVALID', { name: 'x', value: { a: 1 } }],
		['FIELD_INVALID', { name: '__proto__', value: 'x' }],
	])('are refused with %s for what HTTP cannot send: %j', async (code, row) => {
		await expect(headersOf([row])).rejects.toMatchObject({ code });
	});
});

describe('a body', () => {
	const body = async (form: Record<string, unknown>, run: StandIn = {}) =>
		(await read({ method: 'POST', sendBody: true, ...form }, run)).body;

	it('is JSON to the letter', async () => {
		const text = '{ "a":  1.0 }';
		expect(await body({ specifyBody: 'json', jsonBody: text })).toEqual({ kind: 'json', text });
	});

	it('is JSON of an object that an expression gives', async () => {
		expect(await body({ specifyBody: 'json', jsonBody: { a: [1] } })).toEqual({
			kind: 'json',
			text: '{"a":[1]}',
		});
	});

	it('is JSON of rows, dots in whose names lead into objects', async () => {
		const parameters = [
			{ name: 'user.name', value: 'Ann' },
			{ name: 'user.age', value: 7 },
		];
		const read = await body({ bodyParameters: { parameters } });
		expect(read).toEqual({ kind: 'json', text: '{"user":{"name":"Ann","age":7}}' });
	});

	it('is a form of rows, a name that comes twice as a list', async () => {
		const parameters = ['x', 'y'].map((value) => ({ name: 'a', value }));
		const form = { contentType: 'form-urlencoded', bodyParameters: { parameters } };
		expect(await body(form)).toEqual({ kind: 'form', fields: { a: ['x', 'y'] } });
	});

	it('is a form that was typed as text', async () => {
		const form = { contentType: 'form-urlencoded', specifyBody: 'string', body: 'a=1&a=2&b=%20' };
		expect(await body(form)).toEqual({
			kind: 'form',
			fields: { a: ['1', '2'], b: ' ' },
			arrayFormat: 'repeat',
		});
	});

	it.each([
		['application/xml', 'application/xml', true],
		['', 'text/plain', false],
	])('is raw text of the type %j', async (rawContentType, contentType, overridesHeader) => {
		expect(await body({ contentType: 'raw', rawContentType, body: 'ä' })).toEqual({
			kind: 'bytes',
			bytes: Buffer.from('ä', 'utf8'),
			contentType,
			overridesHeader,
		});
	});

	const files = {
		data: { file: { fileName: 'a.png', mimeType: 'image/png' }, bytes: Buffer.from([0, 255]) },
	};

	it('is a file, to the byte', async () => {
		const form = { contentType: 'binaryData', inputDataFieldName: 'data' };
		expect(await body(form, { files })).toEqual({
			kind: 'bytes',
			bytes: Buffer.from([0, 255]),
			contentType: 'image/png',
			overridesHeader: false,
		});
	});

	it('is a multipart form of texts and files', async () => {
		const parameters = [
			{ name: 'note', value: { a: 1 } },
			{ name: 'file', parameterType: 'formBinaryData', inputDataFieldName: 'data' },
		];
		const form = { contentType: 'multipart-form-data', bodyParameters: { parameters } };
		const read = await body(form, { files });
		if (read.kind !== 'bytes') throw new Error('No bytes');
		const text = read.bytes.toString('latin1');
		expect(read.contentType).toMatch(/^multipart\/form-data; boundary=/);
		expect(read.overridesHeader).toBe(true);
		expect(text).toContain('name="note"\r\n\r\n{"a":1}\r\n');
		expect(text).toContain(
			'name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n\0\xff\r\n',
		);
	});

	it.each([
		['JSON_MALFORMED', { specifyBody: 'json', jsonBody: '{ a: 1 }' }],
		['FIELD_INVALID', { contentType: 'xml' }],
		['FIELD_INVALID', { contentType: 'raw', rawContentType: 'a\nb', body: '' }],
		// What every object has would be taken for a file.
		['FIELD_INVALID', { contentType: 'binaryData', inputDataFieldName: 'constructor' }],
	])('is refused with %s: %j', async (code, form) => {
		await expect(body(form)).rejects.toMatchObject({ code });
	});

	it('is refused in the words of n8n where the item has no such file', async () => {
		const form = { contentType: 'binaryData', inputDataFieldName: 'other' };
		await expect(body(form, { files })).rejects.toThrow("no binary field 'other'");
	});
});
