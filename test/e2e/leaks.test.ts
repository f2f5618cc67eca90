import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { outputItems, type CredentialRef } from '../../playground/client';
import { ENCODINGS, ESCAPES } from '../support/encodings';
import { issue } from '../core/support/certificateChains';
import { Canaries } from './support/canaries';
import { n8nSession } from './support/n8nSession';
import { startTroubleServer, type TroubleServer } from './support/troubleServer';
import {
	getAccessToken,
	jwtHttpRequest,
	jwtSign,
	stockHttpRequest,
	workflow,
	type Step,
} from './support/workflows';

const { client, readLog, readDatabase } = n8nSession();

const canaries = new Canaries();
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (key: typeof rsa.privateKey, passphrase?: string) =>
	String(
		key.export({
			type: 'pkcs8',
			format: 'pem',
			...(passphrase && { cipher: 'aes-256-cbc', passphrase }),
		}),
	);
const random = () => `canary-${randomBytes(18).toString('hex')}`;

const rsaPem = canaries.plant('RSA key', pem(rsa.privateKey));
const passphrase = canaries.plant('passphrase', random());
const wrongPassphrase = canaries.plant('wrong passphrase', random());
const encryptedPem = canaries.plant('encrypted key', pem(rsa.privateKey, passphrase));
const ecPem = canaries.plant('EC key', pem(ec.privateKey));
const ecJwk = ec.privateKey.export({ format: 'jwk' });
canaries.plant('private part of a JWK', String(ecJwk.d));
const secret = canaries.plant('HMAC secret', random());
const shortSecret = canaries.plant('short HMAC secret', randomBytes(6).toString('hex'));
const apiKey = canaries.plant('static header', random());
const opaqueToken = canaries.plant('opaque token', random());
const clientSecret = canaries.plant('client secret', random());
const accessToken = canaries.plant('access token', random());
const besideToken = canaries.plant('answer field', random());
/** One with characters that every encoding writes in another way. */
const special = () => `canary-${randomBytes(24).toString('hex').replace(/.{5}/g, '$&"/<& \'+\\')}`;
const specialKey = canaries.plant('static header with special characters', special());
const deepSecret = canaries.plant('secret deep in the body', special());

/** A token somebody else issued, planted as a canary. */
function issued(name: string, claims: object): string {
	const input = [{ alg: 'RS256' }, claims]
		.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
		.join('.');
	const signature = sign('sha256', Buffer.from(input), rsa.privateKey).toString('base64url');
	canaries.plant(name, signature);
	return `${input}.${signature}`;
}

const farAway = 4_102_444_800;
const validToken = issued('valid token', { sub: 'x', exp: farAway });
const expiredToken = issued('expired token', { sub: 'x', exp: 1_700_000_000 });
const futureToken = issued('future token', { sub: 'x', nbf: farAway });

type NodeName =
	| 'JWT Sign'
	| 'JWT HTTP Request'
	| 'HTTP Request'
	| 'Get Access Token'
	| 'JWT Verify';

/** One way to fail. */
interface Failure {
	/** Type of the credential; default `jwtSignApi`. */
	type?: 'jwtTokenApi' | 'jwtExchangeApi';
	/** Fields of the credential, over those of one that works; `{trouble}` stands for the server's URL. */
	data?: Record<string, unknown>;
	/** Path on the server that makes trouble, or a whole URL; default `/ok`. */
	to?: string;
	/** Parameters of the requesting node. */
	parameters?: Record<string, unknown>;
	/** Default: all that take the credential. */
	nodes?: NodeName[];
	/** Whether the editor shows the faulty field again, so that it can be corrected. */
	editorShows?: boolean;
	/** What a person reads: proof that it failed for the reason meant. */
	says: string | RegExp;
}

