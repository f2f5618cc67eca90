import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { smartBackend } from '../../../core/services/smartBackend';
import { pem, rsa } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const ec384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
const base = 'https://fhir.example.com/r4';
const form = {
	fhirUrl: base,
	tokenUrl: 'https://auth.example.com/oauth2/token',
	clientId: 'client-1',
	keyId: 'key-1',
	scopes: 'system/Patient.rs',
};
const url = `${base}/Patient/1`;

stopClock();

it.each([
	['RS384', rsa],
	['ES384', ec384],
])('authenticates the client by a JWT of %s that lives under five minutes', async (alg, pair) => {
	const data = { ...form, privateKey: pem(pair, 'pkcs8') };
	const key = { publicKey: createPublicKey(pair) };
	const { jwt, exchange, request } = await callService(smartBackend, data, key, { url });
	expect(jwt).toEqual({
		header: { alg, typ: 'JWT', kid: 'key-1' },
		payload: {
			iss: 'client-1',
			sub: 'client-1',
			aud: 'https://auth.example.com/oauth2/token',
			iat: NOW,
			exp: NOW + 240,
			jti: expect.any(String) as string,
		},
	});
	expect(exchange?.parameters).toMatchObject({
		grant_type: 'client_credentials',
		scope: 'system/Patient.rs',
	});
	expect(request.headers.authorization).toBe('Bearer at-1');
});

it('finds the token endpoint of an Epic server beside it', async () => {
	const epic = 'https://fhir.epic.com/interconnect-fhir-oauth';
	const fhirUrl = `${epic}/api/FHIR/R4/`;
	const data = { ...form, fhirUrl, tokenUrl: '', scopes: '', privateKey: pem(rsa, 'pkcs8') };
	const options = { url: `${epic}/api/FHIR/R4/Patient/1` };
	const key = { publicKey: createPublicKey(rsa) };
	const { exchange } = await callService(smartBackend, data, key, options);
	expect(exchange?.url).toBe(`${epic}/oauth2/token`);
	expect(exchange?.parameters).not.toHaveProperty('scope');
});

it('of another server, says where its token endpoint stands', async () => {
	const data = { ...form, tokenUrl: '', privateKey: pem(rsa, 'pkcs8') };
	const call = callService(smartBackend, data, { publicKey: createPublicKey(rsa) }, { url });
	await expect(call).rejects.toMatchObject({
		code: 'FIELD_INVALID',
		message: 'Token URL is empty.',
		hint: expect.stringContaining('/.well-known/smart-configuration') as string,
	});
});
