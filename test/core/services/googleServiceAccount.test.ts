import { createPublicKey } from 'node:crypto';
import { googleServiceAccount } from '../../../core/services/googleServiceAccount';
import { granted } from '../support/exchangeCases';
import { pem, rsa } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const key = { publicKey: createPublicKey(rsa) };
const file = {
	type: 'service_account',
	private_key_id: 'kid-1',
	private_key: pem(rsa, 'pkcs8'),
	client_email: 'robot@project.iam.gserviceaccount.com',
	token_uri: 'https://oauth2.googleapis.com/token',
};
const form = { serviceAccountKey: JSON.stringify(file) };
const url = 'https://storage.googleapis.com/storage/v1/b';
const jwtOf = (claims: object) => ({
	header: { alg: 'RS256', typ: 'JWT', kid: 'kid-1' },
	payload: {
		iss: file.client_email,
		...claims,
		aud: 'https://oauth2.googleapis.com/token',
		iat: NOW,
		exp: NOW + 300,
		jti: expect.any(String) as string,
	},
});

stopClock();

it('a service account gets an access token for scopes', async () => {
	const { jwt, exchange, request } = await callService(googleServiceAccount, form, key, { url });
	expect(jwt).toEqual(jwtOf({ scope: 'https://www.googleapis.com/auth/cloud-platform' }));
	expect(exchange?.url).toBe('https://oauth2.googleapis.com/token');
	expect(exchange?.parameters).toEqual({
		grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
		assertion: expect.any(String),
	});
	expect(request.headers.authorization).toBe('Bearer at-1');
});

it('acts as a user of the Workspace, each with a token of their own', async () => {
	for (const subject of ['a@example.com', 'b@example.com']) {
		const data = { ...form, scopes: 'https://www.googleapis.com/auth/drive', subject };
		const reply = granted(`for-${subject}`);
		const call = await callService(googleServiceAccount, data, key, { url, reply });
		expect(call.jwt).toEqual(
			jwtOf({ scope: 'https://www.googleapis.com/auth/drive', sub: subject }),
		);
		expect(call.request.headers.authorization).toBe(`Bearer for-${subject}`);
	}
});

it.each([
	['Cloud Run', '', 'https://hello.a.run.app'],
	['IAP', '1234.apps.googleusercontent.com', '1234.apps.googleusercontent.com'],
])('gets an ID token for %s', async (_what, targetAudience, audience) => {
	const serviceUrl = 'https://hello.a.run.app/';
	const data = { ...form, kindOfAccess: 'identity', serviceUrl, targetAudience };
	const reply = { body: { id_token: `eyJ.${targetAudience}.x` } };
	const call = await callService(googleServiceAccount, data, key, { url: `${serviceUrl}x`, reply });
	expect(call.jwt).toEqual(jwtOf({ target_audience: audience }));
	expect(call.request.headers.authorization).toBe(`Bearer eyJ.${targetAudience}.x`);
	for (const elsewhere of ['https://evil.example.com/', 'https://storage.googleapis.com/x']) {
		await expect(
			callService(googleServiceAccount, data, key, { url: elsewhere }),
		).rejects.toMatchObject({ code: 'DOMAIN_NOT_ALLOWED' });
	}
});

it.each(['', 'robot', '{ "private_key": "x" }', '[]'])(
	'refuses %j as a key file',
	async (pasted) => {
		const data = { serviceAccountKey: pasted };
		const code = pasted === '' ? 'FIELD_INVALID' : 'KEY_JSON_UNKNOWN';
		await expect(callService(googleServiceAccount, data, key, { url })).rejects.toMatchObject({
			code,
			message: expect.stringContaining('Service Account Key') as string,
		});
	},
);
