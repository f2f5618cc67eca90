import type { JwtAuthError } from '../../../core/errors';
import { Cancelled } from '../../../core/shared/cancelled';
import {
	fetchJsonObject,
	type FetchDocument,
	type FetchedDocument,
} from '../../../core/verify/fetchDocument';

const ADDRESS = 'https://issuer.example:8443/keys?x=1';
const get = async (fetch: FetchDocument) =>
	await fetchJsonObject(fetch, ADDRESS, {
		unreachable: 'JWKS_UNREACHABLE',
		invalid: 'JWKS_INVALID',
	});
const answering = (answer: Partial<FetchedDocument>): FetchDocument => {
	return async () => await Promise.resolve({ status: 200, body: '{}', ...answer });
};

describe('a document', () => {
	it('is asked for by its address, and read up to 1 MB', async () => {
		const fetch = jest.fn(answering({ body: '{ "a": [1] }' }));
		expect(await get(fetch)).toEqual({ status: 200, members: { a: [1] } });
		expect(fetch.mock.calls).toEqual([[ADDRESS, 1_048_576]]);
	});

	it.each([400, 404, 499])('that is not there (%s) has no members', async (status) => {
		expect(await get(answering({ status, body: undefined }))).toEqual({ status });
	});

	it.each<[Partial<FetchedDocument>, string]>([
		[{ status: 300 }, 'redirects to another address (300)'],
		[{ status: 399 }, 'redirects to another address (399)'],
		[{ status: 429 }, 'answered 429'],
		[{ status: 199 }, 'answered 199'],
		[{ status: 201 }, 'answered 201'],
		[{ status: 299 }, 'answered 299'],
		[{ status: 500 }, 'answered 500'],
		[{ body: undefined }, 'answered with more than 1 MB'],
	])('answered by %j is an error by the name of the host: %s', async (answer, what) => {
		await expect(get(answering(answer))).rejects.toMatchObject({
			code: 'JWKS_UNREACHABLE',
			message: `issuer.example:8443 ${what}.`,
		});
	});

	it.each(['', '<html>', '[]', 'null', '"{}"'])('that is no JSON object: %j', async (body) => {
		await expect(get(answering({ body }))).rejects.toMatchObject({
			code: 'JWKS_INVALID',
			message: expect.stringMatching(
				/^issuer\.example:8443 answered with .*, not with a JSON object\.$/,
			),
		});
	});

	it('may begin with a byte order mark, which counts as text anywhere else', async () => {
		expect(await get(answering({ body: '\uFEFF{}' }))).toEqual({ status: 200, members: {} });
		const members = { a: 'x\uFEFFy' };
		const body = JSON.stringify(members);
		expect(await get(answering({ body }))).toEqual({ status: 200, members });
	});

	it('that redirects says what to enter; the rest has the hint of its code', async () => {
		const hintOf = async (status: number) => {
			const error: unknown = await get(answering({ status })).catch((reason: unknown) => reason);
			return (error as JwtAuthError).hint;
		};
		expect(await hintOf(301)).toContain('JWKS URL');
		expect(await hintOf(500)).toContain('may pass');
		expect(await hintOf(201)).toBe('Check the address and whether this n8n may reach it.');
	});

	it.each<[unknown, string]>([
		[new Error('connect ECONNREFUSED'), 'connect ECONNREFUSED'],
		[new Error('x'.repeat(300)), 'x'.repeat(200)],
		[new Error('sent eyJhbGciOiJIUzI1NiJ9.e30.c2ln'), 'sent [token removed]'],
		['text', ''],
	])('without an answer (%p) says why, without secrets', async (error, reason) => {
		const fetch: FetchDocument = async () => {
			await Promise.resolve();
			throw error;
		};
		await expect(get(fetch)).rejects.toMatchObject({
			code: 'JWKS_UNREACHABLE',
			message: `issuer.example:8443 cannot be reached (${reason}).`,
		});
	});

	it('of a server whose certificate is not trusted says so, and what to do', async () => {
		const error = Object.assign(new Error('x'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
		await expect(get(async () => await Promise.reject(error))).rejects.toMatchObject({
			code: 'JWKS_UNREACHABLE',
			message: expect.stringMatching(/^issuer\.example:8443 has a certificate that it signed/),
			hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
		});
	});

	it('of an execution that was cancelled is no failure of the host', async () => {
		await expect(get(async () => await Promise.reject(new Cancelled()))).rejects.toThrow(Cancelled);
	});
});
