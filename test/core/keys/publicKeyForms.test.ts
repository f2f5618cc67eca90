import { createHash, createPublicKey } from 'node:crypto';
import { colonHex, publicKeyForms } from '../../../core/keys/publicKeyForms';
import { ec, ed25519, openssl, pem, rsa } from '../support/keyFixtures';

const published = (algorithm: string, key: string, keyId = '') => ({
	key: { algorithm, key },
	keyId,
});

it.each([
	['RS256', rsa],
	['ES256', ec],
	['EdDSA', ed25519],
])('every form of an %s key is of the same key', async (algorithm, key) => {
	const forms = await publicKeyForms(published(algorithm, pem(key, 'pkcs8')));
	const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
	const fromPem = createPublicKey(forms.publicKey).export({ format: 'der', type: 'spki' });
	const fromJwk = createPublicKey({ key: forms.jwk, format: 'jwk' });
	expect(fromPem.equals(spki)).toBe(true);
	expect(fromJwk.export({ format: 'der', type: 'spki' }).equals(spki)).toBe(true);
	expect(forms.jwks).toEqual({ keys: [forms.jwk] });
	expect(forms.jwk).toMatchObject({ kid: forms.keyId, alg: algorithm, use: 'sig' });
	expect(forms.keyId).toBe(forms.thumbprint);
	const hash = createHash('sha256').update(spki).digest();
	expect(forms.snowflakeFingerprint).toBe(`SHA256:${hash.toString('base64')}`);
	expect(Buffer.from(forms.fingerprint.replaceAll(':', ''), 'hex').equals(hash)).toBe(true);
	expect(forms.fingerprint).toMatch(/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/);
	expect(forms.algorithm).toBe(algorithm);
	expect(JSON.stringify(forms)).not.toContain('PRIVATE');
	expect(forms.jwk).not.toHaveProperty('d');
});

it('the fingerprint is the one that Snowflake says to compute with openssl', async () => {
	const { publicKey, snowflakeFingerprint } = await publicKeyForms(
		published('RS256', pem(rsa, 'pkcs8')),
	);
	const files = { 'rsa_key.pub': publicKey };
	openssl(files, 'pkey', '-pubin', '-in', 'rsa_key.pub', '-noout');
	const der = Buffer.from(publicKey.replace(/-----.*-----|\s/g, ''), 'base64');
	expect(snowflakeFingerprint).toBe(`SHA256:${createHash('sha256').update(der).digest('base64')}`);
});

it.each([
	['', '<user>'],
	['N8N_SERVICE', 'N8N_SERVICE'],
	['my$user', 'my$user'],
	['2nd_user', '"2nd_user"'],
	['user@example.com', '"user@example.com"'],
	['a"b', '"a""b"'],
	["x'; DROP", `"x'; DROP"`],
])('Snowflake reads the name %j as %s', async (user, name) => {
	const { snowflakeStatement, publicKey } = await publicKeyForms(
		published('RS256', pem(rsa, 'pkcs8')),
		user,
	);
	const body = publicKey.replace(/-----.*-----|\s/g, '');
	expect(snowflakeStatement).toBe(`ALTER USER ${name} SET RSA_PUBLIC_KEY='${body}';`);
});

it('the statement leaves a place for the user where none is named', async () => {
	const { snowflakeStatement } = await publicKeyForms(published('RS256', pem(rsa, 'pkcs8')));
	expect(snowflakeStatement).toContain('ALTER USER <user> SET RSA_PUBLIC_KEY=');
});

it('bytes are pairs of digits with colons between', () => {
	expect(colonHex(Buffer.from('00abff', 'hex'))).toBe('00:AB:FF');
	expect(colonHex(Buffer.alloc(0))).toBe('');
});

it('Snowflake takes RSA keys alone', async () => {
	const forms = await publicKeyForms(published('ES256', pem(ec, 'pkcs8')));
	expect(forms).not.toHaveProperty('snowflakeStatement');
});

it('goes by the Key ID of the credential', async () => {
	const forms = await publicKeyForms(published('ES256', pem(ec, 'pkcs8'), '2026-11'));
	expect([forms.keyId, forms.jwk.kid]).toEqual(['2026-11', '2026-11']);
});

it('a shared secret has none', async () => {
	await expect(publicKeyForms(published('HS256', 'x'.repeat(32)))).rejects.toMatchObject({
		code: 'KEY_WRONG_TYPE',
	});
});
