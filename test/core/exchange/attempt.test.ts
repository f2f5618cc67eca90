import { attempt } from '../../../core/exchange/attempt';
import { Cancelled } from '../../../core/shared/cancelled';
import { network } from '../support/exchangeCases';

const request = { method: 'GET' as const, url: 'https://auth.test/token', headers: {} };

describe('one attempt', () => {
	it('gives any answer as text', async () => {
		expect(await attempt(network({ statusCode: 500, body: 'oh' }), request)).toEqual({
			status: 500,
			headers: {},
			body: 'oh',
		});
	});

	it('gives the reason where there is none, or too much of it', async () => {
		const refused = Object.assign(new Error(), { code: 'ECONNREFUSED' });
		expect(await attempt(network(refused), request)).toMatchObject({
			code: 'EXCHANGE_UNREACHABLE',
			message: 'The token endpoint auth.test refuses the connection.',
		});
		expect(await attempt(network({ body: 'x'.repeat(1_048_577) }), request)).toMatchObject({
			code: 'EXCHANGE_BAD_RESPONSE',
		});
	});

	it('ends with the execution', async () => {
		const cancelled = { ...network({}), cancelled: AbortSignal.abort() };
		await expect(attempt(cancelled, request)).rejects.toBeInstanceOf(Cancelled);
	});
});
