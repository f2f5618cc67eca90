import { createPublicKey } from 'node:crypto';
import { appleMusic } from '../../../core/services/appleMusic';
import { ec, pem } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const form = { privateKey: pem(ec, 'pkcs8'), keyId: '2X9R4HXF34', teamId: 'A1B2C3D4E5' };
const key = { publicKey: createPublicKey(ec) };
const url = 'https://api.music.apple.com/v1/me/library/songs';

stopClock();

it('a JWT of the team, and a user token where there is one', async () => {
	const { jwt, request } = await callService(appleMusic, form, key, { url });
	expect(jwt).toEqual({
		header: { alg: 'ES256', typ: 'JWT', kid: '2X9R4HXF34' },
		payload: { iss: 'A1B2C3D4E5', iat: NOW - 30, exp: NOW + 3570 },
	});
	expect(Object.keys(request.headers)).toEqual(['authorization']);
	const data = { ...form, musicUserToken: 'of-a-user' };
	const own = await callService(appleMusic, data, key, { url });
	expect(own.request.headers['Music-User-Token']).toBe('of-a-user');
});
