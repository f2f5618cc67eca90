import { createPublicKey } from 'node:crypto';
import { gitHubApp } from '../../../core/services/gitHubApp';
import { pem, rsa } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const key = { publicKey: createPublicKey(rsa) };
const form = { clientId: 'Iv23li', privateKey: pem(rsa, 'pkcs1'), installationId: '42' };
const reply = {
	statusCode: 201,
	body: { token: 'ghs_1', expires_at: new Date((NOW + 3600) * 1000).toISOString() },
};

stopClock();

describe('an installation of a GitHub App', () => {
	it('gets a token for a JWT that is backdated by a minute and lives five', async () => {
		const url = 'https://api.github.com/installation/repositories';
		const { jwt, exchange, request } = await callService(gitHubApp, form, key, { url, reply });
		expect(jwt).toEqual({
			header: { alg: 'RS256', typ: 'JWT' },
			payload: { iss: 'Iv23li', iat: NOW - 60, exp: NOW + 240, jti: expect.any(String) as string },
		});
		expect(exchange).toMatchObject({
			method: 'POST',
			url: 'https://api.github.com/app/installations/42/access_tokens',
		});
		expect(request.headers).toEqual({
			authorization: 'Bearer ghs_1',
			'X-GitHub-Api-Version': '2022-11-28',
		});
	});

	it('on a GitHub Enterprise Server stays on that host', async () => {
		const own = { ...form, clientId: '7', baseUrl: 'https://git.example.com/api/v3/' };
		const url = 'https://git.example.com/api/v3/user';
		const { exchange } = await callService(gitHubApp, own, key, { url, reply });
		expect(exchange?.url).toBe('https://git.example.com/api/v3/app/installations/42/access_tokens');
		const elsewhere = { url: 'https://api.github.com/user', reply };
		await expect(callService(gitHubApp, own, key, elsewhere)).rejects.toMatchObject({
			code: 'DOMAIN_NOT_ALLOWED',
			hint: 'This credential is for GitHub App alone. Check the address.',
		});
	});
});

it('the app itself sends the JWT', async () => {
	const data = { ...form, actAs: 'app' };
	const { jwt, exchange, request } = await callService(gitHubApp, data, key, {
		url: 'https://api.github.com/app',
	});
	expect(jwt.payload).toEqual({ iss: 'Iv23li', iat: NOW - 60, exp: NOW + 240 });
	expect(exchange).toBeUndefined();
	expect(request.headers.authorization).toMatch(/^Bearer eyJ/);
});

it.each([
	['Integration not found', 404, /^Check Client ID/],
	['Not Found', 404, /^Check Installation ID/],
	['This installation has been suspended', 403, /suspension/],
])('"%s" leads to the field that it is about', async (message, statusCode, hint) => {
	const refused = { statusCode, body: { message } };
	const url = 'https://api.github.com/x';
	const data = { ...form, installationId: String(statusCode) + message.length };
	await expect(callService(gitHubApp, data, key, { url, reply: refused })).rejects.toMatchObject({
		hint: expect.stringMatching(hint) as string,
	});
});
