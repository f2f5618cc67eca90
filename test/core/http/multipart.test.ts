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
