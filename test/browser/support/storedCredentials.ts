import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ensureN8n } from '../../../playground/install';
import { freePort } from '../../../playground/ports';
import { n8nSession } from '../../e2e/support/n8nSession';

interface StoredCredential {
	id: string;
	data: Record<string, unknown>;
}

/** The decrypted data of every credential, by ID, as n8n's own export command reads it. */
export async function storedCredentials(): Promise<Map<string, StoredCredential['data']>> {
	const { userFolder } = n8nSession();
	const { runtime, n8nBin } = await ensureN8n();
	const folder = mkdtempSync(path.join(tmpdir(), 'jwt-auth-export-'));
	const file = path.join(folder, 'credentials.json');
	try {
		await promisify(execFile)(
			runtime.node,
			[n8nBin, 'export:credentials', '--all', '--decrypted', `--output=${file}`],
			{
				cwd: userFolder,
				env: {
					PATH: process.env.PATH,
					HOME: process.env.HOME,
					N8N_USER_FOLDER: userFolder,
					N8N_RUNNERS_BROKER_PORT: String(await freePort()),
					N8N_DIAGNOSTICS_ENABLED: 'false',
				},
			},
		);
		const credentials = JSON.parse(readFileSync(file, 'utf8')) as StoredCredential[];
		return new Map(credentials.map(({ id, data }) => [id, data]));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
