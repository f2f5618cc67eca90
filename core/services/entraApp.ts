import { JwtAuthError } from '../errors';
import { CLOCK } from './advice';
import { apiHostsField, ELSEWHERE, hostList } from './apiHosts';
import { defineService, key, needed, secret, text } from './fields';
import { keyPairFields } from './keyPair';

const LOGIN = 'login.microsoftonline.com';
const GRAPH = 'graph.microsoft.com';
const CERTIFICATE = '-----BEGIN CERTIFICATE-----';
const ID = 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6';

/** The certificate by which Entra finds the key; with a key of one's own it is pasted beside that. */
function certificateOf(keySource: string, pasted: string, uploaded: string): string {
	if (keySource === 'paste') return pasted;
	if (uploaded !== '') return uploaded;
	throw new JwtAuthError('FIELD_INVALID', 'Certificate is empty.', {
		hint: 'In the node JWT Sign, operation Get Public Key, choose Self-Signed Certificate. Upload what it gives to the app, and paste the same into Certificate.',
	});
}

/** Any API of Microsoft Entra ID, as an app with a certificate. */
export const entraApp = defineService({
	name: 'Microsoft Entra App (Certificate)',
	recipe: 'entra-id',
	exchanges: true,
	api: { url: `https://${GRAPH}/v1.0/` },
	advice:
		'Check Tenant ID and Client ID, and that the certificate in Certificate and Private Key was uploaded to this app.',
	refusals: [
		[/AADSTS700027/, 'Upload the certificate of Certificate and Private Key to the app.'],
		[
			/AADSTS(700016|90002|900023)/,
			'Check Tenant ID and Client ID: the app is not in this tenant.',
		],
		[/AADSTS(50013|700024)/, CLOCK[1]],
		CLOCK,
		[/AADSTS(500011|70011|1002012)|scope/i, 'Check Scope: address of the API, then /.default.'],
	],
	elsewhere: ELSEWHERE,
	forbidden: 'Give the app the application permission it needs, with the consent of an admin.',
	test: {
		// Of another API only that API knows what it takes: there the exchange alone is tested.
		baseUrl: `={{ $credentials.scope.startsWith("https://${GRAPH}/") ? "https://${GRAPH}" : "https://${LOGIN}" }}`,
		path: `={{ $credentials.scope.startsWith("https://${GRAPH}/") ? "/v1.0/" : "/" + $credentials.tenantId.trim() + "/v2.0/.well-known/openid-configuration" }}`,
	},
	fields: [
		needed('tenantId', 'Tenant ID', 'Directory (tenant) ID on the overview of the app', ID),
		needed('clientId', 'Client ID', 'Application (client) ID on the overview of the app', ID),
		...keyPairFields(
			[
				key(
					'certificate',
					'Certificate and Private Key',
					'Both, one below the other, from their PEM files',
					CERTIFICATE,
				),
				secret('passphrase', 'Key Passphrase', 'Only where the key is encrypted', {}),
			],
			[
				{
					...key('uploadedCertificate', 'Certificate', 'The one that was uploaded', CERTIFICATE),
					required: false,
				},
			],
		),
		text('scope', 'Scope', 'Address of the API, then /.default', {
			default: `https://${GRAPH}/.default`,
		}),
		apiHostsField('Where the API is at another host than Scope says'),
	],
	keyPair: { algorithm: 'PS256' },
	hostsFor: ({ scope, apiHosts }) => hostList(LOGIN, scope, apiHosts),
	toGeneric: ({ tenantId, clientId, keySource, certificate, uploadedCertificate, ...more }) => ({
		grant: 'clientCredentials',
		tokenUrl: `https://${LOGIN}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`,
		clientId,
		scope: more.scope,
		algorithm: 'PS256',
		privateKey: certificate,
		keyPassphrase: more.passphrase,
		x509: certificateOf(keySource, certificate, uploadedCertificate),
		x509Header: 'x5t',
		payload: {},
		expiresIn: '5m',
		addNbf: true,
	}),
});
