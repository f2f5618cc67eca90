import { appleKeyFields, teamIdField } from './appleKey';
import { defineService, text } from './fields';

/** Apple's weather data. */
export const appleWeatherkit = defineService({
	name: 'Apple WeatherKit',
	icon: 'apple',
	recipe: 'apple-weatherkit',
	exchanges: false,
	api: { url: 'https://weatherkit.apple.com/api/v1/availability/37.32/-122.03?country=US' },
	hosts: 'weatherkit.apple.com',
	advice:
		'Check that Private Key, Key ID and Team ID belong together, that Service ID is registered, and that the key has WeatherKit (a new one takes half an hour).',
	forbidden: 'Switch WeatherKit on for the key and for the service ID.',
	test: {
		baseUrl: 'https://weatherkit.apple.com',
		path: '/api/v1/availability/37.32/-122.03?country=US',
	},
	fields: [
		...appleKeyFields('Certificates, Identifiers & Profiles > Keys'),
		teamIdField,
		text('serviceId', 'Service ID', 'Under Identifiers > Services IDs', {
			required: true,
			placeholder: 'com.example.weather',
		}),
	],
	toGeneric: ({ privateKey, keyId, teamId, serviceId }) => ({
		algorithm: 'ES256',
		privateKey,
		keyId,
		headerParameters: { id: `${teamId}.${serviceId}` },
		payload: { iss: teamId, sub: serviceId },
		expiresIn: '1h',
		backdateIat: 30,
	}),
});
