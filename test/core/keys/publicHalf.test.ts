import { X509Certificate } from 'node:crypto';
import { publicHalf } from '../../../core/keys/publicHalf';
import { ec, pem, rsa } from '../support/keyFixtures';

const published = { key: { algorithm: 'ES256', key: pem(ec, 'pkcs8') }, keyId: '' };
const subject = { commonName: 'n8n', organization: '', organizationalUnit: '', country: '' };
const now = new Date('2026-11-26T12:00:00Z');

it('is the key, a certificate or a request for one, whichever is asked for', async () => {
	expect(
		await publicHalf(published, { format: 'publicKey', snowflakeUser: '' }, now),
	).toHaveProperty('jwk.kty', 'EC');
	const statement = 'ALTER USER ME SET RSA_PUBLIC_KEY=';
	const forSnowflake = { key: { algorithm: 'RS256', key: pem(rsa, 'pkcs8') }, keyId: '' };
	expect(
		await publicHalf(forSnowflake, { format: 'publicKey', snowflakeUser: 'ME' }, now),
	).toHaveProperty('snowflakeStatement', expect.stringContaining(statement));
	const made = await publicHalf(published, { format: 'certificate', subject, lifeInDays: 30 }, now);
	expect(made).toMatchObject({ validTo: '2026-12-26T12:00:00.000Z' });
	const { certificate } = made as { certificate: string };
	expect(new X509Certificate(certificate).checkPrivateKey(ec)).toBe(true);
	const asked = await publicHalf(published, { format: 'certificateRequest', subject }, now);
	expect(asked).toEqual({
		certificateRequest: expect.stringMatching(/^-----BEGIN CERTIFICATE REQUEST-----\n/),
	});
});
