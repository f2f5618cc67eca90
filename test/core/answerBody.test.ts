import { Readable } from 'node:stream';
import { createGunzip, gzipSync } from 'node:zlib';
import { readWithin } from '../../core/answerBody';

const MEGABYTE = 1024 * 1024;

async function read(body: Readable, limit: number) {
	const chunks: Uint8Array[] = [];
	const isWhole = await readWithin(body, chunks, limit);
	return { isWhole, length: Buffer.concat(chunks).length, destroyed: body.destroyed };
}

/** A body that was packed, as n8n's HTTP client hands it on. */
const unpacking = (packed: Buffer) => Readable.from([packed]).pipe(createGunzip());

/** A text that packs to about a fifth. */
const varied = (bytes: number): Buffer =>
	Buffer.from(Array.from({ length: bytes / 4 }, (_, index) => (index * 7919) % 9973).join(' '));

describe('a body', () => {
	it('is read to its end', async () => {
		const body = Readable.from([Buffer.alloc(10), Buffer.alloc(5)]);
		expect(await read(body, 15)).toEqual({ isWhole: true, length: 15, destroyed: true });
	});

	it('is read no further than the limit, and closed', async () => {
		let asked = 0;
		const endless = new Readable({
			read() {
				asked += 1;
				this.push(Buffer.alloc(1000));
			},
		});
		const { isWhole, length, destroyed } = await read(endless, 10_000);
		expect({ isWhole, length, destroyed }).toEqual({
			isWhole: false,
			length: 11_000,
			destroyed: true,
		});
		expect(asked * 1000).toBeLessThan(100_000);
	});

	it('that breaks off is an error, and what came of it is there', async () => {
		const body = Readable.from(
			(async function* () {
				yield await Promise.resolve(Buffer.from('half'));
				throw new Error('broken');
			})(),
		);
		const chunks: Uint8Array[] = [];
		await expect(readWithin(body, chunks, 100)).rejects.toThrow('broken');
		expect(Buffer.concat(chunks).toString()).toBe('half');
		expect(body.destroyed).toBe(true);
	});
});

describe('a packed body', () => {
	it('counts as it is when unpacked', async () => {
		const packed = gzipSync(Buffer.alloc(300 * 1024));
		expect(packed.length).toBeLessThan(1024);
		expect(await read(unpacking(packed), 1024)).toMatchObject({ isWhole: false });
		expect(await read(unpacking(packed), 300 * 1024)).toMatchObject({ isWhole: true });
	});

	it('of many megabytes is read when it packs as texts do', async () => {
		const text = varied(36 * MEGABYTE);
		expect(text.length).toBeGreaterThan(33 * MEGABYTE);
		expect(await read(unpacking(gzipSync(text, { level: 1 })), 256 * MEGABYTE)).toMatchObject({
			isWhole: true,
			length: text.length,
		});
	});

	it('that packs as no text does is given up after 32 MB', async () => {
		const packed = gzipSync(Buffer.alloc(36 * MEGABYTE), { level: 1 });
		const { isWhole, length } = await read(unpacking(packed), 256 * MEGABYTE);
		expect(isWhole).toBe(false);
		expect(length).toBeLessThan(33 * MEGABYTE);
	});
});
