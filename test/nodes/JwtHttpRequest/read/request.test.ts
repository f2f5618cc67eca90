import { readForm } from '../support/readForm';

describe('a request', () => {
	it('is a GET without query and body where the form says no more than a URL', async () => {
		expect(await readForm({ url: ' https://api.test/x ' })).toEqual({
			method: 'GET',
			url: 'https://api.test/x',
			query: {},
			arrayFormat: 'indices',
			headers: { accept: expect.stringContaining('application/json') as string },
			body: { kind: 'none' },
		});
	});

	it('has the query and headers of rows, the method and how lists are written', async () => {
		const request = await readForm({
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
		expect((await readForm(form)).query).toEqual({ a: [1, null] });
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
		await expect(readForm(form)).rejects.toMatchObject({
			code,
			message: expect.stringContaining(message) as string,
		});
	});

	it('may have a relative URL where the token endpoint can name the base', async () => {
		const form = { url: '/services/data', credentialType: 'jwtExchangeApi' };
		expect(await readForm(form)).toMatchObject({ url: '/services/data' });
	});
});
