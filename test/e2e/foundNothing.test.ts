import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { outputItems, type CredentialRef } from '../../playground/client';
import { startDemoApi, type DemoApi } from '../../playground/demo-api/server';
import { n8nSession } from './support/n8nSession';
import {
	jwtHttpRequest,
	jwtSign,
	jwtVerify,
	stockHttpRequest,
	workflow,
	type Step,
} from './support/workflows';

const { client } = n8nSession();
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

let api: DemoApi;

beforeAll(async () => {
	api = await startDemoApi({ audience: 'demo-api', keys: [{ publicKey }] });
});

afterAll(async () => {
	await api.stop();
});

beforeEach(() => {
	api.requests.length = 0;
});

/** Saves a credential as the editor does, which takes an expression for a choice or a switch, too. */
async function credentialOf(data: Record<string, unknown>): Promise<CredentialRef> {
	const name = `Found nothing ${randomUUID()}`;
	const type = 'jwtSignApi';
	const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
	const payload = '{ "sub": "admin", "aud": "demo-api" }';
	const { id } = (await client.rest('POST', '/credentials', {
		name,
		type,
		data: { algorithm: 'ES256', privateKey: key, payload, ...data },
	})) as { id: string };
	return { id, name, type };
}

/** What the person reads, wherever n8n puts it. */
async function refusal(item: Record<string, unknown>, step: Step): Promise<string> {
	const { status, error, rawText } = await client.runWorkflow(workflow([item], step));
	expect({ step: step.name, status }).toEqual({ step: step.name, status: 'error' });
	const code = /\[([A-Z_]+)\]/.exec(rawText)?.[1] ?? '';
	return `${error?.message} ${error?.description} ${code}`;
}

function senders(credential: CredentialRef): Step[] {
	return [stockHttpRequest(credential, api.url), jwtHttpRequest(credential, api.url)];
}

const NOTHING = '={{ $json.nothing }}';

describe('a claim added in the node whose expression finds nothing', () => {
	it.each<[string, Record<string, unknown>]>([
		['Subject is empty', { claims: { subject: NOTHING } }],
		['Subject is empty', { claims: { subject: '={{ null }}' } }],
		['Subject is empty', { claims: { subject: '' } }],
		['Audience is empty', { claims: { audience: '={{ [] }}' } }],
		['Audience is empty', { claims: { audience: ['demo-api', NOTHING] } }],
		['Not Before is empty', { claims: { notBefore: NOTHING } }],
		['Expires In is empty', { claims: { expiresIn: NOTHING } }],
		[
			'The claim role in Custom Claims is empty',
			{ claims: { customClaims: { claim: [{ name: 'role', value: NOTHING }] } } },
		],
		[
			'The name of a claim in Custom Claims is empty',
			{ claims: { customClaims: { claim: [{ name: NOTHING, value: 'admin' }] } } },
		],
		['Custom Claims is empty', { claims: { customClaims: NOTHING } }],
		['Claims (JSON) is empty', { specifyClaims: 'json', claimsJson: NOTHING }],
		[
			'The claim sub in Claims (JSON) is empty',
			{ specifyClaims: 'json', claimsJson: '={{ { sub: $json.nothing } }}' },
		],
		[
			'The claim sub in Claims (JSON) is empty',
			{ specifyClaims: 'json', claimsJson: '={ "sub": "{{ $json.nothing ?? "" }}" }' },
		],
	])('%s: %j', async (words, parameters) => {
		const credential = await credentialOf({});
		for (const step of [
			jwtSign(credential, parameters),
			jwtHttpRequest(credential, api.url, parameters),
		]) {
			const read = await refusal({}, step);
			expect(read).toContain(words);
			expect(read).toContain('CLAIM_EMPTY');
		}
		expect(api.requests).toEqual([]);
	});

	it('is an error of its item alone', async () => {
		const credential = await credentialOf({});
		const parameters = { claims: { subject: '={{ $json.user }}' } };
		const step: Step = { ...jwtSign(credential, parameters), onError: 'continueRegularOutput' };
		const { runData } = await client.runWorkflow(
			workflow([{ user: 'a' }, {}, { user: 'c' }], step),
		);
		const errors = outputItems(runData, 'JWT Sign').map(({ json }) => json.error as unknown);
		expect(errors).toEqual([undefined, expect.stringContaining('Subject is empty'), undefined]);
	});
});

