import { sendForAnswer } from '../../../../nodes/JwtHttpRequest/send/sendUntilAnswered';
import { hop, senderTo, type Reply } from '../support/sender';

const waits: number[] = [];

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (milliseconds: number) => {
		waits.push(milliseconds);
		await Promise.resolve();
	},
}));

const RETRY = { maxTries: 3, waitBetweenTries: 1000, maxWait: 60_000, retryNonIdempotent: false };

const OK: Reply = { headers: { 'content-type': 'application/json' }, body: '{}' };
const busy = (headers: Record<string, string> = {}): Reply => ({ statusCode: 503, headers });

/** Sends to an API that answers so, the last answer for ever; how often, and what was waited for. */
async function send(
	replies: Array<Reply | Error>,
	{ method = 'GET', retry = RETRY, authenticated = false } = {},
) {
	waits.length = 0;
	const left = [...replies];
	const { sender, requests } = senderTo(
		() => {
			const reply = left.length > 1 ? left.shift() : left[0];
			if (reply instanceof Error) throw reply;
			return reply ?? OK;
		},
		{ retry },
	);
	const outcome: unknown = await sendForAnswer(sender, { ...hop(), method, authenticated }).catch(
		(error: unknown) => error,
	);
	return { outcome, tries: requests.length, waits: [...waits] };
}

/** A wait, doubled with each try; it is drawn by lot so that clients do not come all at once. */
function expectWaits(found: number[], bases: number[]): void {
	expect(found).toHaveLength(bases.length);
	found.forEach((wait, index) => {
		expect(wait).toBeGreaterThanOrEqual((bases[index] ?? 0) / 2);
		expect(wait).toBeLessThanOrEqual((bases[index] ?? 0) * 2);
	});
}

it('an API that recovers is asked again, later each time', async () => {
	const sent = await send([busy(), busy(), OK], { authenticated: true });
	expect(sent).toMatchObject({ outcome: { statusCode: 200 }, tries: 3 });
	expectWaits(sent.waits, [1000, 2000]);
});

it('an API that does not recover is asked as often as said, and its answer told', async () => {
	expect(await send([busy()])).toMatchObject({ outcome: { httpCode: '503' }, tries: 3 });
	const retry = { ...RETRY, maxTries: 5 };
	expect(await send([busy()], { retry })).toMatchObject({ tries: 5 });
});

it('a connection that failed is tried again', async () => {
	const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
	expect(await send([reset, OK])).toMatchObject({ outcome: { statusCode: 200 }, tries: 2 });
});

it('the wait that the API asks for is kept to', async () => {
	expect((await send([busy({ 'retry-after': '7' }), OK])).waits).toEqual([7000]);
});

it('the wait that an API without Retry-After asks for is kept to as well', async () => {
	const limited = (headers: Record<string, string>): Reply => ({ statusCode: 429, headers });
	expect((await send([limited({ 'ratelimit-reset': '7' }), OK])).waits).toEqual([7000]);
	const both = { 'retry-after': '8', 'x-ratelimit-reset': '7' };
	expect((await send([limited(both), OK])).waits).toEqual([8000]);
	expect(await send([limited({ 'x-ratelimit-reset': '3600' }), OK])).toMatchObject({ tries: 1 });
});

it('an API that asks for a longer wait than Max Wait is not asked again', async () => {
	expect(await send([busy({ 'retry-after': '61' }), OK])).toMatchObject({
		outcome: { httpCode: '503' },
		tries: 1,
		waits: [],
	});
});

it('a POST is not sent twice, unless the person allows it', async () => {
	expect(await send([busy(), OK], { method: 'POST' })).toMatchObject({ tries: 1 });
	const retry = { ...RETRY, retryNonIdempotent: true };
	expect(await send([busy(), OK], { method: 'POST', retry })).toMatchObject({ tries: 2 });
});

it.each([400, 401, 403, 404, 409, 500])('a %d is no reason to ask again', async (statusCode) => {
	expect(await send([{ statusCode }, OK])).toMatchObject({
		outcome: { httpCode: String(statusCode) },
		tries: 1,
	});
});
