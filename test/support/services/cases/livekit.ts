import { lives, type ServiceCase } from '../serviceCase';

const secret = 'a-secret-of-livekit-with-more-than-32-bytes';

export const service: ServiceCase = {
	type: 'livekitJwtApi',
	form: { url: 'wss://acme.livekit.cloud', apiKey: 'API1', apiSecret: secret },
	keys: [{ secret }],
	hosts: ['acme.livekit.cloud'],
	checks: (jwt, now) => ({
		// LiveKit's own SDK sends no iat.
		...lives({ ...jwt, payload: { ...jwt.payload, iat: Number(jwt.payload.nbf) } }, now, 600),
		iat: jwt.payload.iat === undefined || jwt.payload.iat <= now + 5,
		alg: jwt.header.alg === 'HS256',
		iss: jwt.payload.iss === 'API1',
		grants: (jwt.payload.video as { roomList?: unknown } | undefined)?.roomList === true,
	}),
	tested: 'acme.livekit.cloud/twirp/livekit.RoomService/ListRooms',
	called: 'https://acme.livekit.cloud/twirp/livekit.RoomService/ListRooms',
	wrong: {
		'the secret': { form: { apiSecret: `another-${secret}` }, says: /API Secret/ },
		'the key': { form: { apiKey: 'API2' }, says: /API Key/ },
	},
};
