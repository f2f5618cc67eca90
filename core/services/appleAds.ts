import { defineService, key, needed, text } from './fields';
import { keyPairFields } from './keyPair';

const TOKEN_HOST = 'https://appleid.apple.com';

/** Apple Ads: its token endpoint takes the JWT as client secret. */
export const appleAds = defineService({
	name: 'Apple Ads',
	icon: 'apple',
	recipe: 'apple-ads',
	exchanges: true,
	api: { url: 'https://api.ads.apple.com/v1/acls' },
	hosts: 'appleid.apple.com, api.ads.apple.com',
	advice:
		'Check that Client ID, Team ID and Key ID are of one API user, and that Apple Ads has the public half of Private Key.',
	forbidden: 'Check Ad Account ID, and that the API user may do this.',
	test: { baseUrl: 'https://api.ads.apple.com', path: '/v1/acls' },
	fields: [
		needed('clientId', 'Client ID', 'Account settings > API', 'SEARCHADS.27478e71-…'),
		needed('teamId', 'Team ID', 'On the same page', 'SEARCHADS.27478e71-…'),
		needed('keyId', 'Key ID', 'On the same page', 'bacaebda-…'),
		...keyPairFields([
			key(
				'privateKey',
				'Private Key',
				'The EC key (P-256) of your own whose public half you pasted on that page',
				'-----BEGIN EC PRIVATE KEY-----',
			),
		]),
		text('adAccountId', 'Ad Account ID', 'For all calls but the one for the list of accounts', {
			placeholder: '12345678',
		}),
	],
	keyPair: { algorithm: 'ES256' },
	toGeneric: ({ clientId, teamId, keyId, privateKey, adAccountId }) => ({
		grant: 'clientCredentials',
		tokenUrl: `${TOKEN_HOST}/auth/oauth2/token`,
		clientId,
		scope: 'searchadsorg',
		algorithm: 'ES256',
		privateKey,
		keyId,
		payload: { iss: teamId, aud: TOKEN_HOST },
		expiresIn: '5m',
		bodyParameters: { client_secret: '{assertion}' },
		...(adAccountId !== '' && {
			additionalHeaders: { 'X-AP-Context': `adAccountId=${adAccountId}` },
		}),
	}),
});
