import { appleKeyFields, teamIdField } from './appleKey';
import { defineService, secret } from './fields';

/** The catalogue of Apple Music, and with a Music User Token what is a user's own. */
export const appleMusic = defineService({
	name: 'Apple Music',
	icon: 'applemusic',
	recipe: 'apple-music',
	exchanges: false,
	api: { url: 'https://api.music.apple.com/v1/test' },
	hosts: 'api.music.apple.com',
	advice:
		'Check that Private Key, Key ID and Team ID belong together, and that the key has MusicKit.',
	forbidden: 'For what is a user’s own, check Music User Token: it may be of another app or over.',
	test: { baseUrl: 'https://api.music.apple.com', path: '/v1/test' },
	fields: [
		...appleKeyFields('Certificates, Identifiers & Profiles > Keys'),
		teamIdField,
		secret(
			'musicUserToken',
			'Music User Token',
			'Only for what is a user’s own, from MusicKit',
			{},
		),
	],
	toGeneric: ({ privateKey, keyId, teamId, musicUserToken }) => ({
		algorithm: 'ES256',
		privateKey,
		keyId,
		payload: { iss: teamId },
		expiresIn: '1h',
		backdateIat: 30,
		...(musicUserToken !== '' && { additionalHeaders: { 'Music-User-Token': musicUserToken } }),
	}),
});
