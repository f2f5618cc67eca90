import { generateKeyPairSync } from 'node:crypto';
import { readExchangeInTurn, readExchangeSettings } from '../../../core/settings/readExchange';
import { readSigningSettings } from '../../../core/settings/readCredential';
import { expectCode } from '../support/expectCode';

const OF_THE_GRANT = { clientId: ' me ', scope: ' a b ' };
const ADVANCED = {
	clientSecret: ' secret ',
	resource: ' https://api ',
	clientAssertion: true,
	bodyParameters: '{ "a": 1 }',
	bodyFormat: 'json',
	exchangeHeaders: '{ "x": "y" }',
	responseField: ' data.token ',
	expiryField: ' ttl ',
	baseUrlField: ' instance_url ',
	answerFields: ' account, scope ',
	fallbackLifetime: ' 2h ',
	renewBeforeExpiry: 5,
	testUrl: ' https://api/me ',
};
const read = readExchangeSettings;

describe('the settings of an exchange', () => {
	it('have the defaults of the form', () => {
		const { signing, ...settings } = read({});
		expect(settings).toEqual({
			grant: 'jwtBearer',
			tokenUrl: '',
			allowsPlainHttp: false,
			method: 'POST',
			clientId: '',
			clientSecret: '',
			clientAssertion: false,
			scope: '',
			resource: '',
			bodyParameters: '{}',
			bodyFormat: 'form',
			exchangeHeaders: '{}',
			tokenField: 'access_token',
			expiryField: 'expires_in',
			expiryUnit: 'automatic',
			assertionAudience: 'tokenUrl',
			issuer: '',
			baseUrlField: '',
			answerFields: '',
			fallbackLifetime: '1h',
			renewBeforeExpiry: 60,
			testUrl: '',
			stored: { accessToken: '', tokenState: '' },
		});
		const alone = readSigningSettings({}, { expiresIn: '5m', addJti: true });
		expect(signing).toEqual(alone);
	});

	it('are what the fields say, without blanks around them', () => {
		const data = {
			useAdvanced: true,
			...OF_THE_GRANT,
			...ADVANCED,
			tokenUrl: ' https://auth/token\n',
			exchangeMethod: 'PUT',
			accessToken: 'at-1',
			tokenState: '{}',
		};
		expect(read(data)).toMatchObject({
			grant: 'jwtBearer',
			tokenUrl: 'https://auth/token',
			method: 'PUT',
			clientId: 'me',
			// A secret may begin with a blank.
			clientSecret: ' secret ',
			clientAssertion: true,
			scope: 'a b',
			resource: 'https://api',
			bodyParameters: '{ "a": 1 }',
			bodyFormat: 'json',
			exchangeHeaders: '{ "x": "y" }',
			tokenField: 'data.token',
			expiryField: 'ttl',
			baseUrlField: 'instance_url',
			answerFields: 'account, scope',
			fallbackLifetime: '2h',
			renewBeforeExpiry: 5,
			testUrl: 'https://api/me',
			stored: { accessToken: 'at-1', tokenState: '{}' },
		});
	});

	it('do not count advanced fields while the switch is off', () => {
		expect(read({ ...ADVANCED, ...OF_THE_GRANT })).toEqual(read(OF_THE_GRANT));
	});

	it('have the defaults where a field is blank', () => {
		const blank = { baseUrlField: ' ', fallbackLifetime: ' ' };
		expect(read({ useAdvanced: true, ...blank })).toEqual(read({ useAdvanced: true }));
	});

	it('are the whole answer and no expiry where their fields were emptied', () => {
		const emptied = { responseField: ' ', expiryField: '' };
		const none = { tokenField: '', expiryField: '' };
		expect(read({ useAdvanced: true, ...emptied })).toMatchObject(none);
		expect(read({ grant: 'tokenExchange', ...emptied })).toMatchObject(none);
	});
});

describe('a custom exchange', () => {
	it('has its parameters and fields before the switch, and nothing of the other grants', () => {
		expect(read({ grant: 'custom', ...OF_THE_GRANT, ...ADVANCED })).toMatchObject({
			clientId: '',
			clientSecret: '',
			scope: '',
			resource: '',
			clientAssertion: false,
			bodyParameters: '{ "a": 1 }',
			tokenField: 'data.token',
			expiryField: 'ttl',
			baseUrlField: '',
			exchangeHeaders: '{}',
			bodyFormat: 'json',
		});
	});

	it('has them with the switch on, too, and still nothing of the other grants', () => {
		const data = { grant: 'custom', useAdvanced: true, ...OF_THE_GRANT, ...ADVANCED };
		expect(read(data)).toMatchObject({
			clientId: '',
			clientSecret: '',
			scope: '',
			resource: '',
			clientAssertion: false,
			tokenField: 'data.token',
			baseUrlField: 'instance_url',
		});
	});
});

it.each([
	['jwtBearer', undefined, 'form'],
	['clientCredentials', undefined, 'form'],
	['custom', undefined, 'json'],
	['jwtBearer', 'automatic', 'form'],
	['custom', 'automatic', 'json'],
	['jwtBearer', 'json', 'json'],
	['custom', 'form', 'form'],
])('the grant %s with Body Format %s is sent as %s', (grant, chosen, bodyFormat) => {
	const data = chosen === undefined ? {} : { bodyFormat: chosen };
	expect(read({ grant, useAdvanced: true, ...data }).bodyFormat).toBe(bodyFormat);
});

it.each([
	['jwtBearer', true],
	['tokenExchange', true],
	['clientCredentials', false],
	['custom', false],
])('a client assertion beside the grant %s: %s', (grant, sent) => {
	const data = { grant, useAdvanced: true, clientAssertion: true };
	expect(read(data).clientAssertion).toBe(sent);
});

