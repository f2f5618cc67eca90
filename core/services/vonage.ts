import { defineService, key, needed } from './fields';

/** Vonage's APIs as an application (Voice, Messages, Verify and more). */
export const vonage = defineService({
	name: 'Vonage Application',
	icon: 'vonage',
	recipe: 'vonage',
	exchanges: false,
	api: { url: 'https://api.nexmo.com/v1/calls?page_size=1' },
	// Regions and Video have hosts of their own.
	hosts: '*.nexmo.com, *.vonage.com',
	advice: 'Check that Private Key is of the application of Application ID.',
	forbidden: 'Switch the capability on for the application, such as Voice.',
	test: { baseUrl: 'https://api.nexmo.com', path: '/v1/calls?page_size=1' },
	fields: [
		needed(
			'applicationId',
			'Application ID',
			'Applications in the dashboard of Vonage',
			'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
		),
		key('privateKey', 'Private Key', 'The file private.key, downloaded when the key is made'),
	],
	toGeneric: ({ applicationId, privateKey }) => ({
		algorithm: 'RS256',
		privateKey,
		payload: { application_id: applicationId },
		expiresIn: '15m',
		addJti: true,
	}),
});
