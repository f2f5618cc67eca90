import { createPublicKey } from 'node:crypto';
import { maskinporten } from '../../../core/services/maskinporten';
import { pem, rsa } from '../support/keyFixtures';
import { certificateOf } from '../../support/vendors';
import { callService, NOW, stopClock } from './support/call';

const form = {
	clientId: 'client-1',
	privateKey: pem(rsa, 'pkcs8'),
	keyId: 'key-1',
	scopes: 'altinn:one altinn:two',
	apiHosts: 'api.example.no',
};
const key = { publicKey: createPublicKey(rsa) };
const url = 'https://api.example.no/v1';
const aud = 'https://maskinporten.no/';

stopClock();

it('asks for scopes in a JWT that lives two minutes', async () => {
	const { jwt, exchange, request } = await callService(maskinporten, form, key, { url });
	const times = { iat: NOW, exp: NOW + 120 };
	expect(jwt).toEqual({
		header: { alg: 'RS256', typ: 'JWT', kid: 'key-1' },
		payload: {
			...{ iss: 'client-1', aud, scope: 'altinn:one altinn:two' },
			...times,
			jti: expect.any(String) as string,
		},
	});
	expect(exchange?.url).toBe('https://maskinporten.no/token');
	expect(exchange?.parameters).toEqual({
		grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
		assertion: expect.stringMatching(/^eyJ/) as string,
	});
	expect(request.headers.authorization).toBe('Bearer at-1');
});

it('acts for another organization and at one resource, in the environment of choice', async () => {
	const more = {
		environment: 'test',
		consumerOrg: '910753614',
		resource: 'https://api.example.no',
	};
	const { jwt, exchange } = await callService(maskinporten, { ...form, ...more }, key, { url });
	expect(jwt.payload).toMatchObject({
		aud: 'https://test.maskinporten.no/',
		consumer_org: '910753614',
		resource: ['https://api.example.no'],
	});
	expect(exchange?.url).toBe('https://test.maskinporten.no/token');
});

it('shows the enterprise certificate in place of a key ID', async () => {
	const privateKey = `${pem(rsa, 'pkcs8')}\n${certificateOf(rsa)}`;
	const data = { ...form, privateKey, keyId: '' };
	const { jwt } = await callService(maskinporten, data, key, { url });
	expect(jwt.header.x5c).toEqual([expect.any(String) as string]);
	expect(jwt.header.kid).toBeUndefined();
});

it('takes the key ID of a JWK', async () => {
	const privateKey = JSON.stringify({ ...rsa.export({ format: 'jwk' }), kid: 'key-of-jwk' });
	const data = { ...form, privateKey, keyId: '' };
	const { jwt } = await callService(maskinporten, data, key, { url });
	expect(jwt.header.kid).toBe('key-of-jwk');
});

it('knows a key that n8n made, and that has its ID by itself', () => {
	const values = { ...form, keySource: 'generate', privateKey: '', keyId: '', environment: 'test' };
	const others = { consumerOrg: '', resource: '' };
	expect(maskinporten.toGeneric({ ...values, ...others }).keyId).toBe('');
});

it('wants one of the two', async () => {
	const call = callService(maskinporten, { ...form, keyId: '' }, key, { url });
	await expect(call).rejects.toMatchObject({
		code: 'FIELD_INVALID',
		message: 'Key ID is empty.',
		hint: expect.stringContaining('Private Key') as string,
	});
});

it.each([
	['MP-100 unknown client', /^Check Client ID and Environment/],
	['MP-121 key too old', /older than a year/],
	['MP-200 scope', /^Check Scopes/],
	['iat is not within 10 seconds', /clock/],
	['MP-110 wrong aud', /^Check Environment/],
])('"%s" leads to what it is about', async (words, hint) => {
	const body = { error: 'invalid_grant', error_description: words };
	const data = { ...form, clientId: `client-${words.length}` };
	const call = callService(maskinporten, data, key, { url, reply: { statusCode: 400, body } });
	await expect(call).rejects.toMatchObject({ hint: expect.stringMatching(hint) as string });
});
