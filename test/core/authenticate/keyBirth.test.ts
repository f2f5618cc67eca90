import {
	askForNewestKey,
	assertKeyMade,
	assertKeyReady,
	isKeyMissing,
	isNewestKeyMissing,
	keySettlingTime,
	KeyNeeded,
	makeMissingKey,
	withKeyUnderTest,
} from '../../../core/authenticate/keyBirth';
import {
	authenticateWithAccessToken,
	preAuthenticate,
} from '../../../core/authenticate/exchangeApi';
import { keyRequest } from '../../../core/authenticate/keyRequest';
import { authenticateWithSignedToken } from '../../../core/authenticate/signApi';
import { checkSigningCredential } from '../../../core/authenticate/testConnection';
import { SETTLING_TIME } from '../../../core/keys/keptKey';
import type { CredentialData } from '../../../core/settings/credentialFields';
import { expectCode } from '../support/expectCode';

const SIGNING = { algorithm: 'ES256', keySource: 'generate', payload: '{"iss":"x"}' };
const EXCHANGING = {
	...SIGNING,
	grant: 'clientCredentials',
	tokenUrl: 'https://auth.example.com/token',
	clientId: 'me',
};
// However long a test takes, a key that it makes is new.
jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout'] });

const request = () => ({ url: 'https://api.example.com/', method: 'GET' as const });

/** What n8n stores of a key, read again: without the "=". */
async function stored(data: CredentialData): Promise<CredentialData> {
	const made = await makeMissingKey(data, true);
	if (!made) throw new Error('no key was made');
	return { ...data, ...made, generatedPrivateKey: String(made.generatedPrivateKey).slice(1) };
}

/** The same, made so long ago that it is used. */
async function settled(data: CredentialData): Promise<CredentialData> {
	const fields = await stored(data);
	const [, , encoded = ''] = String(fields.generatedPrivateKey).split('.');
	const long = Date.now() - SETTLING_TIME;
	return { ...fields, generatedPrivateKey: `n8n-key-1.${long}.${encoded}` };
}

it('a key is made where n8n is to make one and has none, and only there', async () => {
	expect(isKeyMissing(SIGNING)).toBe(true);
	const made = await makeMissingKey(SIGNING, true);
	expect(made).toEqual({
		generatedPrivateKey: expect.stringMatching(/^=n8n-key-1\.\d+\.[\w-]+$/),
		keyMade: 'made',
	});
	for (const data of [await stored(SIGNING), { privateKey: '' }, { algorithm: 'HS256' }]) {
		expect(isKeyMissing(data)).toBe(false);
		expect(await makeMissingKey(data, true)).toBeUndefined();
	}
});

it('is made in the size that is chosen', async () => {
	const sized = { ...SIGNING, algorithm: 'RS256', useAdvanced: ['key'], rsaKeySize: '3072' };
	const { generatedPrivateKey } = await stored(sized);
	const [, , encoded = ''] = String(generatedPrivateKey).split('.');
	expect(Buffer.from(encoded, 'base64url').length).toBeGreaterThan(1700);
});

it('is not made where n8n cannot store it, with what to do instead', async () => {
	await expect(makeMissingKey(SIGNING, false)).rejects.toMatchObject({
		code: 'KEY_NOT_MADE',
		message: 'n8n 1.x cannot keep a key pair that it makes.',
		hint: expect.stringMatching(/choose Paste as Key Source/i) as string,
	});
});

it('n8n is asked for a key that is missing, as it is for a token', () => {
	for (const assert of [() => assertKeyMade(SIGNING), () => assertKeyReady(SIGNING, new Date())]) {
		expect(expectCode('KEY_NOT_MADE', assert)).toBeInstanceOf(KeyNeeded);
	}
	expect(new KeyNeeded()).toMatchObject({
		message: 'n8n has not stored the key pair of this credential.',
		response: { status: 401 },
	});
});

it('n8n is asked for no other key of a person who has one, and for the first where it is the newest', () => {
	const pasted = { privateKey: '', newestKey: '2' };
	expect(isNewestKeyMissing(pasted)).toBe(false);
	expect(() => askForNewestKey(pasted)).not.toThrow();
	expect(isNewestKeyMissing(SIGNING)).toBe(true);
});

it('a stored key is left alone for a while, then it signs', async () => {
	const fields = await stored(SIGNING);
	expect(keySettlingTime(fields, Date.now())).toBeGreaterThan(0);
	expectCode('KEY_JUST_MADE', () => assertKeyReady(fields, new Date()));
	const later = Date.now() + SETTLING_TIME;
	expect(keySettlingTime(fields, later)).toBe(0);
	expect(() => assertKeyReady(fields, new Date(later))).not.toThrow();
	expect(keySettlingTime({ privateKey: '' }, 0)).toBe(0);
	expect(keySettlingTime(SIGNING, 0)).toBe(0);
});

describe('the first request of a credential that signs', () => {
	it('asks for the key, and does not sign with the one that it was made', async () => {
		const data: CredentialData = { ...SIGNING };
		await expect(authenticateWithSignedToken(data, request())).rejects.toBeInstanceOf(KeyNeeded);
		Object.assign(data, await makeMissingKey(data, true));
		await expect(authenticateWithSignedToken(data, request())).rejects.toMatchObject({
			code: 'KEY_JUST_MADE',
		});
	});

	it('the next one signs with what is stored', async () => {
		const { headers } = (await authenticateWithSignedToken(await settled(SIGNING), request())) as {
			headers?: Record<string, string>;
		};
		expect(headers?.authorization).toMatch(/^Bearer eyJ/);
	});
});

