import { createPublicKey } from 'node:crypto';
import { auth0 } from '../../../core/services/auth0';
import { ec, pem, rsa } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const form = {
	domain: 'acme.eu.auth0.com',
	clientId: 'app-1',
	privateKey: pem(rsa, 'pkcs8'),
	apiIdentifier: 'https://orders',
	apiHost: 'https://api.example.com/',
};
const key = { publicKey: createPublicKey(rsa) };
const url = 'https://api.example.com/orders';

stopClock();

it('names the tenant with a slash, lives a minute, and asks for one API', async () => {
	for (const domain of [form.domain, ' https://acme.eu.auth0.com/ ']) {
		const data = { ...form, domain, keyId: `kid-${domain.length}` };
		const { jwt, exchange, request } = await callService(auth0, data, key, { url });
		expect(jwt).toEqual({
			header: { alg: 'RS256', typ: 'JWT', kid: data.keyId },
			payload: {
				iss: 'app-1',
				sub: 'app-1',
				aud: 'https://acme.eu.auth0.com/',
				iat: NOW,
				exp: NOW + 60,
				jti: expect.any(String) as string,
			},
		});
		expect(exchange?.url).toBe('https://acme.eu.auth0.com/oauth/token');
		expect(exchange?.parameters).toMatchObject({
			grant_type: 'client_credentials',
			client_id: 'app-1',
			audience: 'https://orders',
		});
		expect(request.headers.authorization).toBe('Bearer at-1');
	}
});

it('takes an EC key as well', async () => {
	const data = { ...form, privateKey: pem(ec, 'pkcs8') };
	const { jwt } = await callService(auth0, data, { publicKey: createPublicKey(ec) }, { url });
	expect(jwt.header.alg).toBe('ES256');
});

it('goes to the tenant, and to the host of the API where there is one', () => {
	const values = { ...form, keySource: 'paste', keyId: '' };
	expect(auth0.hostsFor?.(values)).toBe('acme.eu.auth0.com, api.example.com');
	expect(auth0.hostsFor?.({ ...values, apiHost: '' })).toBe('acme.eu.auth0.com');
});

it('without API Host, is for Auth0 alone, and says so', async () => {
	const call = callService(auth0, { ...form, apiHost: '' }, key, { url });
	await expect(call).rejects.toMatchObject({
		code: 'DOMAIN_NOT_ALLOWED',
		hint: expect.stringContaining('API Host') as string,
	});
});

it.each([
	['Client is not authorized to access "https://orders".', /^Check API Identifier/],
	['Invalid token: "aud" is not allowed', /^Check Domain/],
	['client_assertion is expired', /clock/],
])('"%s" leads to what it is about', async (words, hint) => {
	const reply = { statusCode: 403, body: { error: 'access_denied', error_description: words } };
	const data = { ...form, clientId: `app-${words.length}` };
	await expect(callService(auth0, data, key, { url, reply })).rejects.toMatchObject({
		hint: expect.stringMatching(hint) as string,
	});
});
