import {
	isSameForEveryItem,
	readSigningSettings,
	withItemClaims,
} from '../../../core/settings/readCredential';
import { expectCode } from '../support/expectCode';

const ADVANCED = {
	x509: 'certificate',
	x509Header: 'x5c',
	keyEncoding: 'hex',
	allowShortKey: true,
	keyPassphrase: 'pass',
	backdateIat: 30,
	addNbf: true,
	nbfOffset: -5,
	addJti: true,
	timesInMilliseconds: true,
	headerParameters: '{ "typ": "x" }',
	requestBinding: { bindings: [{ target: 'header', name: 'n', value: 'path' }] },
	reuseUntilExpiry: true,
	metadata: '{ "m": 1 }',
};

describe('the settings of a credential that signs', () => {
	it('have the defaults of the form', () => {
		expect(readSigningSettings({})).toEqual({
			placement: expect.objectContaining({ target: 'header' }),
			domains: { mode: 'all', allowedDomains: '' },
			credentialExpiresAt: undefined,
			additionalHeaders: '{}',
			key: {
				algorithm: 'RS256',
				key: '',
				secretEncoding: 'utf8',
				allowShortSecret: false,
				passphrase: '',
			},
			claims: {
				payload: '{}',
				autoTimeClaims: true,
				expiresIn: '1h',
				backdateIat: 0,
				computed: [],
				addNbf: false,
				nbfOffset: 0,
				addJti: false,
				timesInMilliseconds: false,
			},
			keyId: '',
			keyIdFromKey: false,
			headerParameters: '{}',
			certificate: undefined,
			bindings: [],
			reuseToken: false,
			metadata: '{}',
		});
	});

	it('have the defaults of another form that signs', () => {
		const { claims } = readSigningSettings({}, { expiresIn: '5m', addJti: true });
		expect(claims).toMatchObject({ expiresIn: '5m', addJti: true });
	});

	it('are what the fields say', () => {
		const settings = readSigningSettings({
			useAdvanced: true,
			...ADVANCED,
			algorithm: 'ES256',
			privateKey: 'key',
			payload: { sub: 'x' },
			autoTimeClaims: false,
			expiresIn: 90,
			keyId: ' key-1 ',
			keyIdFromKey: true,
		});
		expect(settings).toMatchObject({
			key: {
				algorithm: 'ES256',
				key: 'key',
				secretEncoding: 'hex',
				allowShortSecret: true,
				passphrase: 'pass',
			},
			claims: {
				payload: { sub: 'x' },
				autoTimeClaims: false,
				expiresIn: '90',
				backdateIat: 30,
				addNbf: true,
				nbfOffset: -5,
				addJti: true,
				timesInMilliseconds: true,
			},
			keyId: 'key-1',
			keyIdFromKey: true,
			headerParameters: '{ "typ": "x" }',
			certificate: { pem: 'certificate', kind: 'x5c' },
			bindings: [{ target: 'header', name: 'n', value: 'path' }],
			reuseToken: true,
			metadata: '{ "m": 1 }',
		});
	});

	it('do not count advanced fields of which no group is chosen', () => {
		for (const useAdvanced of [false, [], undefined]) {
			const hidden = { ...ADVANCED, placement: 'query', additionalHeaders: '{ "x": "y" }' };
			const data = useAdvanced === undefined ? hidden : { ...hidden, useAdvanced };
			expect(readSigningSettings(data)).toEqual(readSigningSettings({}));
		}
	});

	it('read the secret for HMAC, and the private key for the rest', () => {
		const keys = { secret: 'the secret', privateKey: 'the key' };
		const keyOf = (algorithm: string) => readSigningSettings({ ...keys, algorithm }).key.key;
		for (const algorithm of ['HS256', 'HS384', 'HS512'])
			expect(keyOf(algorithm)).toBe('the secret');
		for (const algorithm of ['RS256', 'PS256', 'ES256', 'EdDSA']) {
			expect(keyOf(algorithm)).toBe('the key');
		}
	});

	it('have no certificate where none is filled in, and its thumbprints by default', () => {
		const of = (x509: string) => readSigningSettings({ useAdvanced: true, x509 }).certificate;
		expect(of('')).toBeUndefined();
		expect(of(' \n')).toBeUndefined();
		expect(of(' c ')).toEqual({ pem: ' c ', kind: 'x5t' });
		const chosen = { useAdvanced: true, x509: 'c', x509Header: 'x5t' };
		expect(readSigningSettings(chosen).certificate).toEqual({ pem: 'c', kind: 'x5t' });
	});

	it('ask for the key of the Key ID in a JWK Set, and for none of a key alone', () => {
		const keyOf = (privateKey: string) => readSigningSettings({ privateKey, keyId: ' k-1 ' }).key;
		const jwk = { kty: 'EC', kid: 'k-1' };
		expect(keyOf(JSON.stringify({ keys: [jwk] })).wantedId).toBe('k-1');
		expect(keyOf(JSON.stringify(jwk))).not.toHaveProperty('wantedId');
	});

	it.each(['utf8', 'base64', 'base64url', 'hex'])('know the secret encoding %s', (keyEncoding) => {
		const { key } = readSigningSettings({ useAdvanced: true, keyEncoding });
		expect(key.secretEncoding).toBe(keyEncoding);
	});

	it.each([
		['Algorithm', { algorithm: null }],
		['Secret', { algorithm: 'HS256', secret: null }],
		['Private Key', { privateKey: null }],
		['Payload', { payload: null }],
		["Auto Generate 'iat' and 'exp' Claims", { autoTimeClaims: 'true' }],
		['Expires In', { expiresIn: null }],
		['Key ID', { keyId: null }],
		['Certificate', { useAdvanced: true, x509: null }],
		['Certificate Header', { useAdvanced: true, x509Header: 'x5u' }],
		['Secret Encoding', { useAdvanced: true, keyEncoding: 'utf-8' }],
		['Allow Short Secret', { useAdvanced: true, allowShortKey: 1 }],
		['Key Passphrase', { useAdvanced: true, keyPassphrase: null }],
		["Backdate 'iat' By (Seconds)", { useAdvanced: true, backdateIat: -1 }],
		["Add 'nbf' Claim", { useAdvanced: true, addNbf: 'x' }],
		["'nbf' Offset (Seconds)", { useAdvanced: true, nbfOffset: 'x' }],
		["Add 'jti' Claim", { useAdvanced: true, addJti: 'x' }],
		['Time Claims in Milliseconds', { useAdvanced: true, timesInMilliseconds: 'x' }],
		['Key ID From Key', { keyIdFromKey: 'x' }],
		['Header Parameters', { useAdvanced: true, headerParameters: null }],
		['Reuse Token', { useAdvanced: true, reuseUntilExpiry: 'x' }],
		['Metadata', { useAdvanced: true, metadata: null }],
	])('are refused by the label of the field: %s', (label, data) => {
		const { message } = expectCode('FIELD_INVALID', () => readSigningSettings(data));
		expect(message.startsWith(`${label} is `)).toBe(true);
	});

	it.each([
		['ALGORITHM_UNSUPPORTED', { algorithm: 'none' }],
		['EXPRESSION_UNRESOLVED', { payloadStored: '{ "sub": "{{ $json.user }}" }' }],
		['REQUEST_BINDING_INVALID', { useAdvanced: true, requestBinding: 'x' }],
	] as const)('are refused: %s', (code, data) => {
		expectCode(code, () => readSigningSettings(data));
	});
});

