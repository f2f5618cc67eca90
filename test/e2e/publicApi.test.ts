import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { N8nResponseError, outputItems } from '../../playground/client';
import { n8nSession } from './support/n8nSession';
import { jwtSign, workflow } from './support/workflows';

const { client } = n8nSession();
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const privatePem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));

/** The body that creates a JWT credential in Tines, in the fields of this package. */
const TINES_LIKE = {
	algorithm: 'RS256',
	privateKey: privatePem,
	payload: JSON.stringify({
		iss: 'robot@example.com',
		sub: 'robot@example.com',
		scope: 'orders:read',
		aud: 'https://api.example.com',
	}),
	autoTimeClaims: true,
	allowedHttpRequestDomains: 'domains',
	allowedDomains: '*.example.com',
	useAdvanced: true,
	credentialExpiresAt: '2099-12-31T00:00:00Z',
	metadata: '{ "team": "orders" }',
};

interface Schema {
	properties: Record<string, { type: string; enum?: string[] }>;
	allOf: Array<{
		if: { properties: { algorithm: { enum: string[] } } };
		then: { allOf: Array<{ required: string[] }> };
	}>;
}

/** What n8n's public API answers when it refuses the data. */
async function refusal(data: Record<string, unknown>): Promise<string> {
	try {
		await client.createCredential({ name: `Refused ${randomUUID()}`, type: 'jwtSignApi', data });
	} catch (error) {
		if (error instanceof N8nResponseError) return `${error.status} ${error.message}`;
		throw error;
	}
	return 'created';
}

/** What Test Connection says about data the public API takes. */
async function tested(data: Record<string, unknown>): Promise<string> {
	const credential = await client.createCredential({
		name: `Tested ${randomUUID()}`,
		type: 'jwtSignApi',
		data,
	});
	const { status, message } = await client.testCredential(credential);
	return status === 'OK' ? status : message;
}

describe("a signing credential made through n8n's public API", () => {
	it('has a schema that names algorithms and the key each one wants', async () => {
		const schema = (await client.publicApi('GET', '/credentials/schema/jwtSignApi')) as Schema;
		expect(schema.properties.algorithm?.enum).toEqual(
			expect.arrayContaining(['HS256', 'RS256', 'PS256', 'ES256', 'EdDSA']),
		);
		expect(schema.properties.keyEncoding?.enum).toEqual(['base64', 'base64url', 'hex', 'utf8']);
		const required = schema.allOf.map(({ if: condition, then }) => [
			...condition.properties.algorithm.enum,
			...then.allOf.flatMap((rule) => rule.required),
		]);
		// n8n writes down the first value of a condition only, but checks all of them on POST.
		expect(required.map(([, field]) => field).sort()).toEqual(['privateKey', 'secret']);
	});

	it("takes the content of Tines' request body, and signs with it", async () => {
		const credential = await client.createCredential({
			name: `Tines ${randomUUID()}`,
			type: 'jwtSignApi',
			data: TINES_LIKE,
		});
		expect(await client.testCredential(credential)).toMatchObject({ status: 'OK' });
		const run = await client.runWorkflow(
			workflow(
				[{}],
				jwtSign(credential, { options: { includeDecoded: true, includeMetadata: true } }),
			),
		);
		const [item] = outputItems(run.runData, 'JWT Sign');
		expect(item?.json.decoded.payload).toEqual({
			...(JSON.parse(TINES_LIKE.payload) as object),
			iat: expect.any(Number),
			exp: Number(item?.json.decoded.payload.iat) + 3600,
		});
		expect(item?.json.metadata).toEqual({ team: 'orders' });
	});

	it.each<[string, Record<string, unknown>, RegExp]>([
		['no private key', { ...TINES_LIKE, privateKey: undefined }, /400.*privateKey/s],
		['no key for ES256', { algorithm: 'ES256', payload: '{}' }, /400.*privateKey/s],
		['no secret for HS512', { algorithm: 'HS512', payload: '{}' }, /400.*secret/s],
		['an algorithm that does not exist', { ...TINES_LIKE, algorithm: 'none' }, /400.*enum/s],
		["Tines' own field names", { jwt_algorithm: 'RS256' }, /400.*jwt_algorithm/s],
	])('is refused by n8n with %s, which is named', async (_what, data, answer) => {
		expect(await refusal(data)).toMatch(answer);
	});

	it.each<[string, Record<string, unknown>, string]>([
		['a payload that is no JSON', { ...TINES_LIKE, payload: 'sub=x' }, '[JSON_MALFORMED]'],
		['a key that is none', { ...TINES_LIKE, privateKey: 'x' }, '[KEY_'],
		['no payload', { ...TINES_LIKE, payload: undefined }, '[PAYLOAD_EMPTY]'],
	])(
		'%s is named by Test Connection, where the schema has no word for it',
		async (_w, data, code) => {
			expect(await tested(data)).toContain(code);
		},
	);
});
