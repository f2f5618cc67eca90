import { JwtAuthError } from '../errors';
import { CLOCK } from './advice';
import { hostList } from './apiHosts';
import { audienceIn, clientKeyFields, SCOPES } from './clientKey';
import { addressIn, defineService, needed, text } from './fields';
import { algorithmFor, readServiceUrl } from './serviceValues';

/** The token endpoint; that of Epic is at the same place beside every FHIR server. */
function tokenUrlFor(fhirUrl: string, tokenUrl: string): string {
	if (tokenUrl !== '') return readServiceUrl(tokenUrl, 'Token URL');
	const base = readServiceUrl(fhirUrl, 'FHIR Base URL');
	const [server = '', version] = base.split('/api/FHIR/');
	if (version !== undefined) return `${server}/oauth2/token`;
	throw new JwtAuthError('FIELD_INVALID', 'Token URL is empty.', {
		hint: 'Fill in Token URL: open FHIR Base URL with /.well-known/smart-configuration behind it and copy its "token_endpoint".',
	});
}

/** A FHIR server as a registered backend service (SMART App Launch 2), Epic's included. */
export const smartBackend = defineService({
	name: 'SMART on FHIR Backend (Epic and Others)',
	recipe: 'smart-backend-services',
	exchanges: true,
	api: { example: 'https://fhir.epic.com/interconnect-fhir-oauth/api/FHIR/R4/metadata' },
	advice:
		'Check Client ID (it is another one for a sandbox) and Token URL, and that the server knows the public half of Private Key by this Key ID. A new key takes some time until it works.',
	refusals: [SCOPES, CLOCK, audienceIn('Token URL')],
	forbidden: 'Check Scopes, and what the organization has released to the app.',
	// What a scope allows is different everywhere: the exchange alone is tested.
	test: {
		baseUrl: addressIn('fhirUrl'),
		path: '/metadata',
		headers: { accept: 'application/fhir+json' },
	},
	fields: [
		needed('fhirUrl', 'FHIR Base URL', 'Address of the server', 'https://fhir.example.com/r4'),
		text('tokenUrl', 'Token URL', 'Its "token_endpoint"; empty for Epic', {
			placeholder: 'https://fhir.example.com/oauth2/token',
		}),
		...clientKeyFields({
			clientId: 'As given at the registration',
			privateKey: 'The one whose public half or certificate was registered (RSA, or EC of P-384)',
			keyId: 'The "kid" in the registered JWKS; a JWK has it in it',
		}),
		text('scopes', 'Scopes', 'Separated by blanks; Epic takes those of the app without them', {
			placeholder: 'system/Patient.rs system/Observation.rs',
		}),
	],
	keyPair: { algorithm: 'RS384', keyIdFromKey: true },
	hostsFor: ({ fhirUrl, tokenUrl }) =>
		hostList(readServiceUrl(fhirUrl, 'FHIR Base URL'), tokenUrlFor(fhirUrl, tokenUrl)),
	toGeneric: ({ fhirUrl, tokenUrl, clientId, privateKey, keyId, scopes }) => ({
		grant: 'clientCredentials',
		tokenUrl: tokenUrlFor(fhirUrl, tokenUrl),
		clientId,
		scope: scopes,
		algorithm: algorithmFor(privateKey, ['RS384', 'ES384']),
		privateKey,
		keyId,
		payload: {},
		expiresIn: '4m',
	}),
});
