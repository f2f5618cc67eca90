import { JwtAuthError } from '../errors';
import { parseKeyJson } from '../keys/keyJson';
import { CLOCK } from './advice';
import { apiHostsField, ELSEWHERE, hostList } from './apiHosts';
import { audienceIn, clientKeyFields, SCOPES } from './clientKey';
import { byChoice, choice, defineService, needed, text } from './fields';

const ISSUERS: Readonly<Record<string, string>> = {
	production: 'https://maskinporten.no/',
	test: 'https://test.maskinporten.no/',
};

const CLIENT = 'Check Client ID and Environment: it exists in one of the two only.';

/** How Maskinporten finds the key: by its ID, which a JWK has in it, or by the certificate pasted with it. */
function keyNamed(
	keySource: string,
	keyId: string,
	pasted: string,
): { keyId: string } | { x509: string; x509Header: 'x5c' } {
	if (keyId !== '' || keySource === 'generate' || parseKeyJson(pasted)) return { keyId };
	if (pasted.includes('-----BEGIN CERTIFICATE-----')) return { x509: pasted, x509Header: 'x5c' };
	throw new JwtAuthError('FIELD_INVALID', 'Key ID is empty.', {
		hint: 'Fill in Key ID, or paste the enterprise certificate and those above it behind Private Key.',
	});
}

/** An API that Maskinporten guards, as an organization (Norway). */
export const maskinporten = defineService({
	name: 'Maskinporten',
	recipe: 'maskinporten',
	exchanges: true,
	api: { example: 'https://api.example.no' },
	advice: 'Check Client ID, Environment, and that Private Key is registered for it by this Key ID.',
	refusals: [
		[/MP-100/, CLIENT],
		[/MP-121/, 'The key is older than a year. Register a new one.'],
		SCOPES,
		CLOCK,
		audienceIn('Environment'),
		[/client/i, CLIENT],
	],
	elsewhere: ELSEWHERE,
	forbidden: 'Check Scopes.',
	// It has no API of its own: the exchange alone is tested.
	test: {
		baseUrl: byChoice('environment', ISSUERS),
		path: '/.well-known/oauth-authorization-server',
	},
	fields: [
		...clientKeyFields({
			clientId: 'Of the integration (klient) in Samarbeidsportalen',
			privateKey: 'The one whose public half was registered, or of the enterprise certificate',
			keyId: 'The "kid" it was registered by; empty with a certificate behind Private Key',
		}),
		needed('scopes', 'Scopes', 'Separated by blanks', 'altinn:serviceowner/instances.read'),
		choice('environment', 'Environment', 'Where the client is', {
			production: 'Production',
			test: 'Test',
		}),
		text('consumerOrg', 'Consumer Organization', 'Its number, where you act for another', {
			placeholder: '910753614',
		}),
		text('resource', 'Resource', 'Only where the API asks for it'),
		apiHostsField('Of the API'),
	],
	keyPair: { algorithm: 'RS256', keyIdFromKey: true },
	hostsFor: ({ environment, apiHosts }) => hostList(ISSUERS[environment] ?? '', apiHosts),
	toGeneric: ({ clientId, keySource, privateKey, keyId, scopes, environment, ...more }) => ({
		grant: 'jwtBearer',
		tokenUrl: `${ISSUERS[environment]}token`,
		algorithm: 'RS256',
		privateKey,
		...keyNamed(keySource, keyId, privateKey),
		payload: {
			aud: ISSUERS[environment],
			iss: clientId,
			scope: scopes,
			...(more.consumerOrg !== '' && { consumer_org: more.consumerOrg }),
			...(more.resource !== '' && { resource: [more.resource] }),
		},
		expiresIn: '2m',
	}),
});
