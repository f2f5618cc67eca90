import type { StandIn } from '../../support/standIn';
import { readForm } from '../support/readForm';

describe('a body', () => {
	const body = async (form: Record<string, unknown>, run: StandIn = {}) =>
		(await readForm({ method: 'POST', sendBody: true, ...form }, run)).body;

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
