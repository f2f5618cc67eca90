import { readForm } from '../support/readForm';

describe('headers', () => {
	const headersOf = async (rows: unknown, options = {}) => {
		const headerParameters = { parameters: rows };
		return (await readForm({ sendHeaders: true, headerParameters, options })).headers;
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
