import { generateKeyPairSync } from 'node:crypto';
import {
	checkSigningCredential,
	checkTokenCredential,
} from '../../../core/authenticate/testConnection';
import { expectCode } from '../support/expectCode';
import { issue } from '../support/certificateChains';
import { FAMILIES, pem } from '../support/keyFixtures';
import { part } from '../support/tokens';

const NOW = new Date('2026-03-01T12:00:00Z');
const SECONDS = NOW.getTime() / 1000;
const tokenWith = (claims: object) => `${part({ alg: 'HS256' })}.${part(claims)}.c2ln`;

describe('a pasted token', () => {
	const check = (data: Record<string, unknown>, timeZone?: string) =>
		checkTokenCredential({ token: tokenWith({ sub: 'x' }), ...data }, NOW, timeZone);

	it('is fine when it could be sent now', () => {
		expect(() => check({})).not.toThrow();
		expect(() => check({ token: tokenWith({ exp: SECONDS + 1, nbf: SECONDS }) })).not.toThrow();
	});

	it.each([
		['TOKEN_MISSING', { token: '' }],
		['TOKEN_MALFORMED', { token: 'opaque' }],
		['TOKEN_EXPIRED', { token: tokenWith({ exp: SECONDS }) }],
		['TOKEN_NOT_YET_VALID', { token: tokenWith({ nbf: SECONDS + 1 }) }],
		['CREDENTIAL_EXPIRED', { credentialExpiresAt: '2026-03-01T12:00:00Z' }],
		['HEADER_NAME_INVALID', { headerName: 'a b' }],
		['PLACEMENT_INVALID', { placement: 'query', queryParameter: ' ' }],
		['ADDITIONAL_HEADERS_INVALID', { additionalHeaders: '[]' }],
	] as const)('is not: %s', (code, data) => {
		expectCode(code, () => check(data));
	});

	it('counts Credential Expires At in the zone of n8n', () => {
		const data = { credentialExpiresAt: '2026-03-01T13:00:00' };
		expect(() => check(data)).not.toThrow();
		expectCode('CREDENTIAL_EXPIRED', () => check(data, 'Europe/Helsinki'));
	});
});

describe('a key that signs', () => {
	const check = async (data: Record<string, unknown>, timeZone?: string) =>
		await checkSigningCredential(
			{ algorithm: 'HS256', secret: 's'.repeat(32), payload: '{ "sub": "x" }', ...data },
			NOW,
			timeZone,
		);

	it.each(Object.entries(FAMILIES))(
		'is fine when its token verifies: %s',
		async (_name, family) => {
			const privateKey = pem(family.privateKey, 'pkcs8');
			await expect(check({ algorithm: family.algorithm, privateKey })).resolves.toBeUndefined();
		},
	);

	it('is not fine beside a client certificate of another key', async () => {
		const tlsPrivateKey = pem(issue().key, 'pkcs8');
		const tls = { useAdvanced: ['proof'], tlsCertificate: issue().certificate, tlsPrivateKey };
		await expect(
			checkSigningCredential({ algorithm: 'HS256', secret: 's'.repeat(32), ...tls }, new Date()),
		).rejects.toMatchObject({ code: 'CERTIFICATE_MISMATCH' });
	});

	it('is fine as a secret', async () => {
		await expect(check({})).resolves.toBeUndefined();
	});

	it('whose private and public part do not belong together is found, though it signs', async () => {
		const [one, other] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')].map(
			({ privateKey }) => privateKey.export({ format: 'jwk' }),
		);
		const outcome = check({
			algorithm: 'EdDSA',
			privateKey: JSON.stringify({ ...one, x: other?.x }),
		});
		await expect(outcome).rejects.toMatchObject({
			code: expect.stringMatching(/^(KEY_MALFORMED|SIGNATURE_INVALID)$/),
		});
	});

	it.each([
		['KEY_MISSING', { secret: '' }],
		['KEY_TOO_SHORT', { secret: 's'.repeat(31) }],
		['PAYLOAD_NOT_OBJECT', { payload: '[]' }],
		['PAYLOAD_EMPTY', { payload: '{}' }],
		['CLAIM_INVALID', { payload: '{ "exp": "soon", "sub": "x" }' }],
		['DURATION_INVALID', { expiresIn: 'soon' }],
		['CREDENTIAL_EXPIRED', { useAdvanced: true, credentialExpiresAt: '2026-03-01T12:00:00Z' }],
		['HEADER_NAME_INVALID', { useAdvanced: true, headerName: 'a b' }],
		['HEADER_PARAMETERS_INVALID', { useAdvanced: true, headerParameters: '{ "alg": "none" }' }],
	] as const)('is not fine: %s', async (code, data) => {
		await expect(check(data)).rejects.toMatchObject({ code });
	});

	it('says what is wrong by the name of the field', async () => {
		const message = 'The Payload is a list, not a JSON object.';
		await expect(check({ payload: '[]' })).rejects.toMatchObject({ message });
	});

	it('counts Credential Expires At in the zone of n8n', async () => {
		const data = { useAdvanced: true, credentialExpiresAt: '2026-03-01T13:00:00' };
		await expect(check(data)).resolves.toBeUndefined();
		await expect(check(data, 'Europe/Helsinki')).rejects.toMatchObject({
			code: 'CREDENTIAL_EXPIRED',
		});
	});

	it.each<[string, unknown]>([
		['as a whole', '={{ $json.claims }}'],
		['as a claim that has to be a text', { sub: '={{ $json.user }}' }],
		['as claims that have to be times', { sub: 'x', exp: '={{ 1 }}', iat: '=x', nbf: '=y' }],
		['as JSON text', '{ "sub": "={{ $json.user }}", "aud": "={{ $json.api }}" }'],
	])('is fine where its payload has expressions that need an item: %s', async (_how, payload) => {
		await expect(check({ payload, expressionsApart: true })).resolves.toBeUndefined();
	});

	it('is fine where n8n drops a payload that it cannot resolve, but not where it found nothing', async () => {
		const secret = { algorithm: 'HS256', secret: 's'.repeat(32) };
		await expect(checkSigningCredential(secret, NOW)).resolves.toBeUndefined();
		await expect(check({ payload: undefined })).rejects.toMatchObject({
			code: 'FIELD_INVALID',
		});
	});

	it('is fine where its tokens are bound to a request, which is not there yet', async () => {
		const values = ['methodHostPath', 'bodySha256Hex', 'bodySha256HexSorted', 'uuid'];
		const bindings = values.map((value) => ({ target: 'payload', name: value, value }));
		const data = { useAdvanced: true, requestBinding: { bindings } };
		await expect(check(data)).resolves.toBeUndefined();
	});
});
