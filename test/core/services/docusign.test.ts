import { createPublicKey } from 'node:crypto';
import { docusign } from '../../../core/services/docusign';
import { pem, rsa } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const form = { integrationKey: 'app-1', userId: 'user-1', privateKey: pem(rsa, 'pkcs1') };

stopClock();

it.each([
	['developer', 'account-d.docusign.com', 'https://apps-d.docusign.com/api/webforms/v1.1'],
	['production', 'account.docusign.com', 'https://eu.docusign.net/restapi/v2.1/accounts/1'],
])('in %s the audience is the bare host, the scopes are a claim', async (environment, aud, url) => {
	const { jwt, exchange } = await callService(
		docusign,
		{ ...form, environment },
		{ publicKey: createPublicKey(rsa) },
		{ url },
	);
	expect(jwt).toEqual({
		header: { alg: 'RS256', typ: 'JWT' },
		payload: {
			iss: 'app-1',
			sub: 'user-1',
			aud,
			scope: 'signature impersonation',
			iat: NOW,
			exp: NOW + 300,
			jti: expect.any(String) as string,
		},
	});
	expect(exchange?.url).toBe(`https://${aud}/oauth/token`);
	expect(Object.keys(exchange?.parameters ?? {})).toEqual(['grant_type', 'assertion']);
});
