import { Readable } from 'node:stream';
import { createGunzip, gzipSync } from 'node:zlib';
import { arriving, readWithin } from '../../../core/request/answerBody';

async function read(body: Readable, limit: number) {
	const chunks: Uint8Array[] = [];
	const close = jest.fn(() => {
		// The client ends a body that is still being read together with its connection.
		expect(body.destroyed).toBe(false);
		body.destroy();
	});
	const isWhole = await readWithin({ body, close }, chunks, limit);
	return { isWhole, length: Buffer.concat(chunks).length, closed: close.mock.calls.length };
}

it('a body that fails while nobody reads does not end the process', () => {
	const close = jest.fn();
	const body = new Readable();
	const answer = arriving(body, { signal: new AbortController().signal, close });
	expect(answer).toEqual({ body, close });
	// Without a listener, Node.js throws it at whoever emits it.
	expect(() => body.emit('error', new Error('broken'))).not.toThrow();
	expect(close).not.toHaveBeenCalled();
});

describe('a body', () => {
	it('is read to its end, and its connection left alone', async () => {
		const body = Readable.from([Buffer.alloc(10), Buffer.alloc(5)]);
		expect(await read(body, 15)).toEqual({ isWhole: true, length: 15, closed: 0 });
	});

	it('is read no further than the limit, and its connection closed first', async () => {
		let asked = 0;
		const endless = new Readable({
			read() {
				asked += 1;
				this.push(Buffer.alloc(1000));
			},
		});
		const { isWhole, length, closed } = await read(endless, 10_000);
		expect({ isWhole, length, closed }).toEqual({ isWhole: false, length: 11_000, closed: 1 });
		expect(asked * 1000).toBeLessThan(100_000);
	});

	it('counts as it is when unpacked', async () => {
		const packed = gzipSync(Buffer.alloc(300 * 1024));
		expect(packed.length).toBeLessThan(1024);
		const body = () => Readable.from([packed]).pipe(createGunzip());
		expect(await read(body(), 1024)).toMatchObject({ isWhole: false });
		expect(await read(body(), 300 * 1024)).toMatchObject({ isWhole: true });
	});

	it('that is over the limit may say what it likes to being closed', async () => {
		const close = jest.fn();
		const iterator: AsyncIterator<Uint8Array> = {
			next: async () => await Promise.resolve({ value: Buffer.alloc(11) }),
			return: async () => await Promise.reject(new Error('aborted')),
		};
		const body = { [Symbol.asyncIterator]: () => iterator };
		expect(await readWithin({ body, close }, [], 10)).toBe(false);
		expect(close).toHaveBeenCalled();
	});

	it('that breaks off is an error, and what came of it is there', async () => {
		const body = Readable.from(
			(async function* () {
				yield await Promise.resolve(Buffer.from('half'));
				throw new Error('broken');
			})(),
		);
		const chunks: Uint8Array[] = [];
		const close = jest.fn();
		await expect(readWithin({ body, close }, chunks, 100)).rejects.toThrow('broken');
		expect(Buffer.concat(chunks).toString()).toBe('half');
		expect(close).toHaveBeenCalled();
	});
});