const requests: NodeName[] = ['JWT HTTP Request', 'HTTP Request'];
/** The stock node shows an API's answer as it came, whatever stands in it. */
const ours: NodeName[] = ['JWT HTTP Request'];
/** An exchange with a token endpoint that makes trouble. */
const exchange = (path: string, says: Failure['says'], data: object = {}): Failure => ({
	type: 'jwtExchangeApi',
	data: { tokenUrl: `{trouble}${path}`, ...data },
	says,
});
/** A token endpoint that works and an API that does not. */
const exchanged = (to: string, says: Failure['says'], nodes = requests): Failure => ({
	type: 'jwtExchangeApi',
	to,
	nodes,
	says,
});
/** Each place that a person can put the assertion in, at a token endpoint that makes trouble. */
function placed(what: string, path: string, says: RegExp): Record<string, Failure> {
	const custom = { grant: 'custom' };
	const body = '{"deep":[{"jwt":"{assertion}"}]}';
	return {
		[`a token endpoint that ${what}, in a header`]: exchange(path, says, {
			...custom,
			...advanced({ exchangeHeaders: '{"X-Copy":"JWT {assertion}"}' }),
		}),
		[`a token endpoint that ${what}, deep in the body`]: exchange(path, says, {
			...custom,
			bodyParameters: body,
		}),
		[`a token endpoint that ${what}, deep in a form`]: exchange(path, says, {
			...custom,
			...advanced({ bodyFormat: 'form' }),
			bodyParameters: body,
		}),
		[`a token endpoint that ${what}, in the query`]: exchange(`${path}?jwt={assertion}`, says, {
			...custom,
		}),
	};
}
const verification = (data: object, jwt: string, says: Failure['says']): Failure => ({
	data: { ...data },
	nodes: ['JWT Verify'],
	parameters: { jwt },
	says,
});
const hmac = (data: object) => ({ algorithm: 'HS256', secret, ...data });
const es256 = (data: object) => ({ algorithm: 'ES256', privateKey: ecPem, ...data });
const advanced = (data: object) => ({ useAdvanced: true, ...data });
const clientCertificate = (data: object) =>
	advanced({
		tlsCertificate: issue({ key: rsa.privateKey }).certificate,
		tlsPrivateKey: rsaPem,
		...data,
	});
const binding = (target: string, name: string, value: string) =>
	advanced({ requestBinding: { bindings: [{ target, name, value }] } });
const post = (parameters: object) => ({ method: 'POST', sendBody: true, ...parameters });

