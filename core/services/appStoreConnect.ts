import { appleKeyFields } from './appleKey';
import { choice, defineService, text } from './fields';

const HOSTS: Readonly<Record<string, string>> = {
	appStoreConnect: 'api.appstoreconnect.apple.com',
	enterprise: 'api.enterprise.developer.apple.com',
};

/** A JWT for each request, with a team key, or with an individual key that has no issuer. */
export const appStoreConnect = defineService({
	name: 'App Store Connect',
	icon: 'appstore',
	recipe: 'app-store-connect',
	exchanges: false,
	api: { url: 'https://api.appstoreconnect.apple.com/v1/apps' },
	advice:
		'Check that Private Key and Key ID belong together, and that Issuer ID is that of the team (empty for an individual key).',
	forbidden:
		'Give the key a role that may do this in App Store Connect, and look for agreements to sign there.',
	test: {
		baseUrl: `={{ $credentials.program === "enterprise" ? "https://${HOSTS.enterprise}" : "https://${HOSTS.appStoreConnect}" }}`,
		path: '={{ $credentials.program === "enterprise" ? "/v1/bundleIds?limit=1" : "/v1/apps?limit=1" }}',
	},
	fields: [
		...appleKeyFields('Users and Access > Integrations > App Store Connect API'),
		text(
			'issuerId',
			'Issuer ID',
			'Stands above the list of team keys. Leave it empty for an individual key.',
			{ placeholder: '57246542-96fe-1a63-e053-0824d011072a' },
		),
		choice('program', 'Program', 'Which of the two APIs the key is for', {
			appStoreConnect: 'App Store Connect',
			enterprise: 'Apple Developer Enterprise Program',
		}),
	],
	hostsFor: ({ program }) => HOSTS[program] ?? '',
	toGeneric: ({ privateKey, keyId, issuerId, program }) => ({
		algorithm: 'ES256',
		privateKey,
		keyId,
		payload: {
			...(issuerId === '' ? { sub: 'user' } : { iss: issuerId }),
			aud: program === 'enterprise' ? 'apple-developer-enterprise-v1' : 'appstoreconnect-v1',
		},
		expiresIn: '15m',
		backdateIat: 30,
	}),
});
