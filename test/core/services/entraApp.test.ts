import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { entraApp } from '../../../core/services/entraApp';
import { expectCode } from '../support/expectCode';
import { certificate, pem, rsa } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const chain = certificate(rsa);
const thumbprint = createHash('sha256').update(new X509Certificate(chain).raw).digest('base64url');
const form = {
	tenantId: 'tenant-1',
	clientId: 'app-1',
	certificate: `${chain}\n${pem(rsa, 'pkcs8')}`,
};
const key = { publicKey: createPublicKey(rsa) };

stopClock();

it.each([
	['Graph', 'https://graph.microsoft.com/.default', 'https://graph.microsoft.com/v1.0/users'],
	['another API', 'https://vault.azure.net/.default', 'https://vault.azure.net/secrets'],
])('authenticates the app for %s by its certificate', async (_what, scope, url) => {
	const { jwt, exchange } = await callService(entraApp, { ...form, scope }, key, { url });
	expect(jwt.header).toMatchObject({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint });
	expect(jwt.payload).toEqual({
		iss: 'app-1',
		sub: 'app-1',
		aud: 'https://login.microsoftonline.com/tenant-1/oauth2/v2.0/token',
		iat: NOW,
		nbf: NOW,
		exp: NOW + 300,
		jti: expect.any(String) as string,
	});
	expect(exchange?.parameters).toMatchObject({
		grant_type: 'client_credentials',
		client_id: 'app-1',
		scope,
	});
});

it('needs the certificate of a key that n8n made, which was uploaded', () => {
	const made = { ...form, keySource: 'generate', passphrase: '', scope: '', apiHosts: '' };
	const read = (uploadedCertificate: string) =>
		entraApp.toGeneric({ ...made, uploadedCertificate }).x509;
	expect(read(chain)).toBe(chain);
	const error = expectCode('FIELD_INVALID', () => read(''));
	expect(error.message).toBe('Certificate is empty.');
	expect(error.hint).toContain('choose Self-Signed Certificate');
});

it.each([
	['api://app-2/.default', 'orders.example.com', 'https://orders.example.com/v1'],
	[
		'https://managedhsm.azure.net/.default',
		' https://acme.managedhsm.azure.net/, x.y',
		'https://acme.managedhsm.azure.net/secrets',
	],
	[
		'https://storage.azure.com/.default',
		'*.blob.core.windows.net',
		'https://acme.blob.core.windows.net/c',
	],
])('for %s the host of the API stands in a field of its own', async (scope, apiHosts, url) => {
	const { request } = await callService(entraApp, { ...form, scope, apiHosts }, key, { url });
	expect(request.headers.authorization).toBe('Bearer at-1');
	const without = callService(entraApp, { ...form, scope }, key, { url });
	await expect(without).rejects.toMatchObject({
		code: 'DOMAIN_NOT_ALLOWED',
		hint: expect.stringContaining('API Hosts') as string,
	});
});