const failures: Record<string, Failure> = {
	'a key for another algorithm': { data: { algorithm: 'ES256' }, says: 'KEY_WRONG_TYPE' },
	'an EC key for another curve': { data: es256({ algorithm: 'ES384' }), says: 'KEY_WRONG_CURVE' },
	'a key that was cut off': { data: { privateKey: rsaPem.slice(0, 900) }, says: 'KEY_TRUNCATED' },
	'a key with a line missing': {
		data: { privateKey: rsaPem.split('\n').toSpliced(5, 1).join('\n') },
		says: /KEY_/,
	},
	'a key with stray letters': {
		data: { privateKey: rsaPem.replace(/(.{300})/s, '$1§§§') },
		says: /KEY_/,
	},
	'a key between the wrong lines': {
		data: { privateKey: rsaPem.replace('END PRIVATE', 'END EC PRIVATE') },
		says: 'KEY_ARMOR_MISMATCH',
	},
	'two keys at once': { data: { privateKey: rsaPem + ecPem }, says: /KEY_/ },
	'a key called a certificate': {
		data: { privateKey: rsaPem.replaceAll('PRIVATE KEY', 'CERTIFICATE') },
		says: /KEY_/,
	},
	'a key called an OpenSSH key': {
		data: { privateKey: rsaPem.replaceAll('PRIVATE KEY', 'OPENSSH PRIVATE KEY') },
		says: /KEY_/,
	},
	'a JWK that is no JSON': {
		data: es256({ privateKey: JSON.stringify(ecJwk).slice(0, -1) }),
		says: /KEY_/,
	},
	'a JWK without its curve': {
		data: es256({ privateKey: JSON.stringify({ ...ecJwk, crv: undefined }) }),
		says: /KEY_/,
	},
	'a JWK whose parts do not fit': {
		data: es256({ privateKey: JSON.stringify({ ...ecJwk, x: ecJwk.y }) }),
		says: /KEY_/,
	},
	'a JWK for another algorithm': {
		data: es256({ privateKey: JSON.stringify({ ...ecJwk, alg: 'ES384' }) }),
		says: 'KEY_ALGORITHM_MISMATCH',
	},
	'a JWK Set with two keys': {
		data: es256({ privateKey: JSON.stringify({ keys: [ecJwk, { ...ecJwk, kid: '2' }] }) }),
		says: 'KEY_AMBIGUOUS',
	},
	'no passphrase': { data: { privateKey: encryptedPem }, says: 'KEY_PASSPHRASE' },
	'a wrong passphrase': {
		data: advanced({ privateKey: encryptedPem, keyPassphrase: wrongPassphrase }),
		says: 'KEY_PASSPHRASE',
	},
	'a client certificate of another key': {
		data: clientCertificate({ tlsCertificate: issue().certificate }),
		nodes: requests,
		says: 'CERTIFICATE_MISMATCH',
	},
	'a client certificate whose key is cut off': {
		data: clientCertificate({ tlsPrivateKey: rsaPem.slice(0, 900) }),
		nodes: requests,
		says: 'KEY_TRUNCATED',
	},
	'a client certificate with a wrong passphrase': {
		data: clientCertificate({ tlsPrivateKey: encryptedPem, tlsPassphrase: wrongPassphrase }),
		nodes: requests,
		says: 'KEY_PASSPHRASE',
	},
	'an API that says 500 to a client certificate': {
		data: clientCertificate({ tlsPrivateKey: encryptedPem, tlsPassphrase: passphrase }),
		nodes: requests,
		to: '/status/500',
		says: '500',
	},
	'an API that breaks off the connection of a client certificate': {
		data: clientCertificate({}),
		nodes: requests,
		to: '/reset',
		says: /ECONNRESET|socket hang up|connection/i,
	},
	'a token in place of the key': { data: { privateKey: validToken }, says: 'KEY_IS_TOKEN' },
	'a secret in place of the key': { data: { privateKey: secret }, says: /KEY_/ },
	'a key in place of the secret': { data: hmac({ secret: rsaPem }), says: 'SECRET_IS_KEY' },
	'a short secret': { data: hmac({ secret: shortSecret }), says: 'KEY_TOO_SHORT' },
	'a secret that is no hex': {
		data: hmac(advanced({ keyEncoding: 'hex' })),
		says: 'SECRET_ENCODING',
	},
	'a secret that is no Base64': {
		data: hmac(advanced({ keyEncoding: 'base64', secret: `${secret}!?` })),
		says: 'SECRET_ENCODING',
	},
	'a certificate that is a key': { data: advanced({ x509: ecPem }), says: 'CERTIFICATE_MALFORMED' },
	'a payload that is no JSON': { data: { payload: '{ "sub": ' }, says: 'JSON_MALFORMED' },
	'a lifetime nobody understands': { data: { expiresIn: 'soon' }, says: 'DURATION_INVALID' },
	'claims in the wrong order': {
		data: { payload: '{ "sub": "x", "iat": 2000000000, "exp": 1900000000 }' },
		says: 'CLAIM_INVALID',
	},
	'header parameters that are forbidden': {
		data: advanced({ headerParameters: '{ "crit": ["b64"] }' }),
		says: 'HEADER_PARAMETERS_INVALID',
	},
	'an expired credential': {
		data: advanced({ credentialExpiresAt: '2020-01-01T00:00:00Z' }),
		says: 'CREDENTIAL_EXPIRED',
	},
	'a header name nobody can send': {
		data: advanced({ headerName: 'X Token' }),
		nodes: requests,
		says: 'HEADER_NAME_INVALID',
	},
	'static headers that are no JSON': {
		data: advanced({ additionalHeaders: `{ "X-Api-Key": "${apiKey}" ` }),
		editorShows: true,
		nodes: requests,
		says: 'JSON_MALFORMED',
	},
	'a static header nobody can send': {
		data: advanced({ additionalHeaders: JSON.stringify({ 'X-Api-Key': `${apiKey}\n` }) }),
		nodes: requests,
		says: 'ADDITIONAL_HEADERS_INVALID',
	},
	'a secret as the name of a static header': {
		data: advanced({ additionalHeaders: JSON.stringify({ [`${apiKey} :`]: 'x' }) }),
		editorShows: true,
		nodes: requests,
		says: /HEADER/,
	},
	'a domain that is not on the list': {
		data: { allowedHttpRequestDomains: 'domains', allowedDomains: 'api.example.com' },
		nodes: requests,
		says: /domain/i,
	},
	'a binding nobody knows': {
		data: binding('payload', 'hash', 'bodyMd5'),
		nodes: requests,
		says: 'REQUEST_BINDING_INVALID',
	},
	'a bound body whose bytes are unknown': {
		data: binding('payload', 'hash', 'bodySha256Hex'),
		nodes: ['HTTP Request'],
		parameters: post({
			contentType: 'multipart-form-data',
			bodyParameters: { parameters: [{ name: 'a', value: 'b' }] },
		}),
		says: 'REQUEST_BODY_UNBINDABLE',
	},
	'a URL without a host': { to: 'http://', nodes: requests, says: /URL/i },
	'a refused connection': { to: 'http://127.0.0.1:9/x', nodes: requests, says: /refused/i },
	'a refused connection, token in the URL': {
		data: advanced({ placement: 'query' }),
		to: 'http://127.0.0.1:9/x',
		nodes: requests,
		says: /refused/i,
	},
	'a connection that breaks': {
		to: '/reset',
		nodes: requests,
		says: /abort|reset|hang up|closed/i,
	},
	'an API that does not answer': {
		to: '/silent',
		nodes: requests,
		parameters: { options: { timeout: 300 } },
		says: /timeout|timed out|abort/i,
	},
	'an API that says 401': { to: '/status/401', nodes: requests, says: '401' },
	'an API that says 429, token in the URL': {
		data: advanced({ placement: 'query' }),
		to: '/status/429',
		nodes: requests,
		says: '429',
	},
	'an API that says 500, token in a header of its own': {
		data: advanced({ headerName: 'X-Token', headerPrefix: '' }),
		to: '/status/500',
		nodes: requests,
		says: '500',
	},
	'an API that says 403, static header': {
		data: advanced({ additionalHeaders: JSON.stringify({ 'X-Api-Key': apiKey }) }),
		to: '/status/403',
		nodes: requests,
		says: '403',
	},
	'an API that quotes the request': { to: '/echo', nodes: ours, says: '500' },
	'an API that quotes the request, token in the URL': {
		data: advanced({ placement: 'query' }),
		to: '/echo',
		nodes: ours,
		says: '500',
	},
	'an API that quotes the static header': {
		data: advanced({ additionalHeaders: JSON.stringify({ 'X-Api-Key': apiKey }) }),
		to: '/echo',
		nodes: ours,
		says: '500',
	},
	'an API that answers half a JSON': {
		to: '/garbage',
		nodes: requests,
		parameters: { options: { response: { response: { responseFormat: 'json' } } } },
		says: /JSON/,
	},
	'a redirect to another host': { to: '/redirect/302', nodes: requests, says: '403' },
	'a redirect of a POST to another host': {
		to: '/redirect/308',
		nodes: ours,
		parameters: post({ contentType: 'json', specifyBody: 'json', jsonBody: '{ "a": 1 }' }),
		says: /403|308|redirect/i,
	},
	'a redirect to a host that is not on the list': {
		data: { allowedHttpRequestDomains: 'domains', allowedDomains: '127.0.0.1' },
		to: '/redirect/302',
		nodes: requests,
		says: /domain/i,
	},
	'no token': { type: 'jwtTokenApi', data: { token: ' ' }, says: 'TOKEN_MISSING' },
	'an opaque token': {
		type: 'jwtTokenApi',
		data: { token: opaqueToken },
		says: 'TOKEN_MALFORMED',
	},
	'a token with a broken payload': {
		type: 'jwtTokenApi',
		data: { token: validToken.replace('.', '.x') },
		says: 'TOKEN_MALFORMED',
	},
	'an expired token': { type: 'jwtTokenApi', data: { token: expiredToken }, says: 'TOKEN_EXPIRED' },
	'a token for later': {
		type: 'jwtTokenApi',
		data: { token: futureToken },
		says: 'TOKEN_NOT_YET_VALID',
	},
	'a pasted token the API refuses': { type: 'jwtTokenApi', to: '/status/401', says: '401' },
	'a pasted token the API quotes': { type: 'jwtTokenApi', to: '/echo', nodes: ours, says: '500' },
	'a token endpoint that says 500': exchange('/status/500', /EXCHANGE_SERVER_ERROR/),
	'a token endpoint that says 401': exchange('/status/401', /EXCHANGE_/),
	'a token endpoint that quotes the assertion': exchange('/echo/400', /EXCHANGE_REJECTED/),
	'a token endpoint that quotes the client secret': exchange('/echo/401', /EXCHANGE_REJECTED/, {
		...advanced({ clientSecret }),
		clientId: 'me',
	}),
	'a token endpoint that quotes a secret header': exchange('/echo/400', /EXCHANGE_REJECTED/, {
		...advanced({ exchangeHeaders: JSON.stringify({ 'X-Api-Key': apiKey }) }),
	}),
	...placed('quotes the assertion', '/echo/400', /EXCHANGE_REJECTED/),
	...placed('leads elsewhere', '/redirect/307', /EXCHANGE_REDIRECTED/),
	...placed('leads to a host called like the assertion', '/host/jwt', /EXCHANGE_REDIRECTED/),
	'a token exchange with all there is, quoted': exchange('/echo/400', /EXCHANGE_REJECTED/, {
		...advanced({ clientSecret, clientAssertion: true, requestedType: 'urn:x', resource: 'urn:y' }),
		grant: 'tokenExchange',
		clientId: 'me',
		subjectType: 'other',
		ownSubjectType: 'urn:example:token-type:workload',
		audience: 'https://api.example.com',
		bodyParameters: JSON.stringify({ deep: [{ key: deepSecret }] }),
	}),
	'an assertion as client_secret, quoted': exchange('/echo/401', /EXCHANGE_REJECTED/, {
		...advanced({ bodyParameters: '{"client_secret":"{assertion}"}' }),
		grant: 'clientCredentials',
		clientId: 'me',
	}),
	'an audience that is not found': exchange('/token', /DISCOVERY_FAILED/, {
		...advanced({ assertionAudience: 'issuer', clientSecret }),
		grant: 'clientCredentials',
		clientId: 'me',
	}),
	'an API that says 500 where more than the token is kept': {
		...exchanged('/status/500', '500'),
		data: advanced({ answerFields: 'keys' }),
	},
	'a token endpoint that answers HTML': exchange('/html', /EXCHANGE_/),
	'a token endpoint that answers half a JSON': exchange('/garbage', /EXCHANGE_/),
	'a token endpoint without a token': exchange('/ok', /EXCHANGE_TOKEN_MISSING/),
	'a token endpoint that breaks off': exchange('/reset', /EXCHANGE_UNREACHABLE/),
	'a token endpoint that leads elsewhere': exchange('/redirect/307', /EXCHANGE_REDIRECTED/),
	'a token endpoint over http': {
		type: 'jwtExchangeApi',
		data: { tokenUrl: 'http://token.example.com/' },
		says: /http/,
	},
	'a token endpoint that binds no token to the key of DPoP': {
		...exchange('/token', /EXCHANGE_TOKEN_TYPE/, advanced({ useDpop: true })),
		nodes: requests,
	},
	'a token endpoint that breaks off, with DPoP and a client certificate': {
		...exchange('/reset', /EXCHANGE_UNREACHABLE/, clientCertificate({ useDpop: true })),
		nodes: requests,
	},
	'a token endpoint that is not on the list': exchange('/token', /domain|127\.0\.0\.1/i, {
		allowedHttpRequestDomains: 'domains',
		allowedDomains: 'api.example.com',
	}),
	'an exchange with a broken key': exchange('/token', /KEY_/, {
		privateKey: rsaPem.slice(0, 900),
	}),
	'an API that says 500 to an access token': exchanged('/status/500', '500'),
	'an API that says 401 to an access token': exchanged('/status/401', '401'),
	'an API that quotes the access token': exchanged('/echo', '500', ours),
	'an access token sent astray': exchanged('/redirect/302', '403'),
	'a token to verify with another signature': verification(
		hmac({}),
		'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.AAAA',
		/SIGNATURE_INVALID/,
	),
	'a token to verify with another algorithm': verification(
		{},
		'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.AAAA',
		/ALGORITHM|algorithm/,
	),
	'a token to verify with a broken key': verification(
		{ privateKey: rsaPem.slice(0, 900) },
		'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.AAAA',
		/KEY_/,
	),
	'a pasted token sent astray': { type: 'jwtTokenApi', to: '/redirect/307', says: '403' },
};

