import { Readable } from 'node:stream';
import { startDeadline } from '../../../../core/request/deadline';
import { collectBody, collectStart } from '../../../../nodes/JwtHttpRequest/send/collectBody';
import type { SentResponse } from '../../../../nodes/JwtHttpRequest/send/sendTypes';
import { broken } from '../support/sender';

function response(body: Readable, headers: object = {}) {
	const close = jest.fn();
	const deadline = startDeadline(60_000);
	return {
		answer: { statusCode: 200, headers, body, deadline, close } as unknown as SentResponse,
		close,
	};
}

const chunks = (...texts: string[]) => Readable.from(texts.map((text) => Buffer.from(text)));

it('a body is all that arrived, in order', async () => {
	const { answer } = response(chunks('one ', 'two'));
	expect(String(await collectBody(answer))).toBe('one two');
});

it('a body that breaks off is no body', async () => {
	await expect(collectBody(response(broken()).answer)).rejects.toMatchObject({
		code: 'RESPONSE_INCOMPLETE',
	});
});

it('a body announced as too large is not waited for, and its connection closed', async () => {
	const { answer, close } = response(chunks('x'), { 'content-length': String(300 * 1024 * 1024) });
	await expect(collectBody(answer)).rejects.toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
	expect(close).toHaveBeenCalledTimes(1);
});

it('the reason of a refusal is its first 4 kB, or as much of it as came', async () => {
	const { answer } = response(chunks('x'.repeat(4000), 'y'.repeat(4000)));
	const start = String(await collectStart(answer));
	expect(start).toBe('x'.repeat(4000) + 'y'.repeat(96));
	expect(String(await collectStart(response(broken()).answer))).toBe('half');
});
