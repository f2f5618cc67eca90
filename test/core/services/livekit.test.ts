import { livekit } from '../../../core/services/livekit';
import { expectCode } from '../support/expectCode';
import { callService, NOW, stopClock } from './support/call';

const secret = 'a-secret-of-livekit-with-more-than-32-bytes';
const form = { url: 'wss://acme.livekit.cloud', apiKey: 'API1', apiSecret: secret };
const url = 'https://acme.livekit.cloud/twirp/livekit.RoomService/ListRooms';
const call = { url, method: 'POST', body: {} };

stopClock();

it('may do what a server does; the address is that of the console', async () => {
	const addresses = ['wss:', 'WSS:', 'https:'].map((scheme) => `${scheme}//acme.livekit.cloud/`);
	for (const address of [form.url, 'acme.livekit.cloud', ...addresses]) {
		const { jwt } = await callService(livekit, { ...form, url: address }, { secret }, call);
		expect(jwt).toEqual({
			header: { alg: 'HS256', typ: 'JWT' },
			payload: {
				iss: 'API1',
				video: { roomCreate: true, roomList: true, roomRecord: true, ingressAdmin: true },
				sip: { admin: true, call: true },
				iat: NOW,
				nbf: NOW,
				exp: NOW + 600,
			},
		});
	}
});

it('may administer a room that is named', async () => {
	const { jwt } = await callService(livekit, { ...form, room: 'lobby' }, { secret }, call);
	expect(jwt.payload.video).toMatchObject({ roomAdmin: true, room: 'lobby' });
});

it('may stand on this machine, without TLS', () => {
	const values = { ...form, room: '' };
	expect(livekit.hostsFor?.({ ...values, url: 'ws://localhost:7880' })).toBe('localhost');
	expect(livekit.hostsFor?.({ ...values, url: 'rtc.example.com/wss:x' })).toBe('rtc.example.com');
	expectCode('URL_INVALID', () => livekit.hostsFor?.({ ...values, url: 'ws://rtc.example.com' }));
});

it('goes to its own project only', async () => {
	const elsewhere = { ...call, url: 'https://other.livekit.cloud/' };
	await expect(callService(livekit, form, { secret }, elsewhere)).rejects.toMatchObject({
		code: 'DOMAIN_NOT_ALLOWED',
	});
});