/** What a credential of each type holds where the failure says nothing else. */
const WORKING = {
	jwtSignApi: { algorithm: 'RS256', privateKey: rsaPem, payload: '{ "sub": "x" }' },
	jwtTokenApi: { token: validToken },
	jwtExchangeApi: {
		grant: 'jwtBearer',
		tokenUrl: '{trouble}/token',
		algorithm: 'RS256',
		privateKey: rsaPem,
		payload: '{ "iss": "x", "sub": "x" }',
	},
};

/** The nodes that take a credential of each type. */
const NODES: Record<keyof typeof WORKING, NodeName[]> = {
	jwtSignApi: ['JWT Sign', ...requests],
	jwtTokenApi: requests,
	jwtExchangeApi: ['Get Access Token', ...requests],
};

let trouble: TroubleServer;
let stranger: TroubleServer;
/** Everything n8n answered, by what was asked for. */
const seen: Array<[string, string]> = [];

beforeAll(async () => {
	stranger = await startTroubleServer();
	const elsewhere = `http://localhost:${stranger.port}`;
	trouble = await startTroubleServer(elsewhere, accessToken, besideToken);
});

afterAll(async () => {
	await Promise.all([trouble.stop(), stranger.stop()]);
});

function stepOf(name: NodeName, credential: CredentialRef, url: string, parameters = {}): Step {
	if (name === 'JWT Sign') return jwtSign(credential);
	if (name === 'Get Access Token') return getAccessToken(credential);
	if (name === 'JWT Verify') {
		return {
			name,
			type: 'n8n-nodes-jwt-auth.jwtVerify',
			parameters: {
				operation: 'verify',
				keySource: 'credential',
				options: { onInvalid: 'throw', anyAudience: true },
				...parameters,
			},
			credential,
		};
	}
	const make = name === 'HTTP Request' ? stockHttpRequest : jwtHttpRequest;
	return make(credential, url, parameters);
}

