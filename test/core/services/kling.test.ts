import { runInNewContext } from 'node:vm';
import { kling } from '../../../core/services/kling';
import { callService, NOW, stopClock } from './support/call';

const form = { accessKey: 'access-1', secretKey: 'a secret key that is long enough for HS256' };

stopClock();

it('signs a JWT of half an hour that was good five seconds ago', async () => {
	const options = { url: 'https://api-singapore.klingai.com/v1/videos/text2video', method: 'POST' };
	const { jwt, request } = await callService(kling, form, { secret: form.secretKey }, options);
	expect(jwt).toEqual({
		header: { alg: 'HS256', typ: 'JWT' },
		payload: { iss: 'access-1', iat: NOW, nbf: NOW - 5, exp: NOW + 1800 },
	});
	expect(Object.keys(request.headers)).toEqual(['authorization']);
});

it('is tested in its region', () => {
	const address = (region: string) =>
		String(runInNewContext(kling.test.baseUrl.slice(3, -2), { $credentials: { region } }));
	expect(address('singapore')).toBe('https://api-singapore.klingai.com');
	expect(address('beijing')).toBe('https://api-beijing.klingai.com');
});
