import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { outputItems, type CredentialRef } from '../../playground/client';
import { startDemoApi, type DemoApi } from '../../playground/demo-api/server';
import { n8nSession } from './support/n8nSession';
import {
	jwtHttpRequest,
	jwtSign,
	stockHttpRequest,
	workflow,
	type Step,
} from './support/workflows';

const { client } = n8nSession();
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const key = {
	algorithm: 'EdDSA',
	privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
};
/** The zone of an n8n that nobody has set one for; that of the machine is another one in CI. */
const ZONE_OF_N8N = 'America/New_York';

let api: DemoApi;

beforeAll(async () => {
	api = await startDemoApi({ keys: [{ publicKey }] });
});

afterAll(async () => {
	await api.stop();
});

async function createCredential(data: object): Promise<CredentialRef> {
	return await client.createCredential({
		name: `Zones ${randomUUID()}`,
		type: 'jwtSignApi',
		data: { ...key, payload: '{ "sub": "alice" }', ...data },
	});
}

async function runIn(timezone: string | undefined, ...steps: Step[]) {
	return await client.runWorkflow({
		...workflow([{}], ...steps),
		settings: { executionOrder: 'v1', ...(timezone && { timezone }) },
	});
}

const seconds = (iso: string) => Date.parse(iso) / 1000;

describe('a time without a zone', () => {
	it.each<[string, string | undefined, string, string]>([
		['the zone of the workflow', 'Asia/Tokyo', '2020-11-25T10:00:00', '2020-11-25T10:00:00+09:00'],
		["n8n's zone", undefined, '2020-07-25T10:00:00', '2020-07-25T10:00:00-04:00'],
		['a time clocks leave out', 'Europe/Berlin', '2020-03-29T02:30:00', '2020-03-29T01:30:00Z'],
		['a time that comes twice', 'Europe/Berlin', '2020-10-25T02:30:00', '2020-10-25T00:30:00Z'],
	])('Not Before: %s', async (_case, timezone, notBefore, instant) => {
		const credential = await createCredential({});
		api.clear();
		const claims = { notBefore };
		const { runData, status } = await runIn(
			timezone,
			jwtSign(credential, { claims, options: { includeDecoded: true } }),
			jwtHttpRequest(credential, `${api.url}/orders`, { claims }),
		);
		expect(status).toBe('success');
		const [signed] = outputItems(runData, 'JWT Sign');
		expect(signed?.json.decoded.payload.nbf).toBe(seconds(instant));
		expect(api.requests.map(({ payload }) => payload?.nbf)).toEqual([seconds(instant)]);
	});
});

describe('a time by expression', () => {
	it.each([
		['a luxon DateTime', "={{ DateTime.fromISO('2020-11-25T10:00:00.378', { zone: 'utc' }) }}"],
		['a Date', "={{ new Date('2020-11-25T10:00:00.378Z') }}"],
		['a text with an offset', "={{ '2020-11-25T12:00:00+02:00' }}"],
		['a text without one, in the zone of the workflow', "={{ '2020-11-25T19:00:00' }}"],
		['seconds with fractions', "={{ DateTime.fromISO('2020-11-25T10:00:00.378Z').toSeconds() }}"],
		['whole seconds', "={{ DateTime.fromISO('2020-11-25T10:00:00.378Z').toUnixInteger() }}"],
	])('Not Before as %s', async (_case, notBefore) => {
		const options = { includeDecoded: true };
		const { runData } = await runIn(
			'Asia/Tokyo',
			jwtSign(await createCredential({}), { claims: { notBefore }, options }),
		);
		const [signed] = outputItems(runData, 'JWT Sign');
		expect(signed?.json.decoded.payload.nbf).toBe(seconds('2020-11-25T10:00:00Z'));
	});

	it('times in the payload of a credential are whole seconds, as its page writes them', async () => {
		const credential = await createCredential({
			payload: JSON.stringify({
				sub: 'alice',
				iat: '={{ $now.toSeconds() }}',
				nbf: '={{ $now.toUnixInteger() }}',
				exp: "={{ $now.plus(10, 'minutes') }}",
			}),
		});
		const before = Math.floor(Date.now() / 1000);
		const { runData } = await runIn(
			'Asia/Tokyo',
			jwtSign(credential, { options: { includeDecoded: true } }),
		);
		const [signed] = outputItems(runData, 'JWT Sign');
		const { iat, nbf, exp } = signed?.json.decoded.payload ?? {};
		for (const time of [iat, nbf, exp - 600]) {
			expect(Number.isInteger(time)).toBe(true);
			expect(time).toBeGreaterThanOrEqual(before);
			expect(time).toBeLessThanOrEqual(Date.now() / 1000);
		}
	});

	it('a custom claim keeps the type that an expression gives, and is text when typed', async () => {
		const claim = [
			{ name: 'typed', value: '5' },
			{ name: 'number', value: '={{ 5 }}' },
			{ name: 'flag', value: '={{ true }}' },
			{ name: 'list', value: '={{ ["a"] }}' },
		];
		const { runData } = await runIn(
			undefined,
			jwtSign(await createCredential({}), {
				claims: { customClaims: { claim } },
				options: { includeDecoded: true },
			}),
		);
		expect(outputItems(runData, 'JWT Sign')[0]?.json.decoded.payload).toMatchObject({
			typed: '5',
			number: 5,
			flag: true,
			list: ['a'],
		});
	});
});

describe('Credential Expires At without a zone', () => {
	/** What the clocks of n8n's zone show some hours from now, as the date picker writes it. */
	function shown(hours: number): string {
		const instant = new Date(Date.now() + hours * 3_600_000);
		return instant.toLocaleString('sv-SE', { timeZone: ZONE_OF_N8N }).replace(' ', 'T');
	}

	const senders = {
		'HTTP Request': (credential: CredentialRef) =>
			stockHttpRequest(credential, `${api.url}/orders`),
		'JWT HTTP Request': (credential: CredentialRef) =>
			jwtHttpRequest(credential, `${api.url}/orders`),
		'JWT Sign': (credential: CredentialRef) => jwtSign(credential),
	};

	it.each(Object.entries(senders))("%s: counts in n8n's zone", async (_name, step) => {
		const past = await createCredential({ useAdvanced: true, credentialExpiresAt: shown(-1) });
		const future = await createCredential({ useAdvanced: true, credentialExpiresAt: shown(1) });
		const refused = await runIn('Asia/Tokyo', step(past));
		expect(JSON.stringify(refused.error)).toContain('This credential expired on');
		expect((await runIn('Asia/Tokyo', step(future))).status).toBe('success');
	});

	it('Test Connection does, too', async () => {
		const past = await createCredential({ useAdvanced: true, credentialExpiresAt: shown(-1) });
		const future = await createCredential({ useAdvanced: true, credentialExpiresAt: shown(1) });
		expect((await client.testCredential(past)).message).toContain('This credential expired on');
		expect(await client.testCredential(future)).toMatchObject({ status: 'OK' });
	});

	it('a date by expression is not taken for none', async () => {
		const credential = await createCredential({
			useAdvanced: true,
			credentialExpiresAt: "={{ $now.minus(1, 'hour') }}",
		});
		const { error } = await runIn(undefined, jwtSign(credential));
		expect(JSON.stringify(error)).toContain('This credential expired on');
	});
});