describe('Allowed HTTP Request Domains by an expression', () => {
	it.each([
		'={{ undefined }}',
		'={{ null }}',
		NOTHING,
		'={{ "" }}',
		'={{ ["all"] }}',
		'={{ "ALL" }}',
	])('%s locks', async (allowedHttpRequestDomains) => {
		const credential = await credentialOf({ allowedHttpRequestDomains });
		for (const step of senders(credential)) {
			const read = await refusal({}, step);
			expect(read).toMatch(/Allowed HTTP Request Domains is /);
			expect(read).toContain('DOMAIN_NOT_ALLOWED');
		}
		expect(api.requests).toEqual([]);
	});

	it('that gives a choice is that choice, and a missing field is all', async () => {
		for (const data of [{ allowedHttpRequestDomains: '={{ "all" }}' }, {}]) {
			const credential = await credentialOf(data);
			for (const step of senders(credential)) await client.runWorkflow(workflow([{}], step));
		}
		expect(api.requests).toHaveLength(4);
	});

	it.each(['={{ ["127.0.0.1"] }}', '={{ null }}', '={{ { host: "127.0.0.1" } }}', NOTHING])(
		'Allowed Domains that are %s lock',
		async (allowedDomains) => {
			const data = { allowedHttpRequestDomains: 'domains', allowedDomains };
			const credential = await credentialOf(data);
			for (const step of senders(credential)) {
				expect(await refusal({}, step)).toMatch(/Allowed Domains is|No allowed domains/);
			}
			expect(api.requests).toEqual([]);
		},
	);
});

describe('Credential Expires At by an expression', () => {
	it.each([
		'={{ $now.minus({ days: 1 }) }}',
		'={{ new Date(0) }}',
		'={{ $now.minus({ days: 1 }).toMillis() }}',
		'={{ $now.minus({ days: 1 }).toSeconds() }}',
		'={{ [$now.plus({ days: 1 })] }}',
		'={{ { date: $now.plus({ days: 1 }) } }}',
		'={{ DateTime.fromISO("soon") }}',
		'={{ true }}',
		NOTHING,
	])('%s lets nothing out', async (credentialExpiresAt) => {
		const credential = await credentialOf({ useAdvanced: true, credentialExpiresAt });
		for (const step of [...senders(credential), jwtSign(credential)]) {
			const read = await refusal({}, step);
			expect(read).toMatch(
				/Credential Expires At( \(in the credential: Advanced Options > [^)]+\))? is|expired on/,
			);
			expect(read).toContain('CREDENTIAL_EXPIRED');
		}
		expect(api.requests).toEqual([]);
	});

	it.each(['={{ $now.plus({ days: 1 }) }}', '={{ new Date(4e12) }}', '={{ 4e12 }}', '={{ "" }}'])(
		'%s lets requests through',
		async (credentialExpiresAt) => {
			const credential = await credentialOf({ useAdvanced: true, credentialExpiresAt });
			for (const step of senders(credential)) await client.runWorkflow(workflow([{}], step));
			expect(api.requests).toHaveLength(2);
		},
	);
});

