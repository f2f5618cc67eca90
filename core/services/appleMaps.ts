import { appleKeyFields, teamIdField } from './appleKey';
import { defineService } from './fields';

/** Apple Maps Server API: the JWT is traded for a token of half an hour. */
export const appleMaps = defineService({
	name: 'Apple Maps Server',
	icon: 'apple',
	recipe: 'apple-maps',
	exchanges: true,
	api: { url: 'https://maps-api.apple.com/v1/geocode?q=Cupertino' },
	hosts: 'maps-api.apple.com',
	advice:
		'Check that Private Key, Key ID and Team ID belong together, and that the key has MapKit JS.',
	forbidden: 'Switch MapKit JS on for the key.',
	test: { baseUrl: 'https://maps-api.apple.com', path: '/v1/geocode?q=Cupertino' },
	fields: [...appleKeyFields('Certificates, Identifiers & Profiles > Keys'), teamIdField],
	toGeneric: ({ privateKey, keyId, teamId }) => ({
		grant: 'custom',
		tokenUrl: 'https://maps-api.apple.com/v1/token',
		exchangeMethod: 'GET',
		responseField: 'accessToken',
		expiryField: 'expiresInSeconds',
		algorithm: 'ES256',
		privateKey,
		keyId,
		payload: { iss: teamId },
		expiresIn: '30m',
		backdateIat: 30,
		addJti: false,
	}),
});
