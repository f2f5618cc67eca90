import { createHash, createPublicKey } from 'node:crypto';
import { snowflake } from '../../../core/services/snowflake';
import { PASSPHRASE, pem, rsa } from '../support/keyFixtures';
import { callService, NOW, stopClock } from './support/call';

const key = { publicKey: createPublicKey(rsa) };
const der = createPublicKey(rsa).export({ type: 'spki', format: 'der' });
const fingerprint = `SHA256:${createHash('sha256').update(der).digest('base64')}`;
const form = { account: 'MyOrg-My_Account', user: 'etl', privateKey: pem(rsa, 'pkcs8') };
const jwtFor = (name: string) => ({
	header: { alg: 'RS256', typ: 'JWT' },
	payload: { iss: `${name}.${fingerprint}`, sub: name, iat: NOW, exp: NOW + 3540 },
});

stopClock();

it('account and user in capitals, the fingerprint of the key, and the kind of token', async () => {
	const url = 'https://myorg-my-account.snowflakecomputing.com/api/v2/statements';
	const { jwt, request } = await callService(snowflake, form, key, { url });
	expect(jwt).toEqual(jwtFor('MYORG-MY_ACCOUNT.ETL'));
	expect(request.headers['X-Snowflake-Authorization-Token-Type']).toBe('KEYPAIR_JWT');
});

it('an account locator without its region, which belongs to the host', async () => {
	const data = { ...form, account: 'xy12345.eu-central-1' };
	const url = 'https://xy12345.eu-central-1.snowflakecomputing.com/api/v2/databases';
	const { jwt } = await callService(snowflake, data, key, { url });
	expect(jwt).toEqual(jwtFor('XY12345.ETL'));
});

it('a host of its own, and an encrypted key', async () => {
	const data = {
		...form,
		host: 'acme.privatelink.snowflakecomputing.com',
		privateKey: pem(rsa, 'pkcs8', 'aes-256-cbc'),
		passphrase: PASSPHRASE,
	};
	const url = 'https://acme.privatelink.snowflakecomputing.com/api/v2/statements';
	expect((await callService(snowflake, data, key, { url })).jwt.payload.sub).toBe(
		'MYORG-MY_ACCOUNT.ETL',
	);
	await expect(
		callService(snowflake, { ...data, passphrase: '' }, key, { url }),
	).rejects.toMatchObject({
		code: 'KEY_PASSPHRASE',
		hint: expect.stringContaining('Key') as string,
	});
});