describe('other fields of a credential', () => {
	it.each<[string, Record<string, unknown>]>([
		['Advanced Options', { useAdvanced: 'true' }],
		['Advanced Options', { useAdvanced: NOTHING }],
		['Request Binding', { requestBinding: 'methodHostPath' }],
		['Request Binding', { requestBinding: [{ target: 'payload', name: 'uri', value: 'url' }] }],
		['Request Binding', { requestBinding: NOTHING }],
		['Token Prefix', { headerPrefix: '={{ { a: 1 } }}' }],
		['Key ID', { keyId: NOTHING }],
		[
			"'nbf' Offset (Seconds; in the credential: Advanced Options > Clock and Claims)",
			{ addNbf: true, nbfOffset: '={{ "soon" }}' },
		],
		[
			'Secret Encoding',
			{ algorithm: 'HS256', secret: 'a'.repeat(64), keyEncoding: '={{ "HEX" }}' },
		],
		['Header Parameters', { headerParameters: '={{ { typ: $json.nothing } }}' }],
	])('%s is refused by its label: %j', async (label, data) => {
		const credential = await credentialOf({ useAdvanced: true, ...data });
		for (const step of senders(credential)) expect(await refusal({}, step)).toContain(label);
		expect(api.requests).toEqual([]);
	});

	it('Request Binding by rows still binds', async () => {
		const bindings = [{ name: 'uri', value: 'path' }];
		const credential = await credentialOf({ useAdvanced: true, requestBinding: { bindings } });
		for (const step of senders(credential)) await client.runWorkflow(workflow([{}], step));
		expect(api.requests.map(({ payload }) => payload?.uri)).toEqual(['/', '/']);
	});
});

describe('Test Connection, which has no item,', () => {
	it('passes over what depends on one', async () => {
		const credential = await credentialOf({
			payload: '{ "sub": "={{ $json.user }}", "aud": "demo-api" }',
			keyId: '={{ $json.kid }}',
			useAdvanced: true,
			headerParameters: '={{ { typ: $json.type } }}',
		});
		const { status, message } = await client.testCredential(credential);
		expect({ status, message }).toEqual({ status: 'OK', message: expect.any(String) });
	});
});

describe('an expression between the quotes of the payload', () => {
	it.each(['={{ $json.user }}', '={{ $json.user ?? null }}'])(
		'that finds nothing is an error, so that no claim goes missing: %s',
		async (expression) => {
			const payload = JSON.stringify({ sub: expression, aud: 'demo-api' });
			const credential = await credentialOf({ payload });
			for (const step of senders(credential)) {
				expect(await refusal({}, step)).toContain('claim sub');
			}
			expect(api.requests).toEqual([]);
		},
	);

	it('may leave its claim out by an empty text, and is signed where it finds something', async () => {
		const credential = await credentialOf({
			payload: '{ "sub": "={{ $json.user ?? \\"\\" }}", "aud": "={{ $json.aud }}" }',
		});
		const items = [{ aud: 'demo-api' }, { aud: 'demo-api', user: 'alice' }];
		for (const step of senders(credential)) await client.runWorkflow(workflow(items, step));
		const subjects = api.requests.map(({ payload }) => payload?.sub ?? 'none');
		expect(subjects.sort()).toEqual(['alice', 'alice', 'none', 'none']);
	});
});

describe('Audience of JWT Verify', () => {
	const secret = 's'.repeat(64);
	const verify = (audience?: unknown) =>
		jwtVerify({ keySource: 'secret', secret, ...(audience !== undefined && { audience }) });

	it.each([
		['the list', '={{ [] }}'],
		['a row', ['={{ $json.none ?? "" }}']],
		['one of two rows', ['demo-api', NOTHING]],
	])(
		'of which an expression left %s empty is an error, with a secret too',
		async (_what, value) => {
			const read = await refusal({ jwt: 'x' }, verify(value));
			expect(read).toContain('Audience');
			expect(read).toContain('CHECK_EMPTY');
		},
	);

	it('that nobody filled in is no check, with the empty row of the form too', async () => {
		for (const audience of [undefined, [], ['']]) {
			const { status, error } = await client.runWorkflow(
				workflow([{ jwt: 'x' }], verify(audience)),
			);
			expect({ status, message: error?.message }).toEqual({
				status: 'success',
				message: undefined,
			});
		}
	});
});
