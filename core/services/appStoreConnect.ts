import { parseKeyJson } from '../keys/keyJson';
import { hostOf } from '../shared/url';
import { APPLE_KEY, appleKeyFields } from './appleKey';
import { byChoice, choice, defineService, text } from './fields';
import { idOrFromFile } from './serviceValues';

const URLS: Readonly<Record<string, string>> = {
	appStoreConnect: 'https://api.appstoreconnect.apple.com',
	enterprise: 'https://api.enterprise.developer.apple.com',
};

/** The issuer in a key file of fastlane, which holds all that the form asks for. */
function filedIssuer(pasted: string): string {
	const { issuer_id: issuer }: { issuer_id?: unknown } = parseKeyJson(pasted.trim()) ?? {};
	return typeof issuer === 'string' ? issuer : '';
}

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
		baseUrl: byChoice('program', URLS),
		path: byChoice('program', {
			appStoreConnect: '/v1/apps?limit=1',
			enterprise: '/v1/bundleIds?limit=1',
		}),
	},
	fields: [
		...appleKeyFields('Users and Access > Integrations > App Store Connect API', {
			orFile: "Or fastlane's JSON file, which has the IDs in it.",
		}),
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
	hostsFor: ({ program }) => hostOf(URLS[program] ?? ''),
	toGeneric: ({ privateKey, keyId, issuerId, program }) => {
		const issuer = issuerId === '' ? filedIssuer(privateKey) : issuerId;
		return {
			algorithm: 'ES256',
			privateKey,
			keyId: idOrFromFile(
				{ value: keyId, label: 'Key ID' },
				{ value: privateKey, label: APPLE_KEY, member: 'key_id' },
			),
			payload: {
				...(issuer === '' ? { sub: 'user' } : { iss: issuer }),
				aud: program === 'enterprise' ? 'apple-developer-enterprise-v1' : 'appstoreconnect-v1',
			},
			expiresIn: '15m',
			backdateIat: 30,
		};
	},
});
