import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '../../playground/ports';
import { sendSigned, type Fields } from './support/sending';
import { serverFolder, startServer, type Server } from './support/server';
import { describeWith, placeOf, program } from './support/software';

const influxd = program('influxd', 'influxdb');

/** As InfluxData describes tokens: a shared secret, and the claims `username` and `exp`. */
function configuration(folder: string, port: number, otherPort: number, secret: string): string {
	return `
reporting-disabled = true
bind-address = "127.0.0.1:${otherPort}"
[meta]
dir = "${folder}/meta"
[data]
dir = "${folder}/data"
wal-dir = "${folder}/wal"
[monitor]
store-enabled = false
[http]
bind-address = "127.0.0.1:${port}"
auth-enabled = true
shared-secret = "${secret}"
`;
}

describeWith('InfluxDB 1.x with a shared secret', [influxd], () => {
	const secret = randomBytes(32).toString('base64');
	const password = randomBytes(12).toString('hex');
	const { folder, remove } = serverFolder('influxdb');
	let server: Server;
	let base: string;

	/** As the administrator, by name and password. */
	async function administer(query: string, account: Record<string, string> = {}): Promise<void> {
		const parameters = new URLSearchParams({ q: query, ...account });
		const { status } = await fetch(`${base}/query?${parameters.toString()}`, { method: 'POST' });
		expect(status).toBe(200);
	}

	beforeAll(async () => {
		const port = await freePort();
		base = `http://127.0.0.1:${port}`;
		const file = path.join(folder, 'influxdb.conf');
		writeFileSync(file, configuration(folder, port, await freePort(), secret));
		const options = { url: `${base}/ping`, folder };
		server = await startServer(placeOf(influxd), ['-config', file], options);
		// The first account may be made without one.
		await administer(`CREATE USER admin WITH PASSWORD '${password}' WITH ALL PRIVILEGES`);
		const account = { u: 'admin', p: password };
		await administer('CREATE DATABASE weather', account);
		await administer(`CREATE USER reader WITH PASSWORD '${password}'`, account);
		await administer('GRANT READ ON weather TO reader', account);
	});

	afterAll(async () => {
		await server.stop();
		remove();
	});

	const as = (username: string, more: Fields = {}): Fields => ({
		algorithm: 'HS256',
		secret,
		payload: JSON.stringify({ username }),
		expiresIn: '5m',
		...more,
	});
	const write = { method: 'POST', body: 'rain,place=Bonn litres=0.64' } as const;

	it('takes a token for what its user may do, and no more', async () => {
		const writing = { ...write, url: `${base}/write?db=weather` };
		const reading = { url: `${base}/query`, qs: { db: 'weather', q: 'SELECT * FROM rain' } };
		expect(await sendSigned(as('admin'), writing)).toMatchObject({ status: 204 });
		const read = await sendSigned(as('reader'), reading);
		expect(read).toMatchObject({ status: 200, body: expect.stringContaining('0.64') });
		expect(await sendSigned(as('reader'), writing)).toMatchObject({ status: 403 });
	});

	it('refuses another secret, a user it does not know and a token without an end', async () => {
		const asked = { url: `${base}/query`, qs: { q: 'SHOW DATABASES' } };
		const other = { secret: randomBytes(32).toString('base64') };
		expect(await sendSigned(as('admin', other), asked)).toMatchObject({ status: 401 });
		expect(await sendSigned(as('nobody'), asked)).toMatchObject({ status: 401 });
		const endless = as('admin', { autoTimeClaims: false });
		expect(await sendSigned(endless, asked)).toMatchObject({ status: 401 });
	});
});
