import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { outputItems, type Json } from '../../playground/client';
import { n8nSession } from './support/n8nSession';
import { jwtSign, workflow } from './support/workflows';

const { client } = n8nSession();
const page = readFileSync(path.join(__dirname, '../../docs/tines.md'), 'utf8');

/** The body docs/tines.md shows, with a real key. */
function documentedBody(): Json {
	const body = JSON.parse(/```json\n([^]*?)\n```/.exec(page)?.[1] ?? '') as Json;
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	body.data.privateKey = privateKey.export({ type: 'pkcs8', format: 'pem' });
	return body;
}

const create = async (data: Json, type = 'jwtSignApi') =>
	(await client.publicApi('POST', '/credentials', { name: randomUUID(), type, data })) as Json;

const use = async ({ id, name }: Json) =>
	await client.runWorkflow(
		workflow(
			[{ user: 'alice' }],
			jwtSign(
				{ id, name, type: 'jwtSignApi' },
				{ options: { includeDecoded: true, includeMetadata: true } },
			),
		),
	);

describe('a credential created through the public API of n8n', () => {
	it('signs as the documented body says', async () => {
		const run = await use(await create(documentedBody().data));
		expect(run.error?.message).toBeUndefined();
		const { decoded, metadata } = outputItems(run.runData, 'JWT Sign')[0]?.json ?? {};
		expect(decoded.header).toEqual({ alg: 'RS256', typ: 'JWT', kid: '2026-01' });
		expect(decoded.payload).toEqual({
			iss: 'my-service',
			sub: 'alice',
			aud: 'https://api.example.com',
			iat: expect.any(Number),
			exp: decoded.payload.iat + 600,
		});
		expect(metadata).toEqual({ owner: 'billing' });
	});

	it('has a schema that names the algorithms and the choices', async () => {
		const { properties } = (await client.publicApi(
			'GET',
			'/credentials/schema/jwtSignApi',
		)) as Json;
		expect(properties.algorithm.enum).toEqual(expect.arrayContaining(['RS256', 'EdDSA']));
		expect(properties.algorithm.enum).not.toContain('none');
		expect(properties.allowedHttpRequestDomains.enum.sort()).toEqual(['all', 'domains', 'none']);
		for (const name of Object.keys(documentedBody().data)) expect(properties).toHaveProperty(name);
	});

	it.each([
		['a name it does not know', { secret: randomUUID(), paylod: '{}' }, /"paylod"/],
		['a value it does not know', { algorithm: 'none', secret: randomUUID() }, /enum values/],
		['a number where text belongs', { secret: randomUUID(), expiresIn: 300 }, /type\(s\) string/],
		['no secret', {}, /requires property "secret"/],
	])('is refused by n8n with %s', async (_what, data, message) => {
		await expect(create({ algorithm: 'HS256', payload: '{}', ...data })).rejects.toThrow(message);
	});

	it('is refused by n8n without a private key, and says at its first use that a key does not fit', async () => {
		const data = { ...documentedBody().data, algorithm: 'ES256' };
		await expect(create({ algorithm: 'ES256', payload: data.payload })).rejects.toThrow(
			'"privateKey" is mandatory',
		);
		const run = await use(await create(data));
		expect(run.status).toBe('error');
		expect(run.error?.message).toContain('An RSA key was found where ES256 wants');
	});
});
