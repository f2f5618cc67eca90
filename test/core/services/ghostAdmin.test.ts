import { ghostAdmin } from '../../../core/services/ghostAdmin';
import { callService, NOW, stopClock } from './support/call';

const id = '6748592f4b9b770017f4a3c1';
const hex = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const key = { secret: Buffer.from(hex, 'hex') };
const url = 'https://blog.example.com/ghost/api/admin/posts/';
const form = { url: 'https://blog.example.com', adminApiKey: `${id}:${hex}` };

stopClock();

it('the ID names the key, the hexadecimal secret signs, and the prefix is that of Ghost', async () => {
	const { jwt, request } = await callService(ghostAdmin, form, key, { url });
	expect(jwt).toEqual({
		header: { alg: 'HS256', typ: 'JWT', kid: id },
		payload: { aud: '/admin/', iat: NOW, exp: NOW + 300 },
	});
	expect(request.headers).toEqual({
		authorization: expect.stringMatching(/^Ghost eyJ/) as string,
		'Accept-Version': 'v5.0',
	});
});

it.each([
	['a Content API key', '22444f78447824223cefc48062'],
	['a key that was not copied whole', `${id}:${hex.slice(1)}`],
])('refuses %s, and shows nothing of it', async (_what, adminApiKey) => {
	const refused = callService(ghostAdmin, { ...form, adminApiKey }, key, { url });
	await expect(refused).rejects.toMatchObject({
		code: 'FIELD_INVALID',
		message: 'Admin API Key is not an ID, a colon and a secret.',
		hint: expect.stringContaining('The Content API key is another one') as string,
	});
});

it('goes to its own site only', async () => {
	const elsewhere = { url: 'https://other.example.com/' };
	await expect(callService(ghostAdmin, form, key, elsewhere)).rejects.toMatchObject({
		code: 'DOMAIN_NOT_ALLOWED',
	});
});