describe('the first request of a credential that exchanges', () => {
	const network = {
		httpRequest: async () => await Promise.reject(new Error('nobody is to be asked')),
		sleep: async () => await Promise.resolve(),
	};

	it('has the key made and nothing asked of the service, which cannot know it', async () => {
		const data: CredentialData = { ...EXCHANGING };
		const sleep = network.sleep;
		await expect(authenticateWithAccessToken(data, request(), sleep)).rejects.toBeInstanceOf(
			KeyNeeded,
		);
		const fields = await preAuthenticate(data, network);
		expect(fields).toMatchObject({ accessToken: '', tokenState: '', keyMade: 'made' });
		Object.assign(data, fields);
		await expect(authenticateWithAccessToken(data, request(), sleep)).rejects.toMatchObject({
			code: 'KEY_JUST_MADE',
		});
		expect(await preAuthenticate(data, network)).toEqual({});
	});
});

describe('a test of a credential whose key has not been made', () => {
	it('finds what is wrong in the other fields, and keeps no key', async () => {
		const now = new Date();
		await expect(checkSigningCredential(SIGNING, now)).resolves.toBeUndefined();
		await expect(checkSigningCredential({ ...SIGNING, payload: '[]' }, now)).rejects.toMatchObject({
			code: 'PAYLOAD_NOT_OBJECT',
		});
		const [one, other] = [await withKeyUnderTest(SIGNING), await withKeyUnderTest(SIGNING)];
		expect(one.generatedPrivateKey).not.toBe(other.generatedPrivateKey);
		expect(SIGNING).not.toHaveProperty('generatedPrivateKey');
	});

	it('with a key uses that', async () => {
		const fields = await stored(SIGNING);
		expect(await withKeyUnderTest(fields)).toBe(fields);
	});
});

describe('a credential that is to have another key', () => {
	const another = async (data: CredentialData): Promise<CredentialData> => ({
		...(await settled(data)),
		newestKey: '2',
	});

	it('goes on with the one it has, and asks for nothing', async () => {
		const data = await another(SIGNING);
		expect([isKeyMissing(data), isNewestKeyMissing(data)]).toEqual([false, true]);
		expect(() => assertKeyReady(data, new Date())).not.toThrow();
		expect(await makeMissingKey(data, true)).toBeUndefined();
		await expect(authenticateWithSignedToken(data, request())).resolves.toHaveProperty('headers');
	});

	it('has it made for a request that is there for the key alone, in a field of its own', async () => {
		const data = await another(SIGNING);
		const asking = async () => await authenticateWithSignedToken(data, keyRequest());
		await expect(asking()).rejects.toBeInstanceOf(KeyNeeded);
		const made = await makeMissingKey(data, true);
		expect(made).toEqual({
			generatedPrivateKey2: expect.stringMatching(/^=n8n-key-1\.\d+\.[\w-]+$/),
			keyMade: 'made',
		});
		Object.assign(data, made);
		expect((await asking()).url).toMatch(/^data:/);
		expect(() => askForNewestKey({ ...data })).not.toThrow();
	});

	it('is not held up where n8n could not store it', async () => {
		const data = await another(SIGNING);
		expect(() => askForNewestKey(data)).toThrow(KeyNeeded);
		expect(() => askForNewestKey(data)).not.toThrow();
	});

	it('keeps its access token when the key is made', async () => {
		const stored = { accessToken: 'at-1', tokenState: '{}' };
		const data = { ...(await another(EXCHANGING)), ...stored };
		expect(() => askForNewestKey(data)).toThrow(KeyNeeded);
		const nobody = async () => await Promise.reject(new Error('nobody is to be asked'));
		const fields = await preAuthenticate(data, {
			httpRequest: nobody,
			sleep: async () => await Promise.resolve(),
		});
		expect(fields).toMatchObject({ ...stored, keyMade: 'made' });
	});

	it('signs on while the new one is left alone, which is waited for only where it is handed out', async () => {
		const data = await another(SIGNING);
		expect(() => askForNewestKey(data)).toThrow(KeyNeeded);
		const made = await makeMissingKey(data, true);
		const now = Date.now();
		data.generatedPrivateKey2 = String(made?.generatedPrivateKey2).slice(1);
		data.newestKeyFrom = new Date(now).toISOString();
		expect(() => assertKeyReady(data, new Date(now))).not.toThrow();
		expect(keySettlingTime(data, now)).toBe(0);
		expect(keySettlingTime(data, now, { newest: true })).toBeGreaterThan(0);
		expect(keySettlingTime(data, now + SETTLING_TIME, { newest: true })).toBe(0);
	});
});

it('a test finds what does not fit the key that will sign, while the other one does', async () => {
	const [one, other] = [await settled(SIGNING), await settled({ ...SIGNING, algorithm: 'ES384' })];
	const data = { ...one, newestKey: '2', generatedPrivateKey2: other.generatedPrivateKey };
	const soon = new Date(Date.now() + 60_000).toISOString();
	await expect(checkSigningCredential(data, new Date())).resolves.toBeUndefined();
	await expect(
		checkSigningCredential({ ...data, newestKeyFrom: soon }, new Date()),
	).rejects.toMatchObject({ code: 'KEY_ALGORITHM_MISMATCH' });
});