describe('every failure says what is wrong', () => {
	it.each(Object.entries(failures))('%s', async (name, failure) => {
		const { type = 'jwtSignApi', to = '/ok', says, parameters } = failure;
		const credential = await client.createCredential({
			name: `Leak ${name} ${randomUUID()}`,
			type,
			data: JSON.parse(
				JSON.stringify({ ...WORKING[type], ...failure.data }).replaceAll('{trouble}', trouble.url),
			),
		});
		const url = to.startsWith('/') ? trouble.url + to : to;
		const runs = (failure.nodes ?? NODES[type]).map(async (node) => {
			const run = await client.runWorkflow(
				workflow([{}], stepOf(node, credential, url, parameters)),
			);
			seen.push([`${node}: ${name}`, run.rawText]);
			expect({ node, status: run.status }).toEqual({ node, status: 'error' });
			expect(JSON.stringify(run.error)).toMatch(says);
		});
		await Promise.all(runs);
		const test = await client.testCredential(credential);
		seen.push([`Test Connection: ${name}`, JSON.stringify(test)]);
		const shown = await client.getCredential(credential.id);
		if (failure.editorShows) return;
		seen.push([`the editor: ${name}`, JSON.stringify(shown)]);
	});
});

/** What each item of one run was told, and what n8n answered altogether. */
async function runItems(place: string, items: object[], step: Step): Promise<string[]> {
	const run = await client.runWorkflow(
		workflow(items as never, { ...step, onError: 'continueRegularOutput' }),
	);
	seen.push([place, run.rawText]);
	const output = outputItems(run.runData, step.name);
	expect(output).toHaveLength(items.length);
	return output.map(({ json }) => String(json.error));
}

