import { tableau } from '../../../core/services/tableau';
import { callService, NOW, stopClock } from './support/call';

const form = {
	serverUrl: 'https://10ax.online.tableau.com',
	site: 'acme',
	clientId: 'client-1',
	keyId: 'secret-id-1',
	secretValue: 'a secret value that is long enough for HS256',
	username: 'me@acme.com',
	scopes: 'tableau:content:read,  tableau:views:embed',
};
const url = 'https://10ax.online.tableau.com/api/3.27/sites/1/workbooks';
const credentials = { token: 'session-1', estimatedTimeToExpiration: '3:47:42' };

stopClock();

it('signs in as the user, and sends the session in the header of Tableau', async () => {
	const key = { secret: form.secretValue };
	const reply = { statusCode: 200, body: { credentials } };
	const { jwt, exchange, request } = await callService(tableau, form, key, { url, reply });
	expect(jwt).toEqual({
		header: { alg: 'HS256', typ: 'JWT', kid: 'secret-id-1' },
		payload: {
			iss: 'client-1',
			sub: 'me@acme.com',
			aud: 'tableau',
			scp: ['tableau:content:read', 'tableau:views:embed'],
			iat: NOW,
			exp: NOW + 300,
			jti: expect.any(String) as string,
		},
	});
	expect(exchange?.url).toBe('https://10ax.online.tableau.com/api/3.27/auth/signin');
	expect(exchange?.parameters).toEqual({
		credentials: {
			jwt: expect.stringMatching(/^eyJ/) as string,
			site: { contentUrl: 'acme' },
		},
	});
	expect(request.headers).toEqual({ 'X-Tableau-Auth': 'session-1' });
});
