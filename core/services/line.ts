import { CLOCK } from './advice';
import { defineService, key, needed } from './fields';
import { keyPairFields } from './keyPair';

/** LINE's Messaging API as a channel, by stateless access tokens: of the others, only thirty may be valid. */
export const line = defineService({
	name: 'LINE Messaging API',
	icon: 'line',
	recipe: 'line',
	exchanges: true,
	api: { url: 'https://api.line.me/v2/bot/info' },
	hosts: 'api.line.me, api-data.line.me',
	advice:
		'Check Channel ID, and that the Assertion Signing Key registered for this channel by Key ID is the public half of Private Key.',
	refusals: [CLOCK],
	forbidden: 'Check that the plan of the channel includes this.',
	test: { baseUrl: 'https://api.line.me', path: '/v2/bot/info' },
	fields: [
		needed('channelId', 'Channel ID', 'Basic settings of the channel', '1234567890'),
		...keyPairFields([
			key(
				'privateKey',
				'Private Key (JWK or PEM)',
				'RSA; the channel has its public half',
				'{ "kty": "RSA", … }',
			),
		]),
		needed('keyId', 'Key ID', 'The "kid" that LINE gives the registered key', '536e453c-aa93-…'),
	],
	keyPair: { algorithm: 'RS256' },
	toGeneric: ({ channelId, privateKey, keyId }) => ({
		grant: 'clientCredentials',
		tokenUrl: 'https://api.line.me/oauth2/v3/token',
		clientId: channelId,
		// LINE takes a secret to go with it.
		bodyParameters: { client_id: null },
		algorithm: 'RS256',
		privateKey,
		keyId,
		payload: { aud: 'https://api.line.me/' },
		expiresIn: '5m',
	}),
});
