import { createHash, createPublicKey } from 'node:crypto';
import { lives, otherRsa, pem, publicHalf, rsa, type ServiceCase } from '../serviceCase';

const der = createPublicKey(rsa).export({ type: 'spki', format: 'der' });
const fingerprint = `SHA256:${createHash('sha256').update(der).digest('base64')}`;

export const service: ServiceCase = {
	type: 'snowflakeJwtApi',
	form: { account: 'myorg-acme', user: 'Etl_User', privateKey: pem(rsa) },
	keys: publicHalf(rsa),
	hosts: ['myorg-acme.snowflakecomputing.com'],
	checks: (jwt, now, { headers }) => ({
		...lives(jwt, now, 3600),
		alg: jwt.header.alg === 'RS256',
		iss: jwt.payload.iss === `MYORG-ACME.ETL_USER.${fingerprint}`,
		sub: jwt.payload.sub === 'MYORG-ACME.ETL_USER',
		kind: headers['x-snowflake-authorization-token-type'] === 'KEYPAIR_JWT',
		agent: headers['user-agent'] !== undefined,
	}),
	apiChecks: ({ method, body }) => ({
		body: method === 'GET' || (JSON.parse(body) as { timeout: number }).timeout === 10,
	}),
	tested: 'myorg-acme.snowflakecomputing.com/api/v2/statements',
	called: 'https://myorg-acme.snowflakecomputing.com/api/v2/databases',
	wrong: {
		'the key': { form: { privateKey: pem(otherRsa) }, says: /Private Key/ },
		'the user': { form: { user: 'other' }, says: /User Name/ },
	},
};