describe('the claims of an item', () => {
	const data = Object.freeze({
		payload: '{ "sub": "a", "role": "x" }',
		expiresIn: '1h',
		keyId: 'k',
	});

	it('are worked into a copy of the fields, over those of the payload', () => {
		const merged = withItemClaims(data, { sub: 'b', list: [1] }, '90s');
		expect(merged).toEqual({ payload: expect.any(String), expiresIn: '90s', keyId: 'k' });
		expect(JSON.parse(String(merged.payload))).toEqual({ sub: 'b', role: 'x', list: [1] });
		expect(data.expiresIn).toBe('1h');
	});

	it('leave payload and life to the credential where there are none', () => {
		expect(withItemClaims(data, {}, undefined)).toEqual(data);
		expect(withItemClaims(data, {}, undefined)).not.toBe(data);
		expect(withItemClaims(data, {}, '').expiresIn).toBe('');
		expect(withItemClaims({}, {}, undefined)).toEqual({});
	});

	it('stand alone where the credential has no payload', () => {
		expect(withItemClaims({}, { sub: 'b' }, undefined)).toEqual({ payload: '{"sub":"b"}' });
	});

	it.each([
		['PAYLOAD_NOT_OBJECT', { payload: '[]' }, { a: 1 }],
		['JSON_MALFORMED', {}, { a: Number.NaN }],
		['JSON_MEMBER_FORBIDDEN', {}, JSON.parse('{ "__proto__": 1 }') as Record<string, unknown>],
		['FIELD_INVALID', { payload: undefined }, { a: 1 }],
	] as const)('are refused: %s', (code, given, claims) => {
		expectCode(code, () => withItemClaims(given, claims, undefined));
	});

	it('are refused by the name of the field that they go into', () => {
		const { message } = expectCode('FIELD_INVALID', () =>
			withItemClaims({ payload: undefined }, { a: 1 }, undefined),
		);
		expect(message).toMatch(/^Payload is an expression that found nothing/);
	});
});

describe('a credential that is the same for every item', () => {
	it.each<[Record<string, unknown>, boolean]>([
		[{ sameForEveryItem: true, secret: 'x', useAdvanced: true, list: [], object: {} }, true],
		[{ sameForEveryItem: true, none: null, nothing: undefined }, true],
		[{ sameForEveryItem: true, useAdvanced: ['clock', 'key'] }, true],
		[{ sameForEveryItem: true, useAdvanced: ['x'] }, false],
		[{ sameForEveryItem: true, object: { a: 1 } }, false],
		[{ sameForEveryItem: true, list: [''] }, false],
		[{ sameForEveryItem: 'true' }, false],
		[{ sameForEveryItem: false }, false],
		[{}, false],
	])('%j: %s', (data, expected) => {
		expect(isSameForEveryItem(data)).toBe(expected);
	});
});
