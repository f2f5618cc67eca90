import { appleKeyFields } from './appleKey';
import { choice, defineService, text } from './fields';

/** In-app purchases and subscriptions, with an In-App Purchase key. */
export const appStoreServer = defineService({
	name: 'App Store Server',
	icon: 'appstore',
	recipe: 'app-store-server',
	exchanges: false,
	api: { url: 'https://api.storekit.apple.com' },
	hosts: 'api.storekit.apple.com, api.storekit-sandbox.apple.com',
	advice:
		'Check that Private Key is an In-App Purchase key, that Key ID belongs to it, and Issuer ID and Bundle ID.',
	forbidden: 'Look for agreements to sign in App Store Connect.',
	test: {
		method: 'POST',
		baseUrl:
			'={{ $credentials.environment === "sandbox" ? "https://api.storekit-sandbox.apple.com" : "https://api.storekit.apple.com" }}',
		path: '/inApps/v1/notifications/test',
		answers: {
			404: 'The token is taken, but the app has no address for notifications there. Enter one under App Store Server Notifications of the app in App Store Connect, or leave it: requests work without.',
		},
	},
	fields: [
		...appleKeyFields('Users and Access > Integrations > In-App Purchase'),
		text('issuerId', 'Issuer ID', 'Above the list of keys', {
			required: true,
			placeholder: '57246542-96fe-1a63-e053-0824d011072a',
		}),
		text('bundleId', 'Bundle ID', 'Of the app', { required: true, placeholder: 'com.example.app' }),
		choice('environment', 'Test In', 'Where Test Connection asks for a test notification', {
			production: 'Production',
			sandbox: 'Sandbox',
		}),
	],
	toGeneric: ({ privateKey, keyId, issuerId, bundleId }) => ({
		algorithm: 'ES256',
		privateKey,
		keyId,
		payload: { iss: issuerId, aud: 'appstoreconnect-v1', bid: bundleId },
		expiresIn: '5m',
		backdateIat: 30,
	}),
});
