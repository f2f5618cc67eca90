import { hostOf } from '../shared/url';
import { CLOCK } from './advice';
import { clientKeyFields } from './clientKey';
import { addressIn, defineService, needed, text } from './fields';
import { algorithmFor, readServiceUrl } from './serviceValues';

const hostIn = (text: string, label: string): string => hostOf(readServiceUrl(text, label));

/** An API behind Auth0, or Auth0's own, as a machine-to-machine application with a key. */
export const auth0 = defineService({
	name: 'Auth0 Application (Private Key JWT)',
	icon: 'auth0',
	recipe: 'auth0',
	exchanges: true,
	api: { example: 'https://acme.eu.auth0.com/api/v2/' },
	advice:
		'Check Domain and Client ID, and that the public half of Private Key is among the credentials of the application.',
	refusals: [
		[
			/not authorized to access|Service not (found|enabled)|not allowed for the client/i,
			'Check API Identifier, and authorize the application for this API in Auth0.',
		],
		CLOCK,
		[/audience|\baud\b/i, 'Check Domain: it is that of the tenant, or its custom domain.'],
	],
	elsewhere: 'If that is the API, enter its host in API Host.',
	forbidden: 'Give the application the permission of the API that this needs.',
	// Of another API only that API knows what it takes: the exchange alone is tested.
	test: { baseUrl: addressIn('domain'), path: '/.well-known/openid-configuration' },
	fields: [
		needed('domain', 'Domain', 'Of the tenant, or its custom domain', 'acme.eu.auth0.com'),
		...clientKeyFields({
			clientId: 'Settings of the application',
			privateKey: 'The one whose public half was uploaded under Credentials of the application',
			keyId: 'Only where the application has several keys',
		}),
		needed(
			'apiIdentifier',
			'API Identifier',
			'Applications > APIs; also called audience',
			'https://acme.eu.auth0.com/api/v2/',
		),
		text('apiHost', 'API Host', 'Where the API is your own', { placeholder: 'api.example.com' }),
	],
	keyPair: { algorithm: 'RS256' },
	hostsFor: ({ domain, apiHost }) =>
		[hostIn(domain, 'Domain'), ...(apiHost === '' ? [] : [hostIn(apiHost, 'API Host')])].join(', '),
	toGeneric: ({ domain, clientId, privateKey, keyId, apiIdentifier }) => ({
		grant: 'clientCredentials',
		tokenUrl: `https://${hostIn(domain, 'Domain')}/oauth/token`,
		clientId,
		algorithm: algorithmFor(privateKey, ['RS256', 'ES256']),
		privateKey,
		keyId,
		payload: { aud: `https://${hostIn(domain, 'Domain')}/` },
		expiresIn: '1m',
		bodyParameters: { audience: apiIdentifier },
	}),
});
