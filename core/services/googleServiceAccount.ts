import { hostOf } from '../shared/url';
import { choice, defineService, key, only, text } from './fields';
import { readKeyFile, readServiceUrl } from './serviceValues';

/** An access token for Google's APIs, or an ID token for a service behind Cloud Run or IAP. */
export const googleServiceAccount = defineService({
	name: 'Google Service Account',
	icon: 'googlecloud',
	recipe: 'google-service-account',
	exchanges: true,
	// Every Google API, with its address.
	api: { url: 'https://www.googleapis.com/discovery/v1/apis' },
	advice:
		'Check that the key of Service Account Key was not deleted in the Google Cloud console, and the clock of the machine n8n runs on.',
	refusals: [
		[/short-lived|\bclock\b|\biat\b|\bexp\b/i, 'Check the clock of the machine n8n runs on.'],
		[
			/signature|account not found/i,
			'The key in Service Account Key was deleted, or is of another account. Make a new one and paste its file.',
		],
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
		method: '={{ $credentials.kindOfAccess === "identity" ? "GET" : "POST" }}',
		baseUrl:
			'={{ $credentials.kindOfAccess === "identity" ? "https://www.googleapis.com" : "https://oauth2.googleapis.com" }}',
		path: '={{ $credentials.kindOfAccess === "identity" ? "/oauth2/v3/certs" : "/tokeninfo" }}',
	},
	fields: [
		key(
			'serviceAccountKey',
			'Service Account Key (JSON)',
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
		...only('kindOfAccess', 'identity', [
			text('serviceUrl', 'Service URL', 'Address of the service that is called', {
				required: true,
				placeholder: 'https://hello-abc123-ew.a.run.app',
			}),
			text('targetAudience', 'Audience', 'OAuth client ID of IAP. Empty for Cloud Run.', {
				placeholder: '1234-abc.apps.googleusercontent.com',
			}),
		]),
	],
	// An ID token is for that service alone; Google, who made it, gets it in a test.
	hostsFor: ({ kindOfAccess, serviceUrl }) =>
		kindOfAccess === 'identity'
			? `oauth2.googleapis.com, www.googleapis.com, ${hostOf(readServiceUrl(serviceUrl, 'Service URL'))}`
			: '*.googleapis.com',
	toGeneric: ({ serviceAccountKey, kindOfAccess, scopes, subject, serviceUrl, targetAudience }) => {
		const members = ['client_email', 'private_key'] as const;
		const { client_email } = readKeyFile(serviceAccountKey, 'Service Account Key (JSON)', members);
		const isIdentity = kindOfAccess === 'identity';
		const url = isIdentity ? readServiceUrl(serviceUrl, 'Service URL') : '';
		return {
			grant: 'jwtBearer',
			tokenUrl: 'https://oauth2.googleapis.com/token',
			algorithm: 'RS256',
			privateKey: serviceAccountKey,
			payload: {
				iss: client_email,
				...(isIdentity ? { target_audience: targetAudience || url } : { scope: scopes }),
				...(subject !== '' && { sub: subject }),
				aud: 'https://oauth2.googleapis.com/token',
			},
			expiresIn: '5m',
			...(isIdentity && { responseField: 'id_token' }),
		};
	},
});
