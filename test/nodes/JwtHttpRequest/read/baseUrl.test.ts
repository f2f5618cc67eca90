import { Readable } from 'node:stream';
import type { RequestParts } from '../../../../core/http/requestParts';
import { withCompleteUrl } from '../../../../nodes/JwtHttpRequest/read/baseUrl';
import type { ItemCredential } from '../../../../nodes/JwtHttpRequest/read/credential';
import { exchangeData } from '../../../core/support/exchangeCases';
import { standIn } from '../../support/standIn';

// The one who announced an exchange is given seconds, which nobody waits for here.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => await new Promise(() => {}),
}));

const parts = (url: string) => ({ method: 'GET', url }) as RequestParts;

/** Completes a URL by a token endpoint that answers this, and counts the requests for a token. */
async function complete(url: string, answer: Record<string, unknown>) {
	const fetched: string[] = [];
	const { context } = standIn({
		httpRequest: (options) => {
			fetched.push(options.url);
			const body = Readable.from([Buffer.from(JSON.stringify(answer))]);
			return { statusCode: 200, headers: {}, body };
		},
	});
	const data = exchangeData({
		useAdvanced: true,
		baseUrlField: 'instance_url',
		payload: JSON.stringify({ iss: `case ${url} ${String(answer.instance_url)}` }),
	});
	const completed = await withCompleteUrl(context, parts(url), { data } as ItemCredential);
	return { url: completed.url, fetched: fetched.length };
}

const answer = { access_token: 'secret', expires_in: 3600, instance_url: 'https://my.api.test/' };

it('a complete URL stays, and no token is fetched for it', async () => {
	expect(await complete('https://api.test/x', answer)).toEqual({
		url: 'https://api.test/x',
		fetched: 0,
	});
});

it('a relative URL is completed by the address that came with the token', async () => {
	expect(await complete('/services/data', answer)).toEqual({
		url: 'https://my.api.test/services/data',
		fetched: 1,
	});
});

it('a relative URL is refused where the token came without address', async () => {
	const { access_token, expires_in } = answer;
	await expect(complete('/services/other', { access_token, expires_in })).rejects.toMatchObject({
		code: expect.stringMatching(/^EXCHANGE_/) as string,
	});
});
