import { JwtAuthError } from '../errors';
import { hostOf } from '../shared/url';
import { CLOCK } from './advice';
import { audienceIn } from './clientKey';
import { addressIn, defineService, key, needed, text, toggle } from './fields';
import { keyPairFields } from './keyPair';
import { algorithmFor, readServiceUrl } from './serviceValues';

/** The host of an Okta org; its console has another one. */
function oktaUrl(domain: string): string {
	const url = readServiceUrl(domain, 'Okta Domain');
	if (!/-admin\.(okta|oktapreview|okta-emea|okta-gov)\.com$/.test(hostOf(url))) return url;
	throw new JwtAuthError('URL_INVALID', 'Okta Domain is the address of the admin console.', {
		hint: 'Take -admin out of Okta Domain.',
	});
}

/** Okta's API as a service app. */
export const okta = defineService({
	name: 'Okta Service App',
	icon: 'okta',
	recipe: 'okta',
	exchanges: true,
	api: { example: 'https://acme.okta.com/api/v1/' },
	advice:
		'Check Client ID and Okta Domain, and that the public half of Private Key is among the keys of the app.',
	refusals: [
		[
			/dpop/i,
			'Switch Use DPoP on: the app has "Require Demonstrating Proof of Possession (DPoP)" on.',
		],
		[/scope/i, 'Check Scopes: each has to be granted to the app under Okta API Scopes.'],
		CLOCK,
		audienceIn('Okta Domain'),
	],
	forbidden: 'Give the app an admin role that may do this.',
	test: {
		baseUrl: addressIn('domain'),
		// With other scopes the exchange alone is tested.
		path: '={{ $credentials.scopes.includes("okta.users.") ? "/api/v1/users?limit=1" : "/.well-known/openid-configuration" }}',
	},
	fields: [
		needed('domain', 'Okta Domain', 'Of the org, without -admin', 'acme.okta.com'),
		needed('clientId', 'Client ID', 'Of the app of the type API Services', '0oa1b2c3d4'),
		...keyPairFields([
			key('privateKey', 'Private Key (JWK or PEM)', 'Shown once, when the key is made for the app'),
		]),
		text('keyId', 'Key ID', 'Only where the key is pasted as PEM and the app has several'),
		toggle('useDpop', 'Use DPoP', 'Whether the app requires DPoP, as new apps do at first'),
		text('scopes', 'Scopes', 'Granted to the app, separated by blanks', {
			default: 'okta.users.read',
		}),
	],
	keyPair: { algorithm: 'RS256', keyIdFromKey: true },
	hostsFor: ({ domain }) => hostOf(oktaUrl(domain)),
	toGeneric: ({ domain, clientId, privateKey, keyId, useDpop, scopes }) => ({
		grant: 'clientCredentials',
		tokenUrl: `${oktaUrl(domain)}/oauth2/v1/token`,
		clientId,
		scope: scopes,
		algorithm: algorithmFor(privateKey, ['RS256', 'ES256']),
		privateKey,
		keyId,
		payload: {},
		expiresIn: '5m',
		useDpop: useDpop === 'true',
	}),
});
