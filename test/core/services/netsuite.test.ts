import { createPublicKey } from 'node:crypto';
import { netsuite } from '../../../core/services/netsuite';
import { ec, p384, p521, pem, rsa } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const form = { accountId: ' 1234567_SB1 ', clientId: 'client-1', certificateId: 'cert-1' };
const host = 'https://1234567-sb1.suitetalk.api.netsuite.com';
const url = `${host}/services/rest/record/v1/customer`;

stopClock();

it.each([
	['PS256', rsa],
	['ES256', ec],
	['ES384', p384],
	['ES512', p521],
])('names client and scopes in a JWT of %s, and nothing but it in the form', async (alg, pair) => {
	const data = { ...form, privateKey: pem(pair, 'pkcs8'), scopes: 'rest_webservices, restlets' };
	const key = { publicKey: createPublicKey(pair) };
	const { jwt, exchange, request } = await callService(netsuite, data, key, { url });
	expect(jwt).toEqual({
		header: { alg, typ: 'JWT', kid: 'cert-1' },
		payload: {
			iss: 'client-1',
			scope: 'rest_webservices,restlets',
			aud: `${host}/services/rest/auth/oauth2/v1/token`,
			iat: NOW,
			exp: NOW + 300,
		},
	});
	expect(exchange).toMatchObject({
		url: `${host}/services/rest/auth/oauth2/v1/token`,
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
	});
	expect(exchange?.parameters).toEqual({
		grant_type: 'client_credentials',
		client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
		client_assertion: expect.stringMatching(/^eyJ/) as string,
	});
	expect(request.headers.authorization).toBe('Bearer at-1');
});

it('goes to RESTlets of the account as well, and to no other account', async () => {
	const data = { ...form, certificateId: 'cert-2', privateKey: pem(rsa, 'pkcs8') };
	const key = { publicKey: createPublicKey(rsa) };
	const restlet = 'https://1234567-sb1.restlets.api.netsuite.com/app/site/hosting/restlet.nl';
	const { request } = await callService(netsuite, data, key, { url: restlet });
	expect(request.headers.authorization).toBe('Bearer at-1');
	const other = 'https://7654321.suitetalk.api.netsuite.com/services/rest/record/v1/customer';
	await expect(callService(netsuite, data, key, { url: other })).rejects.toMatchObject({
		code: 'DOMAIN_NOT_ALLOWED',
	});
});

it('refuses an address in place of the account, and says where the ID stands', async () => {
	const data = { ...form, accountId: 'https://x.app.netsuite.com', privateKey: pem(rsa, 'pkcs8') };
	const call = callService(netsuite, data, { publicKey: createPublicKey(rsa) }, { url });
	await expect(call).rejects.toMatchObject({
		code: 'FIELD_INVALID',
		message: 'Account ID is more than letters, digits and _.',
		hint: expect.stringContaining('Company Information') as string,
	});
});