it('a token exchange alone has the types of tokens', () => {
	const data = {
		useAdvanced: true,
		subjectType: 'idToken',
		requestedType: 'urn:example:wanted',
		audience: 'https://api.example',
	};
	expect(read({ grant: 'tokenExchange', ...data }).tokenExchange).toEqual({
		subjectTokenType: 'urn:ietf:params:oauth:token-type:id_token',
		requestedTokenType: 'urn:example:wanted',
		audience: 'https://api.example',
	});
	for (const grant of ['jwtBearer', 'clientCredentials', 'custom']) {
		expect(read({ grant, ...data })).not.toHaveProperty('tokenExchange');
	}
});

describe('proofs by DPoP', () => {
	it('are made where that is switched on, with ES256 unless another algorithm was chosen', () => {
		const proofAlgorithm = (data: object) => read({ useAdvanced: true, ...data }).proofAlgorithm;
		expect(proofAlgorithm({ useDpop: true })).toBe('ES256');
		expect(proofAlgorithm({ useDpop: true, dpopAlgorithm: 'EdDSA' })).toBe('EdDSA');
		expect(proofAlgorithm({ useDpop: false, dpopAlgorithm: 'EdDSA' })).toBeUndefined();
		expect(proofAlgorithm({ dpopAlgorithm: 'EdDSA' })).toBeUndefined();
	});
});

it('plain HTTP is allowed and the unit of an expiry is fixed only behind the switch', () => {
	const data = { allowPlainHttp: true, expiryUnit: 'milliseconds' };
	const chosen = { allowsPlainHttp: true, expiryUnit: 'milliseconds' };
	const byDefault = { allowsPlainHttp: false, expiryUnit: 'automatic' };
	expect(read({ useAdvanced: true, ...data })).toMatchObject(chosen);
	expect(read(data)).toMatchObject(byDefault);
	expect(read({ useAdvanced: true, expiryUnit: 'automatic' })).toMatchObject(byDefault);
});

it('of several keys that n8n made the assertion has the one whose turn it is', () => {
	const key = () => {
		const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		return privateKey.export({ format: 'der', type: 'pkcs8' });
	};
	const [first, second] = [key(), key()];
	const data = {
		algorithm: 'ES256',
		keySource: 'generate',
		newestKey: '2',
		newestKeyFrom: '2026-12-02T00:00:00',
		generatedPrivateKey: `n8n-key-1.0.${first.toString('base64url')}`,
		generatedPrivateKey2: `n8n-key-1.1.${second.toString('base64url')}`,
	};
	const keyAt = (now: string, timeZone?: string) =>
		readExchangeInTurn(data, new Date(now), timeZone).signing.key.key;
	expect(keyAt('2026-12-01T23:30Z')).toBe(first.toString('base64'));
	expect(keyAt('2026-12-01T23:30Z', 'Europe/Berlin')).toBe(second.toString('base64'));
	expect(keyAt('2026-12-02T00:00Z')).toBe(second.toString('base64'));
});

it('an assertion is bound to no request and never used twice, whatever is left in the fields', () => {
	const { signing } = read({
		useAdvanced: true,
		reuseUntilExpiry: true,
		requestBinding: { bindings: [{ name: 'x' }] },
	});
	expect(signing).toMatchObject({ bindings: [], reuseToken: false });
});

it('what n8n stored counts as text only', () => {
	for (const value of [undefined, null, 7, {}]) {
		expect(read({ accessToken: value, tokenState: value }).stored).toEqual({
			accessToken: '',
			tokenState: '',
		});
	}
});

it.each(['GET', 'PATCH', 'POST', 'PUT'])('the HTTP method may be %s', (exchangeMethod) => {
	expect(read({ exchangeMethod }).method).toBe(exchangeMethod);
});

describe('a field that is not what it has to be', () => {
	it.each([
		['How the Service Takes the JWT', { grant: 'password' }],
		['Token URL', { tokenUrl: null }],
		['HTTP Method', { exchangeMethod: 'DELETE' }],
		['Client ID', { clientId: null }],
		['Scope', { scope: null }],
		['Client Secret', { useAdvanced: true, clientSecret: null }],
		['Resource', { useAdvanced: true, resource: null }],
		['Add Client Assertion', { useAdvanced: true, clientAssertion: 'x' }],
		['Additional Body Parameters', { useAdvanced: true, bodyParameters: null }],
		['Body Format', { useAdvanced: true, bodyFormat: 'xml' }],
		['Exchange Headers', { useAdvanced: true, exchangeHeaders: null }],
		['Token Field', { useAdvanced: true, responseField: null }],
		['Expiry Field', { useAdvanced: true, expiryField: null }],
		['Base URL Field', { useAdvanced: true, baseUrlField: null }],
		['Fallback Lifetime', { useAdvanced: true, fallbackLifetime: null }],
		['Expiry Unit', { useAdvanced: true, expiryUnit: 'seconds' }],
		['Answer Fields', { useAdvanced: true, answerFields: null }],
		['Allow Plain HTTP in Own Network', { useAdvanced: true, allowPlainHttp: 'true' }],
		['Use DPoP', { useAdvanced: true, useDpop: 'true' }],
		['DPoP Algorithm', { useAdvanced: true, useDpop: true, dpopAlgorithm: 'HS256' }],
		['Renew Before Expiry (Seconds)', { useAdvanced: true, renewBeforeExpiry: -1 }],
		['Test URL', { useAdvanced: true, testUrl: null }],
	])('is refused by its label: %s', (label, data) => {
		const { message } = expectCode('FIELD_INVALID', () => read(data));
		expect(message.startsWith(`${label} is `)).toBe(true);
	});
});
