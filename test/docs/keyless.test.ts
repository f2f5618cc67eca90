import type { IHttpRequestOptions } from 'n8n-workflow';
import { Readable } from 'node:stream';
import { JwtSign } from '../../nodes/JwtSign/JwtSign.node';
import { standIn } from '../nodes/support/standIn';
import * as keyless from '../support/keylessVendors';
import { fillIn, readRecipe, RECIPES } from '../support/recipes';

// The one who announced an exchange is given seconds, which nobody waits for here.
jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async () => await new Promise(() => {}),
}));

const SERVICES = {
	anthropic: keyless.anthropic,
	databricks: keyless.databricks,
	'entra-federated': keyless.entraFederated,
	'google-workload-identity': keyless.googleWorkloadIdentity,
	openai: keyless.openai,
	openrouter: keyless.openrouter,
	tailscale: keyless.tailscale,
	vault: keyless.vault,
};

const ORIGIN = 'https://service.example.com';

beforeAll(keyless.registerKey);

/** What the service has against the token request of the recipe with this credential, if anything. */
async function refusalOf(name: keyof typeof SERVICES, changes: Record<string, unknown> = {}) {
	const { values, tokenPath, check, answer } = SERVICES[name]();
	const { data } = readRecipe(name).credential;
	const verdicts: Array<string | undefined> = [];
	const { context } = standIn({
		credentials: { jwtExchangeApi: { ...fillIn(data, values), ...changes } },
		parameters: [{ operation: 'getAccessToken', outputField: 'accessToken' }],
		httpRequest: (options: IHttpRequestOptions) => {
			const { url, method = 'GET', headers = {}, body } = options;
			const path = new URL(url).pathname;
			const lowerCase = Object.entries(headers).map(([key, value]) => [
				key.toLowerCase(),
				String(value),
			]);
			const raw = {
				method,
				url: path,
				headers: Object.fromEntries(lowerCase) as Record<string, string>,
				body: Buffer.from(String(body)),
			};
			try {
				verdicts.push(path === tokenPath ? check(raw, ORIGIN) : 'path');
			} catch (error) {
				verdicts.push(String(error));
			}
			const token = answer(`token-of-${name}`, ORIGIN).body;
			return {
				statusCode: 200,
				headers: {},
				body: Readable.from([Buffer.from(JSON.stringify(token))]),
			};
		},
	});
	const [items = []] = await new JwtSign().execute.call(context);
	expect(items[0]?.json.accessToken).toBe(`token-of-${name}`);
	expect(verdicts).toHaveLength(1);
	return verdicts[0];
}

it.each(Object.keys(SERVICES) as Array<keyof typeof SERVICES>)(
	'the recipe %s asks for a token as the service wants it',
	async (name) => {
		expect(await refusalOf(name)).toBeUndefined();
	},
);

it.each<[string, keyof typeof SERVICES, Record<string, unknown>]>([
	['kid', 'databricks', { keyIdFromKey: false }],
	['sub', 'openrouter', { payload: `{"iss":"${keyless.ISSUER}","sub":"x"}` }],
	['not JSON', 'openai', { useAdvanced: ['exchange'], bodyFormat: 'form' }],
	['role', 'vault', { bodyParameters: '{"jwt":"{assertion}"}' }],
	['federation_rule_id', 'anthropic', { bodyParameters: '{"organization_id":"org-1"}' }],
])('a service notices what is wrong: %s', async (problem, name, changes) => {
	expect(await refusalOf(name, changes)).toContain(problem);
});

it('says on each page whether an uploaded key does', () => {
	const pages = RECIPES.map((name) => ({ name, page: readRecipe(name).page }));
	const keylessPages = pages.filter(({ page }) => page.includes('issuer.md) first'));
	expect(keylessPages).toHaveLength(Object.keys(SERVICES).length + 2);
	for (const { name, page } of keylessPages) {
		expect({ name, page }).toEqual({
			name,
			page: expect.stringMatching(
				/\*\*(?:An uploaded key does|n8n has to be reachable)\.\*\*/,
			) as string,
		});
	}
});
