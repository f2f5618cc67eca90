import { createPublicKey } from 'node:crypto';
import { salesforceBearer } from '../../../core/services/salesforceBearer';
import { pem, rsa } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const key = { publicKey: createPublicKey(rsa) };
const form = {
	myDomain: 'acme.my.salesforce.com/',
	consumerKey: 'consumer-1',
	username: 'me@acme.com',
	privateKey: pem(rsa, 'pkcs8'),
};
const host = 'https://acme.my.salesforce.com';
const reply = { body: { access_token: '00D-1', instance_url: host, token_type: 'Bearer' } };

stopClock();

it.each([
	['production', 'https://login.salesforce.com'],
	['sandbox', 'https://test.salesforce.com'],
])('a user of %s, for three minutes', async (environment, aud) => {
	const data = { ...form, environment };
	const call = { url: `${host}/services/data/v62.0/limits`, reply };
	const { jwt, exchange, request } = await callService(salesforceBearer, data, key, call);
	expect(jwt).toEqual({
		header: { alg: 'RS256', typ: 'JWT' },
		payload: {
			iss: 'consumer-1',
			sub: 'me@acme.com',
			aud,
			iat: NOW,
			exp: NOW + 180,
			jti: expect.any(String) as string,
		},
	});
	expect(exchange?.url).toBe(`${host}/services/oauth2/token`);
	expect(Object.keys(exchange?.parameters ?? {})).toEqual(['grant_type', 'assertion']);
	expect(request.headers.authorization).toBe('Bearer 00D-1');
});

it('an expression without a user is no user, in words that name the field', async () => {
	const data = { ...form, username: '' };
	const call = callService(salesforceBearer, data, key, { url: `${host}/x`, reply });
	await expect(call).rejects.toMatchObject({
		code: 'FIELD_INVALID',
		message: 'User Name is empty.',
	});
});

it('says which address to take in place of that of the pages for people', async () => {
	const data = {
		...form,
		myDomain: 'https://acme--dev.sandbox.lightning.force.com/lightning/page',
	};
	const call = callService(salesforceBearer, data, key, { url: 'https://acme.my.salesforce.com/' });
	await expect(call).rejects.toMatchObject({
		code: 'URL_INVALID',
		message: 'My Domain URL is the address of pages for people.',
		hint: 'Enter https://acme--dev.sandbox.my.salesforce.com in My Domain URL.',
	});
});
