import type { SendingSettings } from '../../../../core/request/sendingSettings';
import { finalise } from '../../../../core/http/requestParts';
import { startDeadline } from '../../../../core/request/deadline';
import { sendFollowing } from '../../../../nodes/JwtHttpRequest/send/followRedirects';
import { senderTo, type Reply } from '../support/sender';

const first = finalise({
	method: 'POST',
	url: 'https://api.test/start',
	query: {},
	arrayFormat: 'indices',
	headers: { 'x-api-key': 'secret', 'accept-language': 'de' },
	body: { kind: 'none' },
});

/** Sends to an API that redirects along these addresses, then answers 200. */
async function follow(
	locations: string[],
	{ domains = { mode: 'all', allowedDomains: '' }, maxRedirects = 21, statusCode = 302 } = {},
) {
	const left = [...locations];
	const { sender, requests } = senderTo(
		(): Reply => {
			const location = left.shift();
			return location === undefined ? {} : { statusCode, headers: { location } };
		},
		{ maxRedirects },
	);
	sender.credential.sending = { ...sender.credential.sending, domains } as SendingSettings;
	const signed: string[] = [];
	const { helpers } = sender.context;
	const authenticate = helpers.httpRequestWithAuthentication;
	helpers.httpRequestWithAuthentication = async function (type, options, additional) {
		signed.push(options.url);
		return (await authenticate.call(sender.context, type, options, additional)) as unknown;
	};
	const outcome = sendFollowing(sender, first, startDeadline(60_000));
	return { outcome, requests, signed };
}

const urls = (requests: Array<{ url: string }>) => requests.map(({ url }) => url);

it('on the same origin every hop gets a token of its own, and keeps the headers', async () => {
	const { outcome, requests, signed } = await follow(['/two', 'three']);
	expect(await outcome).toMatchObject({
		statusCode: 200,
		hop: { method: 'GET', url: 'https://api.test/three', authenticated: true },
	});
	expect(signed).toEqual(urls(requests));
	expect(signed).toHaveLength(3);
	expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET']);
	expect(requests.map(({ headers }) => headers?.['x-api-key'])).toEqual(Array(3).fill('secret'));
});

it('to another origin neither the token nor what was typed goes along, nor comes back', async () => {
	const { outcome, requests, signed } = await follow([
		'https://other.test/',
		'https://api.test/back',
	]);
	expect(await outcome).toMatchObject({ hop: { authenticated: false } });
	expect(signed).toEqual(['https://api.test/start']);
	expect(urls(requests)).toEqual([
		'https://api.test/start',
		'https://other.test/',
		'https://api.test/back',
	]);
	for (const { headers } of requests.slice(1)) expect(headers).toEqual({ 'accept-language': 'de' });
});

it('from https to http the token stays behind, even on the same host', async () => {
	const { outcome, signed } = await follow(['http://api.test/x']);
	expect(await outcome).toMatchObject({ hop: { authenticated: false } });
	expect(signed).toHaveLength(1);
});

describe('under Specific Domains', () => {
	const domains = { mode: 'domains', allowedDomains: 'api.test, cdn.test' };

	it('a listed host gets a token', async () => {
		const { outcome, signed } = await follow(['https://cdn.test/x'], { domains });
		await outcome;
		expect(signed).toEqual(['https://api.test/start', 'https://cdn.test/x']);
	});

	it('any other host gets no request', async () => {
		const { outcome, requests } = await follow(['https://evil.test/x'], { domains });
		await expect(outcome).rejects.toMatchObject({ code: 'DOMAIN_NOT_ALLOWED' });
		expect(requests).toHaveLength(1);
	});
});

it('as many as Max Redirects are followed, and one more is an error', async () => {
	const two = await follow(['/1', '/2'], { maxRedirects: 2 });
	expect(await two.outcome).toMatchObject({ statusCode: 200 });
	const three = await follow(['/1', '/2', '/3'], { maxRedirects: 2 });
	await expect(three.outcome).rejects.toMatchObject({ code: 'REDIRECT_LIMIT' });
	expect(three.requests).toHaveLength(3);
});

it('where redirects are off, the redirect is the answer', async () => {
	const { outcome, requests } = await follow(['/1'], { maxRedirects: 0 });
	expect(await outcome).toMatchObject({ statusCode: 302, headers: { location: '/1' } });
	expect(requests).toHaveLength(1);
});

it('what is no web address is refused, and not quoted', async () => {
	const { outcome } = await follow(['javascript:alert(token)']);
	const error: unknown = await outcome.catch((thrown: unknown) => thrown);
	expect(error).toMatchObject({ code: 'REDIRECT_INVALID' });
	expect(String(error)).not.toContain('alert');
});
