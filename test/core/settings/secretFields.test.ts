import { redact } from '../../../core/shared/redact';
import { secretValues } from '../../../core/settings/secretFields';

describe('the secret values of a credential', () => {
	it('are its keys, secrets and passphrases, and the values of its static headers', () => {
		const values = secretValues({
			algorithm: 'HS256',
			secret: 'hmac-secret',
			keyPassphrase: 'pass phrase',
			tlsCertificate: 'client certificate',
			tlsPrivateKey: 'client key',
			tlsPassphrase: 'client phrase',
			payload: '{ "sub": "user-1" }',
			additionalHeaders: '{ "X-Api-Key": "key-of-the-api", "X-Count": 3, "X-Id": 1234567 }',
			exchangeHeaders: { 'X-Client': 'client-key', Accept: 'application/vnd.x+json' },
		});
		expect(values.sort()).toEqual([
			'1234567',
			'client certificate',
			'client key',
			'client phrase',
			'client-key',
			'hmac-secret',
			'key-of-the-api',
			'pass phrase',
		]);
	});

	it.each(['additionalHeaders', 'exchangeHeaders', 'bodyParameters', 'metadata'])(
		'stand at every depth of %s, numbers too',
		(field) => {
			const value = { auth: { id: 'deep-1', list: [['deep-2', { x: 987_654_321 }]] }, pin: 1234 };
			const expected = ['1234', '987654321', 'deep-1', 'deep-2'];
			expect(secretValues({ [field]: value }).sort()).toEqual(expected);
			expect(secretValues({ [field]: JSON.stringify(value) }).sort()).toEqual(expected);
		},
	);

	it('are those of payload and header parameters whose name says so', () => {
		const payload = { sub: 'user-1', aud: 'https://x', deep: [{ client_secret: 'abc' }] };
		expect(secretValues({ payload, headerParameters: { kid: 'key-1', apiKey: 'k' } })).toEqual([
			'k',
			'abc',
		]);
	});

	it('are not what everybody may know, and helps in an error', () => {
		const bodyParameters = {
			audience: 'https://api.example.com',
			scope: 'read',
			client_id: 'me-1',
		};
		expect(secretValues({ bodyParameters })).toEqual([]);
	});

	it('are the words of a header, and the user and password of a Basic one', () => {
		const pair = Buffer.from('someone:pass:word').toString('base64');
		const headers = { A: 'Token abcdef-1', B: `Basic ${pair}` };
		expect(secretValues({ additionalHeaders: headers })).toEqual(
			expect.arrayContaining(['abcdef-1', pair, 'someone:pass:word', 'pass:word']),
		);
	});

	it('are the private parts of the key that n8n stores beside a token, and nothing else of it', () => {
		const proofKey = { kty: 'EC', crv: 'P-256', x: 'public-x', y: 'public-y', d: 'private-d' };
		const tokenState = JSON.stringify({ fingerprint: 'f'.repeat(64), proofKey });
		expect(secretValues({ tokenState })).toEqual(['private-d']);
		for (const odd of ['', 'x', '[]', 7, { proofKey }]) {
			expect(secretValues({ tokenState: odd })).toEqual([]);
		}
	});

	it('are the private parts of a key in JSON, and not the public ones', () => {
		const key = { kty: 'EC', crv: 'P-256', kid: 'k-1', d: 'private-part', client_email: 'a@b.c' };
		expect(secretValues({ privateKey: JSON.stringify(key) })).toEqual(['private-part']);
		const file = { type: 'service_account', token_uri: 'https://x', private_key: 'PEM' };
		expect(secretValues({ privateKey: JSON.stringify(file) })).toContain('PEM');
	});

	it('do not end anywhere deep down', () => {
		let deep: unknown = 'at-the-bottom';
		for (let level = 0; level < 20_000; level++) deep = [{ level: deep }];
		expect(secretValues({ bodyParameters: { deep } })).toEqual(['at-the-bottom']);
	});

	it('are the whole text where static headers are no JSON', () => {
		expect(secretValues({ additionalHeaders: '{ "X-Api-Key": "abc' })).toEqual([
			'{ "X-Api-Key": "abc',
		]);
	});

	it('leave nothing of a secret behind that contains another one', () => {
		const values = secretValues({ secret: 'abcdef', additionalHeaders: '{ "X": "abcdef-more" }' });
		expect(redact('You sent abcdef-more and abcdef.', values)).toBe(
			'You sent [removed] and [removed].',
		);
	});
});
