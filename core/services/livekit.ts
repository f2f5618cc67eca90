import { hostOf } from '../shared/url';
import { defineService, secret, text } from './fields';
import { readServiceUrl } from './serviceValues';

/** The console shows the address that participants connect to; the API is at the same host. */
const apiUrl = (url: string): string =>
	readServiceUrl(url.replace(/^ws(s?):/i, 'http$1:'), 'Project URL');

/** LiveKit's server API: rooms, recordings, ingress and telephony. */
export const livekit = defineService({
	name: 'LiveKit',
	icon: 'livekit',
	recipe: 'livekit',
	exchanges: false,
	api: { example: 'https://acme.livekit.cloud' },
	advice:
		'Check that API Key and API Secret belong together and are of the project of Project URL.',
	forbidden: 'For calls about one room and its participants, fill in Room.',
	test: {
		method: 'POST',
		baseUrl:
			'={{ ($credentials.url.includes("://") ? "" : "https://") + $credentials.url.trim().replace(/^ws(s?):/i, "http$1:") }}',
		path: '/twirp/livekit.RoomService/ListRooms',
		// n8n sends no body that is empty, and LiveKit wants one.
		body: { names: [] },
	},
	fields: [
		text('url', 'Project URL', 'Settings of the project in LiveKit Cloud, or your own server', {
			required: true,
			placeholder: 'wss://acme.livekit.cloud',
		}),
		text('apiKey', 'API Key', 'Settings > API Keys', {
			required: true,
			placeholder: 'APIabcdefghijkl',
		}),
		secret('apiSecret', 'API Secret', 'Shown once, when the key is made'),
		text('room', 'Room', 'Only for calls about one room and its participants', {
			perItem: true,
			placeholder: 'lobby',
		}),
	],
	hostsFor: ({ url }) => hostOf(apiUrl(url)),
	toGeneric: ({ apiKey, apiSecret, room }) => ({
		algorithm: 'HS256',
		secret: apiSecret,
		payload: {
			iss: apiKey,
			video: {
				roomCreate: true,
				roomList: true,
				roomRecord: true,
				ingressAdmin: true,
				...(room !== '' && { roomAdmin: true, room }),
			},
			sip: { admin: true, call: true },
		},
		expiresIn: '10m',
		addNbf: true,
	}),
});
