import { JwtSignApi } from '../../../credentials/JwtSignApi.credentials';
import { credentialWithKey } from '../../../nodes/common/credentialWithKey';
import type { FormContext } from '../../../nodes/common/formContext';
import type { CredentialData } from '../../../core/settings/credentialFields';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (time: number) => {
		jest.setSystemTime(Date.now() + time);
		return await Promise.resolve();
	},
}));

const credential = new JwtSignApi();

/** The database and the helpers of n8n, as far as a key goes through them. */
class N8n {
	row: Record<string, unknown> = { algorithm: 'ES256', keySource: 'generate', payload: '{}' };

	readings = 0;

	/** What another process does after each reading of this one. */
	afterReading: () => void = () => {};

	read(): CredentialData {
		this.readings += 1;
		const read = ([name, value]: [string, unknown]) => [name, String(value).replace(/^=/, '')];
		const data = Object.fromEntries(Object.entries(this.row).map(read)) as CredentialData;
		this.afterReading();
		return data;
	}

	/** As n8n: what begins with "=" is not overwritten. */
	store(made: object): void {
		for (const [name, value] of Object.entries(made)) {
			if (!String(this.row[name] ?? '').startsWith('=')) this.row[name] = value;
		}
	}

	context = {
		getCredentials: async () => await Promise.resolve(this.read()),
		helpers: {
			httpRequestWithAuthentication: async (
				_type: string,
				request: object,
				{ credentialsDecrypted }: { credentialsDecrypted: { data: CredentialData } },
			) => {
				const { data } = credentialsDecrypted;
				const authenticate = async () =>
					await credential.authenticate(data as never, { ...request } as never);
				try {
					await authenticate();
				} catch (error) {
					expect((error as { response?: { status: number } }).response?.status).toBe(401);
					const made = await credential.preAuthentication.call(
						{ helpers: {} } as never,
						data as never,
					);
					this.store(made);
					Object.assign(data, made);
					expect((await authenticate()).url).toMatch(/^data:/);
				}
			},
		},
	} as unknown as FormContext;
}

beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});

afterEach(() => {
	jest.useRealTimers();
});

it('makes the key with the first reading and gives what is stored, after a while', async () => {
	const n8n = new N8n();
	const before = Date.now();
	const data = await credentialWithKey(n8n.context, 'jwtSignApi', 0);
	expect(`=${String(data.generatedPrivateKey)}`).toBe(n8n.row.generatedPrivateKey);
	expect(Date.now() - before).toBeGreaterThanOrEqual(9_000);
	const again = await credentialWithKey(n8n.context, 'jwtSignApi', 0);
	expect(again).toEqual(data);
	expect(n8n.readings).toBe(4);
});

it('all who read at once get the same key', async () => {
	const n8n = new N8n();
	const read = async () => await credentialWithKey(n8n.context, 'jwtSignApi', 0);
	const all = await Promise.all(Array.from({ length: 20 }, read));
	expect(new Set(all.map((data) => data.generatedPrivateKey)).size).toBe(1);
});

it('gives the key of another process that has overwritten this one while it was left alone', async () => {
	const n8n = new N8n();
	const other = new N8n();
	await credentialWithKey(other.context, 'jwtSignApi', 0);
	n8n.afterReading = () => {
		// Its reading of what is stored was before ours was stored, its storing after.
		if (n8n.readings === 2) n8n.row.generatedPrivateKey = other.row.generatedPrivateKey;
	};
	const data = await credentialWithKey(n8n.context, 'jwtSignApi', 0);
	expect(`=${String(data.generatedPrivateKey)}`).toBe(other.row.generatedPrivateKey);
});

it('reads a credential with a pasted key once', async () => {
	const n8n = new N8n();
	n8n.row = { algorithm: 'ES256', privateKey: 'x' };
	await credentialWithKey(n8n.context, 'jwtSignApi', 0);
	expect(n8n.readings).toBe(1);
});

describe('where another key is to be made', () => {
	async function withOneKey(): Promise<N8n> {
		const n8n = new N8n();
		await credentialWithKey(n8n.context, 'jwtSignApi', 0);
		n8n.row.newestKey = '2';
		return n8n;
	}

	it('a request neither makes it nor waits for it', async () => {
		const n8n = await withOneKey();
		const [before, row] = [Date.now(), { ...n8n.row }];
		await credentialWithKey(n8n.context, 'jwtSignApi', 0);
		expect(n8n.row).toEqual(row);
		expect(Date.now()).toBe(before);
	});

	it('whoever hands it out makes it, once, beside the first', async () => {
		const n8n = await withOneKey();
		const first = n8n.row.generatedPrivateKey;
		const read = async () =>
			await credentialWithKey(n8n.context, 'jwtSignApi', 0, { newest: true });
		const all = await Promise.all(Array.from({ length: 20 }, read));
		expect(new Set(all.map((data) => data.generatedPrivateKey2)).size).toBe(1);
		expect(`=${String(all[0]?.generatedPrivateKey2)}`).toBe(n8n.row.generatedPrivateKey2);
		expect(n8n.row.generatedPrivateKey).toBe(first);
	});
});
