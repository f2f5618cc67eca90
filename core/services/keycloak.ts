import { CLOCK } from './advice';
import { apiHostsField, ELSEWHERE, hostList } from './apiHosts';
import { audienceIn, clientKeyFields, SCOPES } from './clientKey';
import { addressIn, defineService, needed, text } from './fields';
import { algorithmFor, readServiceUrl } from './serviceValues';

/** An API behind Keycloak, or Keycloak's own, as a client with a key (Signed JWT). */
export const keycloak = defineService({
	name: 'Keycloak Client (Signed JWT)',
	icon: 'keycloak',
	recipe: 'keycloak',
	exchanges: true,
	api: { example: 'https://sso.example.com/realms/main/protocol/openid-connect/userinfo' },
	advice:
		'Check Realm URL and Client ID, that the certificate or JWKS of the client has the public half of Private Key, and that Service Accounts Roles is on for it.',
	refusals: [SCOPES, CLOCK, audienceIn('Realm URL: it has to be as the realm calls itself')],
	elsewhere: ELSEWHERE,
	forbidden: 'Give the service account of the client the role that this needs.',
	test: {
		baseUrl: addressIn('realmUrl'),
		// Without openid Keycloak says nothing about the token: the exchange alone is tested.
		path: '={{ $credentials.scopes.includes("openid") ? "/protocol/openid-connect/userinfo" : "/.well-known/openid-configuration" }}',
	},
	fields: [
		needed('realmUrl', 'Realm URL', 'Its "issuer"', 'https://sso.example.com/realms/main'),
		...clientKeyFields({
			clientId: 'Of the client; Client Authenticator is Signed JWT',
			privateKey: 'The one whose certificate or public key the client has under Keys',
			keyId: 'Only where the client has a JWKS URL with several keys',
		}),
		text('scopes', 'Scopes', 'Separated by blanks', { default: 'openid' }),
		apiHostsField('Where the API is your own'),
	],
	keyPair: { algorithm: 'RS256' },
	hostsFor: ({ realmUrl, apiHosts }) => hostList(readServiceUrl(realmUrl, 'Realm URL'), apiHosts),
	toGeneric: ({ realmUrl, clientId, privateKey, keyId, scopes }) => ({
		grant: 'clientCredentials',
		tokenUrl: `${readServiceUrl(realmUrl, 'Realm URL')}/protocol/openid-connect/token`,
		clientId,
		scope: scopes,
		algorithm: algorithmFor(privateKey, ['RS256', 'ES256', 'ES384', 'ES512', 'EdDSA']),
		privateKey,
		keyId,
		// One value, and the issuer rather than the Token URL: Keycloak takes nothing else for certain.
		payload: { aud: readServiceUrl(realmUrl, 'Realm URL') },
		expiresIn: '1m',
	}),
});
