import { CLOCK } from './advice';
import { byChoice, choice, defineService, key, only, text } from './fields';
import { idTokenFields, idTokenGrant, idTokenHosts } from './googleIdToken';
import { readKeyFile } from './serviceValues';

const FIELD = 'Service Account Key (JSON)';
const MEMBERS = ['client_email', 'private_key'] as const;
const TOKEN_URL = 'https://oauth2.googleapis.com/token';

/** An access token for Google's APIs, or an ID token for a service behind Cloud Run or IAP. */
export const googleServiceAccount = defineService({
	name: 'Google Service Account',
	icon: 'googlecloud',
	recipe: 'google-service-account',
	exchanges: true,
	// Every Google API, with its address.
	api: { url: 'https://www.googleapis.com/discovery/v1/apis' },
	advice: 'Check that the key of Service Account Key was not deleted in the Google Cloud console.',
	refusals: [
		CLOCK,
		[/signature|account not found/i, 'Make a new Service Account Key: this one was deleted.'],
		[
			/unauthorized_client|delegation|access_denied/i,
			'For Act as User, allow the client ID of the service account all of Scopes under Domain-Wide Delegation in the Google Workspace admin console.',
		],
		[/scope/i, 'Check Scopes, letter by letter.'],
		[/email|subject|invalid_grant/i, 'Check Act as User: it has to be a user of the Workspace.'],
	],
	forbidden: 'Give the service account a role that may do this in the Google Cloud console.',
	test: {
		// Of an ID token only its own service knows what to make: there the exchange alone is tested.
		method: byChoice('kindOfAccess', { access: 'POST', identity: 'GET' }),
		baseUrl: byChoice('kindOfAccess', {
			access: 'https://oauth2.googleapis.com',
			identity: 'https://www.googleapis.com',
		}),
		path: byChoice('kindOfAccess', { access: '/tokeninfo', identity: '/oauth2/v3/certs' }),
	},
	fields: [
		key(
			'serviceAccountKey',
			FIELD,
			'The whole key file from the Google Cloud console: IAM > Service Accounts > Keys > Add Key > JSON',
			'{ "type": "service_account", … }',
		),
		choice('kindOfAccess', 'Use For', 'What the requests go to', {
			access: 'Google APIs (Access Token)',
			identity: 'Cloud Run or IAP (ID Token)',
		}),
		...only('kindOfAccess', 'access', [
			text('scopes', 'Scopes', 'From the documentation of the API, separated by blanks', {
				default: 'https://www.googleapis.com/auth/cloud-platform',
			}),
			text('subject', 'Act as User', 'Of your Google Workspace, with domain-wide delegation only', {
				perItem: true,
				placeholder: 'user@example.com',
			}),
		]),
		...only('kindOfAccess', 'identity', idTokenFields),
	],
	hostsFor: ({ kindOfAccess, serviceUrl }) =>
		kindOfAccess === 'identity' ? idTokenHosts(serviceUrl) : '*.googleapis.com',
	toGeneric: ({ serviceAccountKey, kindOfAccess, scopes, subject, serviceUrl, targetAudience }) => {
		const { client_email: iss } = readKeyFile(serviceAccountKey, FIELD, MEMBERS);
		const { payload, ...rest } =
			kindOfAccess === 'identity'
				? idTokenGrant(iss, serviceUrl, targetAudience)
				: { payload: { iss, scope: scopes, ...(subject !== '' && { sub: subject }) } };
		return {
			grant: 'jwtBearer',
			tokenUrl: TOKEN_URL,
			algorithm: 'RS256',
			privateKey: serviceAccountKey,
			payload: { ...payload, aud: TOKEN_URL },
			expiresIn: '5m',
			...rest,
		};
	},
});
