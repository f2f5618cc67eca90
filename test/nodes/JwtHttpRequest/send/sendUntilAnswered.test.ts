import { Readable } from 'node:stream';
import { sendForAnswer } from '../../../../nodes/JwtHttpRequest/send/sendUntilAnswered';
import { holdDeadlines } from '../../../support/heldDeadlines';
import { broken, hop, senderTo, silent, type Reply } from '../support/sender';

const RETRY = { maxTries: 3, waitBetweenTries: 1, maxWait: 10, retryNonIdempotent: false };

afterEach(() => {
	jest.restoreAllMocks();
});

const file = (body: Reply['body']): Reply => ({ headers: { 'content-type': 'image/png' }, body });

describe('a file', () => {
	it('is stored while it arrives', async () => {
		const { sender, files } = senderTo(() => file('whole'));
		const answer = await sendForAnswer(sender, hop());
		expect(answer).toMatchObject({
			kind: 'file',
			file: { fileName: 'file.bin', mimeType: 'image/png' },
		});
		expect(files).toEqual(['whole']);
	});

	it('that breaks off is asked for again where Retry is on', async () => {
		const bodies = [broken(), broken(), 'whole'];
		const { sender, requests, files } = senderTo(() => file(bodies.shift()), { retry: RETRY });
		expect(await sendForAnswer(sender, hop())).toMatchObject({ kind: 'file' });
		expect(requests).toHaveLength(3);
		expect(files).toEqual(['whole']);
	});

	it('that breaks off every time is an error', async () => {
		for (const [retry, times] of [
			[RETRY, 3],
			[undefined, 1],
		] as const) {
			const { sender, requests } = senderTo(() => file(broken()), { retry });
			await expect(sendForAnswer(sender, hop())).rejects.toMatchObject({
				code: 'RESPONSE_INCOMPLETE',
			});
			expect(requests).toHaveLength(times);
		}
	});

	it('with a status that only ends the pages is not stored, and its connection closed', async () => {
		const body = Readable.from(['not found']);
		const { sender, files } = senderTo(() => ({ ...file(body), statusCode: 404 }));
		const answer = await sendForAnswer({ ...sender, expectedStatuses: [404] }, hop());
		expect(answer).toMatchObject({ kind: 'file', statusCode: 404, file: undefined });
		expect([files, body.destroyed]).toEqual([[], true]);
	});
});

describe.each([
	['JSON', 'application/json'],
	['text', 'text/plain'],
	['a file', 'image/png'],
])('%s that does not end', (_what, type) => {
	let bodies: Readable[];
	let whenRead: () => void;
	const api = (): Reply => {
		const body = silent(whenRead);
		bodies.push(body);
		return { headers: { 'content-type': type }, body };
	};

	beforeEach(() => {
		bodies = [];
	});

	it('is an error in time', async () => {
		const deadlines = holdDeadlines();
		whenRead = deadlines.end;
		const { sender } = senderTo(api, { timeout: 1234 });
		await expect(sendForAnswer(sender, hop())).rejects.toMatchObject({ code: 'RESPONSE_TIMEOUT' });
		expect(deadlines.times).toEqual([1234]);
		expect(bodies.map(({ destroyed }) => destroyed)).toEqual([true]);
	});

	it('is given up when the execution is cancelled, and not asked for again', async () => {
		const execution = new AbortController();
		const { sender } = senderTo(api, { retry: RETRY }, execution.signal);
		whenRead = () => {
			execution.abort();
		};
		const outcome = sendForAnswer(sender, hop());
		await expect(outcome).rejects.toBeInstanceOf(Error);
		expect(bodies.map(({ destroyed }) => destroyed)).toEqual([true]);
	});
});

describe('redirects', () => {
	it('and the answer behind them have one deadline', async () => {
		const deadlines = holdDeadlines();
		let hops = 0;
		const { sender } = senderTo(
			(): Reply => {
				hops += 1;
				return hops > 5
					? { body: silent(deadlines.end), headers: { 'content-type': 'application/json' } }
					: { statusCode: 302, headers: { location: `/${hops}` } };
			},
			{ timeout: 1234 },
		);
		const outcome = sendForAnswer(sender, hop());
		await expect(outcome).rejects.toMatchObject({ code: 'RESPONSE_TIMEOUT' });
		expect(hops).toBe(6);
		expect(deadlines.times).toEqual([1234]);
	});

	it('leave no connection open, whatever they say beside the address', async () => {
		const bodies = [silent(), silent()];
		const { sender } = senderTo(({ url }): Reply => {
			const body = url.endsWith('/end') ? undefined : bodies[url.endsWith('/2') ? 1 : 0];
			if (!body) return { body: '{}', headers: { 'content-type': 'application/json' } };
			return { statusCode: 302, headers: { location: body === bodies[0] ? '/2' : '/end' }, body };
		});
		await sendForAnswer(sender, hop());
		expect(bodies.map(({ destroyed }) => destroyed)).toEqual([true, true]);
	});
});

describe('an answer that is too large', () => {
	const MEGABYTE = Buffer.alloc(1024 * 1024, ' ');

	it('is an error after 256 MB, and no more of it is read', async () => {
		let sent = 0;
		const endless = new Readable({
			read() {
				sent += 1;
				this.push(MEGABYTE);
			},
		});
		const { sender } = senderTo(() => ({
			headers: { 'content-type': 'text/plain' },
			body: endless,
		}));
		await expect(sendForAnswer(sender, hop())).rejects.toMatchObject({
			code: 'RESPONSE_TOO_LARGE',
		});
		expect(sent).toBeGreaterThan(256);
		expect(sent).toBeLessThan(270);
		expect(endless.destroyed).toBe(true);
	});

	it('is an error before any of it is read where its length is announced', async () => {
		const body = Readable.from([MEGABYTE]);
		const read = jest.spyOn(body, 'read');
		const headers = { 'content-type': 'text/plain', 'content-length': String(2 ** 28 + 1) };
		const { sender } = senderTo(() => ({ headers, body }));
		await expect(sendForAnswer(sender, hop())).rejects.toMatchObject({
			code: 'RESPONSE_TOO_LARGE',
		});
		expect(read).not.toHaveBeenCalled();
		expect(body.destroyed).toBe(true);
	});

	it('is an error where it was packed as no text can be', async () => {
		let sent = 0;
		const endless = new Readable({
			read() {
				sent += 1;
				this.push(MEGABYTE);
			},
		});
		const headers = { 'content-type': 'text/plain', 'content-length': '300000' };
		const { sender } = senderTo(() => ({ headers, body: endless }));
		await expect(sendForAnswer(sender, hop())).rejects.toMatchObject({
			code: 'RESPONSE_TOO_LARGE',
		});
		expect(sent).toBeLessThan(40);
		expect(endless.destroyed).toBe(true);
	});

	it('is none where it was packed well', async () => {
		const text = 'x'.repeat(33 * 1024 * 1024);
		const headers = { 'content-type': 'text/plain', 'content-length': '350000' };
		const { sender } = senderTo(() => ({ headers, body: text }));
		expect(await sendForAnswer(sender, hop())).toMatchObject({ kind: 'text' });
	});
});
