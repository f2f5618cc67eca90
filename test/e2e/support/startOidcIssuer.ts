import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** An OpenID Connect issuer that runs beside the tests. */
export interface OidcIssuer {
	issuer: string;
	audience: string;
	/** Gets an access token, a JWT of RFC 9068. */
	accessToken(scope: string): Promise<string>;
	stop(): Promise<void>;
}

/** Starts `oidc-provider`, which is an ES module and needs a process of its own. */
export async function startOidcIssuer(): Promise<OidcIssuer> {
	const child = spawn(process.execPath, [path.join(__dirname, 'oidcIssuer.mjs')], {
		stdio: ['pipe', 'pipe', 'pipe'],
	});
	let complaints = '';
	child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
	const exit = once(child, 'exit');
	const line = await Promise.race([once(child.stdout, 'data'), exit.then(() => undefined)]);
	if (!line) throw new Error(`The issuer did not start: ${complaints}`);
	const { issuer, audience } = JSON.parse(String(line[0])) as Record<'issuer' | 'audience', string>;
	return {
		issuer,
		audience,
		accessToken: async (scope) => {
			const response = await fetch(`${issuer}/token`, {
				method: 'POST',
				headers: {
					authorization: `Basic ${Buffer.from('client:a-client-secret-of-the-test').toString('base64')}`,
				},
				body: new URLSearchParams({ grant_type: 'client_credentials', scope, resource: audience }),
			});
			const answer = (await response.json()) as { access_token?: string };
			if (!answer.access_token) throw new Error(`No token: ${JSON.stringify(answer)}`);
			return answer.access_token;
		},
		stop: async () => {
			child.stdin.end();
			await exit;
		},
	};
}
