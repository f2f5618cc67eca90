import fc from 'fast-check';
import { encodeMultipart } from '../../../core/http/multipart';

describe('a multipart body', () => {
	it('is read back by another implementation with every name, text and file', async () => {
		const text = fc.string({ unit: 'binary', maxLength: 30 });
		const name = fc.string({ minLength: 1, maxLength: 10 });
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.record({ name, value: fc.oneof(text, fc.uint8Array()) }), { minLength: 1 }),
				async (fields) => {
					const { bytes, contentType } = encodeMultipart(
						fields.map(({ name: field, value }) =>
							typeof value === 'string'
								? { name: field, value }
								: {
										name: field,
										value: Buffer.from(value),
										fileName: 'f"ö.bin',
										contentType: 'a/b',
									},
						),
					);
					const form = await new Response(new Uint8Array(bytes), {
						headers: { 'content-type': contentType },
					}).formData();
					const read = await Promise.all(
						[...form].map(async ([field, value]) => ({
							name: field,
							value: typeof value === 'string' ? value : new Uint8Array(await value.arrayBuffer()),
						})),
					);
					const wellFormed = (value: string) => Buffer.from(value, 'utf8').toString('utf8');
					expect(read).toEqual(
						fields.map(({ name: field, value }) => ({
							name: field,
							value: typeof value === 'string' ? wellFormed(value) : value,
						})),
					);
				},
			),
		);
	});

	it('lets no name break out of its header', () => {
		const { bytes } = encodeMultipart(
			[{ name: 'a"\r\nX: y', value: '', contentType: 'a\r\nX: y' }],
			'b',
		);
		expect(bytes.toString()).toBe(
			'--b\r\nContent-Disposition: form-data; name="a%22%0D%0AX: y"\r\nContent-Type: aX: y\r\n\r\n\r\n--b--\r\n',
		);
	});
});

describe('the bytes of a form', () => {
	it('are a text without and a file with its type, line by line', () => {
		const { bytes, contentType } = encodeMultipart(
			[
				{ name: 'note', value: 'Grüße' },
				{ name: 'raw', value: Buffer.from([0xff, 0x0d, 0x0a]), fileName: '', contentType: '' },
				{
					name: 'file',
					value: Buffer.from('x'),
					fileName: 'a\rb\nc"d.txt',
					contentType: 'text/plain',
				},
			],
			'b',
		);
		expect(contentType).toBe('multipart/form-data; boundary=b');
		expect(bytes.toString('latin1')).toBe(
			[
				'--b',
				'Content-Disposition: form-data; name="note"',
				'',
				Buffer.from('Grüße').toString('latin1'),
				'--b',
				'Content-Disposition: form-data; name="raw"; filename=""',
				'',
				'\xff\r\n',
				'--b',
				'Content-Disposition: form-data; name="file"; filename="a%0D%0Ab%0D%0Ac%22d.txt"',
				'Content-Type: text/plain',
				'',
				'x',
				'--b--',
				'',
			].join('\r\n'),
		);
	});

	it('have another boundary each time, of 128 random bits', () => {
		const [first, second] = [encodeMultipart([]), encodeMultipart([])];
		const boundary = /^multipart\/form-data; boundary=(----jwt-auth-[\da-f]{32})$/;
		expect(first.contentType).toMatch(boundary);
		expect(second.contentType).not.toBe(first.contentType);
		const written = boundary.exec(first.contentType)?.[1] ?? '';
		expect(first.bytes.toString()).toBe(`--${written}--\r\n`);
	});
});
