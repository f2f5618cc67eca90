import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../../playground/ports';
import { newKey, publishedKeys, type KeyAlgorithm } from './support/keys';
import { exchanging, type Fields } from './support/sending';
import { serverFolder, startServer, type Server } from './support/server';
import { describeWith, PYTHON, pythonModule } from './support/software';

const ALGORITHMS: KeyAlgorithm[] = ['RS256', 'PS256', 'ES256', 'ES384'];
const script = path.join(__dirname, 'support', 'authlibServer.py');

const parts = [pythonModule('authlib', 'python3-authlib'), pythonModule('flask', 'python3-flask')];

describeWith('an authorization server of Authlib', parts, () => {
	const secret = randomBytes(32).toString('hex');
	const keys = ALGORITHMS.map((algorithm) => newKey(algorithm, `key-${algorithm}`));
	const { folder, remove } = serverFolder('authlib');
	let server: Server;
	let base: string;

	beforeAll(async () => {
		const settings = path.join(folder, 'settings.json');
		writeFileSync(settings, JSON.stringify({ keys: await publishedKeys(keys), secret }));
		const port = await freePort();
		base = `http://127.0.0.1:${port}`;
		server = await startServer(PYTHON, [script, settings, String(port)], {
			url: `${base}/exchanges`,
			folder,
			env: { AUTHLIB_INSECURE_TRANSPORT: '1' },
		});
	});

	afterAll(async () => {
		await server.stop();
		remove();
	});

	/** IDs of the clients that got a token, one for each exchange. */
	const exchanges = async () =>
		(await (await fetch(`${base}/exchanges`)).json()) as unknown as string[];

	const withAssertion = (fields: Fields, sub = 'alice', scope = 'read'): Fields => ({
		...fields,
		grant: 'jwtBearer',
		tokenUrl: `${base}/oauth/token`,
		payload: JSON.stringify({ iss: 'grants', sub }),
		scope,
	});
	const asClient = (fields: Fields, clientId = 'with-key'): Fields => ({
		...fields,
		grant: 'clientCredentials',
		tokenUrl: `${base}/oauth/token`,
		clientId,
		scope: 'read',
		expiresIn: '5m',
	});
	const orders = () => ({ url: `${base}/orders` });

	it.each(keys)('gives a token for a JWT as grant, $fields.algorithm', async ({ fields }) => {
		const answer = await exchanging(withAssertion(fields)).send(orders());
		expect(answer.status).toBe(200);
		expect(JSON.parse(answer.body)).toEqual({ client: 'grants', subject: 'alice' });
	});

	it.each(keys)('knows a client by its key, $fields.algorithm', async ({ fields }) => {
		const answer = await exchanging(asClient(fields)).send(orders());
		expect(answer.status).toBe(200);
		expect(JSON.parse(answer.body)).toEqual({ client: 'with-key', subject: null });
	});

	it('knows a client by its secret, with a jti that it takes once only', async () => {
		const fields = asClient({ algorithm: 'HS256', secret }, 'with-secret');
		const first = await exchanging(fields).send(orders());
		expect(JSON.parse(first.body)).toEqual({ client: 'with-secret', subject: null });
		const second = await exchanging({ ...fields, scope: 'read write' }).send(orders());
		expect(second.status).toBe(200);
	});

	it('is asked once for many requests of one subject, and once more for another', async () => {
		const before = (await exchanges()).length;
		const key = keys[0]?.fields ?? {};
		const subjects = Object.fromEntries(
			['alice', 'bob'].map((name) => [name, exchanging(withAssertion(key, name, 'read write'))]),
		);
		for (const name of ['alice', 'bob', 'alice', 'bob', 'alice']) {
			const answer = await subjects[name]?.send(orders());
			expect(JSON.parse(answer?.body ?? '')).toMatchObject({ subject: name });
		}
		expect((await exchanges()).slice(before)).toEqual(['grants', 'grants']);
	});

	it.each([
		['a subject it does not know', () => withAssertion(keys[0]?.fields ?? {}, 'mallory')],
		['another key of the same ID', () => asClient(newKey('RS256', 'key-RS256').fields)],
		['a client it does not know', () => asClient(keys[0]?.fields ?? {}, 'nobody')],
	])('refuses %s, and its reason is told', async (_what, fields) => {
		await expect(exchanging(fields()).send(orders())).rejects.toThrow(/invalid_\w+.*\[EXCHANGE_/);
	});
});
