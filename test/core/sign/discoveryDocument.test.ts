import { discoveryDocument, type IssuerAddresses } from '../../../core/sign/discoveryDocument';
import { expectCode } from '../support/expectCode';

const ISSUER = 'https://n8n.example.com/webhook/oidc';
const keys = [
	{ kid: 'a', alg: 'RS256' },
	{ kid: 'b', alg: 'ES256' },
	{ kid: 'c', alg: 'RS256' },
];

const make = (addresses: Partial<IssuerAddresses>, set = { keys: [{}] as typeof keys }) =>
	discoveryDocument({ issuer: '', payloadIssuer: undefined, jwksUrl: '', ...addresses }, set);

it('has what OpenID Connect Discovery 1.0 §3 and RFC 8414 §2 demand of an issuer without a login', () => {
	expect(make({ payloadIssuer: ISSUER }, { keys })).toEqual({
		issuer: ISSUER,
		jwks_uri: `${ISSUER}/.well-known/jwks.json`,
		response_types_supported: ['id_token'],
		subject_types_supported: ['public'],
		id_token_signing_alg_values_supported: ['RS256', 'ES256'],
	});
});

it.each<[string, Partial<IssuerAddresses>, Record<string, string>]>([
	['the issuer of the form', { issuer: ISSUER }, { issuer: ISSUER }],
	['the same in the payload', { issuer: ISSUER, payloadIssuer: ISSUER }, { issuer: ISSUER }],
	['an empty payload', { issuer: ISSUER, payloadIssuer: '' }, { issuer: ISSUER }],
	[
		'a slash at the end as it stands',
		{ issuer: 'https://id.example.com/' },
		{
			issuer: 'https://id.example.com/',
			jwks_uri: 'https://id.example.com/.well-known/jwks.json',
		},
	],
	[
		'a JWKS URL of its own',
		{ issuer: ISSUER, jwksUrl: 'https://a.test/k' },
		{ jwks_uri: 'https://a.test/k' },
	],
	[
		'http on this machine',
		{ issuer: 'http://127.0.0.1:5678/x' },
		{ issuer: 'http://127.0.0.1:5678/x' },
	],
])('takes %s', (_what, addresses, expected) => {
	expect(make(addresses)).toMatchObject(expected);
});

it.each<[string, Partial<IssuerAddresses>, string]>([
	['no issuer at all', {}, 'Issuer is empty'],
	['an expression that gave no text', { payloadIssuer: 5 }, 'Issuer is empty'],
	['another one in the payload', { issuer: ISSUER, payloadIssuer: `${ISSUER}/` }, '"iss"'],
	['a name', { issuer: 'n8n' }, 'Issuer is not a web address'],
	['http', { issuer: 'http://n8n.example.com' }, 'Issuer begins with http://'],
	['a query', { issuer: `${ISSUER}?a=b` }, 'query'],
	['an empty query', { issuer: `${ISSUER}?` }, 'query'],
	['a fragment', { issuer: `${ISSUER}#a` }, 'fragment'],
	['a user', { issuer: 'https://u:p@n8n.example.com' }, 'user name'],
	['a JWKS URL that is none', { issuer: ISSUER, jwksUrl: '/keys' }, 'JWKS URL'],
	['a JWKS URL with http', { issuer: ISSUER, jwksUrl: 'http://a.test/k' }, 'JWKS URL'],
])('refuses %s', (_what, addresses, words) => {
	expect(expectCode('URL_INVALID', () => make(addresses)).message).toContain(words);
});

it.each<[Partial<IssuerAddresses>, string]>([
	[{}, 'Put the public address of the issuer in "iss"'],
	[{ issuer: ISSUER, payloadIssuer: `${ISSUER}/` }, 'Leave Issuer empty, or make both the same'],
	[{ issuer: `${ISSUER}?a=b` }, 'End it before the question mark or the #'],
])('says what to do about %j', (addresses, words) => {
	expect(expectCode('URL_INVALID', () => make(addresses)).hint).toContain(words);
});

it('names no algorithm of a key that has none', () => {
	const set = { keys: [{ kid: 'a' }, { kid: 'b', alg: 'ES256' }] as typeof keys };
	const document = make({ issuer: ISSUER }, set);
	expect(document.id_token_signing_alg_values_supported).toEqual(['ES256']);
});
