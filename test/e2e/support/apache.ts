import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PROGRAM = '/usr/sbin/apache2';
const MODULES = '/usr/lib/apache2/modules';
const WHAT_IT_NEEDS = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'auth_openidc'];

const isInstalled = existsSync(PROGRAM) && existsSync(`${MODULES}/mod_auth_openidc.so`);

/** `describe` where Apache with mod_auth_openidc is installed; in CI it has to be. */
export const describeWithApache = isInstalled || process.env.CI ? describe : describe.skip;

/** A resource server that verifies Bearer tokens by itself. */
export interface ResourceServer {
	url: string;
	/** What it wrote into its log. */
	log(): string;
	stop(): Promise<void>;
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as { port: number };
	server.close();
	await once(server, 'close');
	return port;
}

function configuration(folder: string, port: number, metadataUrl: string, audience: string) {
	const modules = WHAT_IT_NEEDS.map(
		(name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`,
	);
	return `ServerName 127.0.0.1
ServerRoot ${folder}
Listen 127.0.0.1:${port}
PidFile ${folder}/pid
ErrorLog ${folder}/log
LogLevel warn
DocumentRoot ${folder}/www
Mutex file:${folder}
${modules.join('\n')}
OIDCCryptoPassphrase a-passphrase-of-the-test
OIDCOAuthServerMetadataURL ${metadataUrl}
OIDCOAuthRemoteUserClaim sub
<Location />
AuthType oauth20
Require claim aud:${audience}
</Location>
`;
}

/**
 * Starts Apache with mod_auth_openidc, which is told the address of a discovery document and nothing
 * else about who signs the tokens.
 */
export async function startApache(metadataUrl: string, audience: string): Promise<ResourceServer> {
	const folder = mkdtempSync(path.join(tmpdir(), 'jwt-auth-apache-'));
	const port = await freePort();
	mkdirSync(path.join(folder, 'www'));
	writeFileSync(path.join(folder, 'www', 'hello'), 'hello');
	const file = path.join(folder, 'httpd.conf');
	writeFileSync(file, configuration(folder, port, metadataUrl, audience));
	const child = spawn(PROGRAM, ['-DFOREGROUND', '-f', file], { stdio: ['ignore', 'pipe', 'pipe'] });
	let complaints = '';
	child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
	const exit = once(child, 'exit');
	const logFile = path.join(folder, 'log');
	const log = () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
	const url = `http://127.0.0.1:${port}`;
	for (;;) {
		const answer = await fetch(url).catch(() => undefined);
		if (answer) break;
		if (child.exitCode !== null) throw new Error(`Apache did not start: ${complaints}${log()}`);
		await sleep(100);
	}
	return {
		url,
		log,
		stop: async () => {
			child.kill('SIGTERM');
			await exit;
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
