import { JwtAuthError } from '../errors';
import { hostOf } from '../shared/url';
import { CLOCK } from './advice';
import { audienceIn } from './clientKey';
import { addressIn, choice, defineService, key, needed, perItem } from './fields';
import { keyPairFields } from './keyPair';
import { readServiceUrl } from './serviceValues';

const LOGIN: Readonly<Record<string, string>> = {
	production: 'https://login.salesforce.com',
	sandbox: 'https://test.salesforce.com',
};

const EXAMPLE = 'https://acme.my.salesforce.com';

/** The org's own host; its pages have another one. */
function orgUrl(myDomain: string): string {
	const url = readServiceUrl(myDomain, 'My Domain URL');
	const [name = '', ...rest] = hostOf(url).split('.lightning.force.com');
	if (rest.length === 0) return url;
	throw new JwtAuthError('URL_INVALID', 'My Domain URL is the address of pages for people.', {
		hint: `Enter https://${name}.my.salesforce.com in My Domain URL.`,
	});
}

/** Salesforce's APIs as a user who has approved the app. */
export const salesforceBearer = defineService({
	name: 'Salesforce JWT Bearer',
	recipe: 'salesforce',
	exchanges: true,
	api: { example: EXAMPLE },
	advice:
		'Check Consumer Key, User Name and Environment, and that the certificate of the app goes with Private Key.',
	refusals: [
		[
			/approved/i,
			'In Salesforce, set the app to "Admin approved users are pre-authorized" and give the user of User Name one of its profiles or permission sets.',
		],
		audienceIn('Environment: Production or Sandbox'),
		[/client/i, 'Check Consumer Key. A new app takes ten minutes until it works.'],
		CLOCK,
		[/user|subject/i, 'Check User Name: of a sandbox, it ends with the name of the sandbox.'],
		[/assertion|signature/i, 'Check Private Key: the certificate in the app has to be of it.'],
	],
	forbidden: 'Give the app the scope "Manage user data via APIs (api)", and the user the right.',
	test: { baseUrl: addressIn('myDomain'), path: '/services/oauth2/userinfo' },
	fields: [
		needed('myDomain', 'My Domain URL', 'Setup > My Domain, up to the end of the host', EXAMPLE),
		needed('consumerKey', 'Consumer Key', 'Of the connected app or external client app'),
		perItem(needed('username', 'User Name', 'Whose rights the requests have', 'me@acme.com')),
		...keyPairFields([
			key('privateKey', 'Private Key', 'The one whose certificate was uploaded to the app'),
		]),
		choice('environment', 'Environment', 'Of the org', {
			production: 'Production',
			sandbox: 'Sandbox',
		}),
	],
	keyPair: { algorithm: 'RS256' },
	hostsFor: ({ myDomain }) => hostOf(orgUrl(myDomain)),
	toGeneric: ({ myDomain, consumerKey, username, privateKey, environment }) => ({
		grant: 'jwtBearer',
		tokenUrl: `${orgUrl(myDomain)}/services/oauth2/token`,
		algorithm: 'RS256',
		privateKey,
		payload: { iss: consumerKey, sub: username, aud: LOGIN[environment] },
		expiresIn: '3m',
		fallbackLifetime: '30m',
		baseUrlField: 'instance_url',
	}),
});