const sharp = (data: object = {}) => ({
	...WORKING.jwtSignApi,
	...advanced({ additionalHeaders: JSON.stringify({ 'X-Api-Key': specialKey }), ...data }),
});

async function created(type: keyof typeof WORKING, data: object): Promise<CredentialRef> {
	const text = JSON.stringify(data).replaceAll('{trouble}', trouble.url);
	const fields = JSON.parse(text) as Record<string, unknown>;
	return await client.createCredential({ name: `Leak ${randomUUID()}`, type, data: fields });
}

describe('what a server quotes is taken out', () => {
	it('in every encoding, in errors of the API', async () => {
		const items = Object.keys(ENCODINGS).map((encoding) => ({
			url: `${trouble.url}/quote/500/${encodeURIComponent(encoding)}`,
		}));
		const credential = await created('jwtSignApi', sharp());
		const told = await runItems('quoted', items, jwtHttpRequest(credential, '={{ $json.url }}'));
		for (const text of told) expect(text).toMatch(/500.*You sent:.*removed/s);
	});

	it('cut off by the limit up to which an error is read', async () => {
		const lengths = [6, 7, 15, 40, specialKey.length - 1, specialKey.length];
		const items = lengths.map((length) => ({ url: `${trouble.url}/cut/${length}` }));
		const credential = await created('jwtSignApi', sharp());
		const told = await runItems('cut off', items, jwtHttpRequest(credential, '={{ $json.url }}'));
		for (const text of told) expect(text).toContain('500');
	});

	it('in the status line, the host of a redirect and the name of a charset', async () => {
		const headers = JSON.stringify({ 'X-Api-Key': apiKey });
		const items = ['/phrase/403', '/host', '/charset'].map((to) => ({ url: trouble.url + to }));
		const credential = await created('jwtSignApi', sharp({ additionalHeaders: headers }));
		const told = await runItems('elsewhere', items, jwtHttpRequest(credential, '={{ $json.url }}'));
		expect(told[0]).toMatch(/403 No \[removed\]/);
		expect(told[2]).toMatch(/charset.*removed.*RESPONSE_CHARSET_UNKNOWN/);
	});

	it('in every encoding and at every depth, in errors of the token endpoint', async () => {
		const items = Object.keys(ENCODINGS).map((encoding) => ({
			url: `${trouble.url}/quote/400/${encodeURIComponent(encoding)}`,
		}));
		const secrets = [{ a: { b: [deepSecret] } }, 12_345_678_901];
		const credential = await created('jwtExchangeApi', {
			...WORKING.jwtExchangeApi,
			...advanced({ bodyFormat: 'json', bodyParameters: JSON.stringify({ secrets }) }),
			tokenUrl: '={{ $json.url }}',
		});
		const told = await runItems('quoted by the endpoint', items, getAccessToken(credential));
		for (const text of told)
			expect(text).toMatch(/400 with "You sent:.*removed.*EXCHANGE_REJECTED/s);
		expect(told.join()).not.toContain('12345678901');
	});

	it.each(['/bare', '/form'])('and no token is taken for the name of a field: %s', async (path) => {
		const data = { ...WORKING.jwtExchangeApi, tokenUrl: `{trouble}${path}` };
		const credential = await created('jwtExchangeApi', data);
		const [told] = await runItems(path, [{}], getAccessToken(credential));
		expect(told).toMatch(/EXCHANGE_(TOKEN_MISSING|BAD_RESPONSE)/);
	});

	it.each([
		['/phrase/403', /answered 403/],
		['/quote/500/JSON', /answered 500 with "You sent: .*removed/],
		['/redirect/302', /redirects to http:\/\/localhost:\d+ \(302\), which got nothing/],
		['/redirect/307', /redirects to/],
	])('in Test Connection: %s', async (path, says) => {
		for (const placement of [{}, { headerName: 'X-Token' }, { placement: 'query' }]) {
			const credential = await created('jwtExchangeApi', {
				...WORKING.jwtExchangeApi,
				...advanced({ testUrl: `{trouble}${path}`, ...placement }),
				additionalHeaders: JSON.stringify({ 'X-Api-Key': specialKey }),
			});
			const before = stranger.arrived.length;
			const test = await client.testCredential(credential);
			seen.push([`Test Connection: ${path}`, JSON.stringify(test)]);
			expect(JSON.stringify(test)).toContain('TEST_URL_FAILED');
			expect(Object(test).message).toMatch(says);
			expect(stranger.arrived).toHaveLength(before);
		}
	});
});

describe('no key, secret, passphrase or token leaks', () => {
	it.each(Object.keys(ESCAPES))('the search finds a canary written as %s', (name) => {
		const text = ESCAPES[name]?.(specialKey) ?? '';
		expect(canaries.find('', text)).not.toEqual([]);
		expect(canaries.find('', JSON.stringify(text))).not.toEqual([]);
	});

	it('the search finds a canary, encoded or broken into lines', () => {
		const places = [
			`xx${secret}xx`,
			Buffer.from(secret).toString('base64'),
			encodeURIComponent(`§${secret}§`),
			JSON.stringify({ key: rsaPem }),
			rsaPem.slice(700, 800),
		];
		for (const place of places) expect(canaries.find('', place)).not.toEqual([]);
	});

	it('not in what the editor and the API of n8n were given', () => {
		expect(Object.keys(failures).length).toBeGreaterThanOrEqual(30);
		expect(seen.length).toBeGreaterThan(100);
		for (const token of trouble.tokens) canaries.plant('signed token', token.split('.')[2] ?? '');
		expect(trouble.tokens.size).toBeGreaterThan(10);
		expect(seen.flatMap(([place, text]) => canaries.find(place, text))).toEqual([]);
	});

	it("not in n8n's debug log and not in clear in its database", async () => {
		// n8n writes behind: the last execution has to be there.
		await sleep(1000);
		const log = readLog();
		expect(log.length).toBeGreaterThan(10_000);
		expect(readDatabase().toString('latin1')).toContain('Leak a short secret');
		expect(canaries.find('log', log)).toEqual([]);
		expect(canaries.find('database', readDatabase())).toEqual([]);
		// What n8n has stored of an exchange is the token, which the search would have found in clear.
		expect(trouble.arrived.filter((text) => text.includes(accessToken))).not.toEqual([]);
	});

	it('not to a host a redirect led to', () => {
		expect(stranger.arrived.length).toBeGreaterThan(0);
		expect(stranger.arrived.flatMap((text) => canaries.find('another host', text))).toEqual([]);
	});

	it('and no request carries more than its token and the static headers', () => {
		const allowed = [
			...['signed token', 'valid token', 'static header'],
			// The token endpoint of these failures is the same server.
			...['client secret', 'access token'],
			...['static header with special characters', 'secret deep in the body'],
		];
		const found = trouble.arrived.flatMap((text) => canaries.find('the API', text));
		expect(found.filter((finding) => !allowed.includes(finding.secret))).toEqual([]);
	});
});
