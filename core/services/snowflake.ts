import { defineService, key, secret, text } from './fields';
import { keyPairFields } from './keyPair';
import { hostOf } from '../shared/url';
import { readServiceUrl } from './serviceValues';

const OWN_HOST =
	'$credentials.host.trim() ? $credentials.host.trim().replace(/^https:\\/\\//i, "") : $credentials.account.trim().toLowerCase().replaceAll("_", "-") + ".snowflakecomputing.com"';

const hostFor = (account: string, host: string): string =>
	host || `${account.toLowerCase().replaceAll('_', '-')}.snowflakecomputing.com`;

/** SQL API and the other REST APIs of Snowflake, with a key pair. */
export const snowflake = defineService({
	name: 'Snowflake SQL API',
	icon: 'snowflake',
	recipe: 'snowflake',
	exchanges: false,
	api: { example: 'https://myorg-myaccount.snowflakecomputing.com' },
	advice:
		'Check Account Identifier and User Name, and that the public half of Private Key is the RSA_PUBLIC_KEY of this user.',
	forbidden: 'Give the role of the user the rights it needs, and check network policies.',
	test: {
		method: 'POST',
		baseUrl: `={{ "https://" + (${OWN_HOST}) }}`,
		path: '/api/v2/statements',
		body: { statement: 'select current_user()', timeout: 10 },
	},
	fields: [
		text('account', 'Account Identifier', 'Organization and account, with a hyphen between', {
			required: true,
			placeholder: 'MYORG-MYACCOUNT',
		}),
		text('user', 'User Name', 'The one whose RSA_PUBLIC_KEY was set', {
			required: true,
			placeholder: 'ETL_USER',
		}),
		...keyPairFields([
			key('privateKey', 'Private Key', 'The file rsa_key.p8 that the public key was made from'),
			secret('passphrase', 'Key Passphrase', 'Only where the key is encrypted', {}),
		]),
		text('host', 'Host', 'Only for PrivateLink, or another address of the account', {
			placeholder: 'myorg-myaccount.privatelink.snowflakecomputing.com',
		}),
	],
	keyPair: { algorithm: 'RS256' },
	hostsFor: ({ account, host }) => hostOf(readServiceUrl(hostFor(account, host), 'Host')),
	toGeneric: ({ account, user, privateKey, passphrase }) => {
		// Of an account locator, the region that follows it is no part of the name.
		const name = `${account.split('.')[0] ?? ''}.${user}`.toUpperCase();
		return {
			algorithm: 'RS256',
			privateKey,
			keyPassphrase: passphrase,
			payload: { iss: `${name}.{publicKeyFingerprint}`, sub: name },
			expiresIn: '59m',
			additionalHeaders: { 'X-Snowflake-Authorization-Token-Type': 'KEYPAIR_JWT' },
		};
	},
});
