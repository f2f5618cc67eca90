import { createPublicKey } from 'node:crypto';
import { appStoreConnect } from '../../../core/services/appStoreConnect';
import { ec, pem } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const key = { publicKey: createPublicKey(ec) };
const form = { privateKey: pem(ec, 'pkcs8'), keyId: '2X9R4HXF34', issuerId: 'issuer-1' };
const url = 'https://api.appstoreconnect.apple.com/v1/apps';
const header = { alg: 'ES256', typ: 'JWT', kid: '2X9R4HXF34' };
const times = { iat: NOW - 30, exp: NOW + 870 };

stopClock();

it('takes the IDs from a JSON file of fastlane', async () => {
	const file = { key_id: '2X9R4HXF34', issuer_id: 'issuer-1', key: form.privateKey };
	const data = { privateKey: JSON.stringify(file) };
	const { jwt } = await callService(appStoreConnect, data, key, { url });
	const payload = { iss: 'issuer-1', aud: 'appstoreconnect-v1', ...times };
	expect(jwt).toEqual({ header, payload });
});

it('wants a key ID with a .p8 file', async () => {
	const data = { privateKey: form.privateKey };
	await expect(callService(appStoreConnect, data, key, { url })).rejects.toMatchObject({
		code: 'FIELD_INVALID',
		message: 'Key ID is empty.',
	});
});

it.each([
	['a team key', {}, url, { iss: 'issuer-1', aud: 'appstoreconnect-v1' }],
	['an individual key', { issuerId: '' }, url, { sub: 'user', aud: 'appstoreconnect-v1' }],
	[
		'a key of the Enterprise Program',
		{ program: 'enterprise' },
		'https://api.enterprise.developer.apple.com/v1/bundleIds',
		{ iss: 'issuer-1', aud: 'apple-developer-enterprise-v1' },
	],
])('%s', async (_kind, more, address, claims) => {
	const data = { ...form, ...more };
	const { jwt, request } = await callService(appStoreConnect, data, key, { url: address });
	expect(jwt).toEqual({ header, payload: { ...claims, ...times } });
	expect(Object.keys(request.headers)).toEqual(['authorization']);
});
