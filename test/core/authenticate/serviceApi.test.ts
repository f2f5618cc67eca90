import { randomUUID } from 'node:crypto';
import {
	authenticateForService,
	preAuthenticateForService,
} from '../../../core/authenticate/serviceApi';
import { JwtAuthError } from '../../../core/errors';
import { TEST_MARK } from '../../../core/authenticate/exchangeApi';
import { SETTLING_TIME, writeKeptKey } from '../../../core/keys/keptKey';
import { keyPairFields } from '../../../core/services/keyPair';
import { defineService, key, secret, text } from '../../../core/services/fields';
import type { GenericData } from '../../../core/services/service';
import { granted, network } from '../support/exchangeCases';
import { ec, pem, publicPem, rsa } from '../support/keyFixtures';

const privateKey = pem(rsa, 'pkcs8');
const url = 'https://api.acme.com/me';

const acme = (made: Partial<GenericData> = {}) =>
	defineService({
		name: 'Acme',
		recipe: 'acme',
		exchanges: true,
		api: { url: 'https://api.acme.com' },
		hosts: 'api.acme.com',
		advice: 'Check Client ID.',
		refusals: [[/bad signature/, 'Check the key of Acme.']],
		forbidden: 'Ask Acme.',
		test: { baseUrl: 'https://api.acme.com', path: '/me' },
		fields: [text('id', 'Client ID', 'of it', { required: true })],
		toGeneric: ({ id }) => ({
			algorithm: 'RS256',
			privateKey,
			payload: { iss: id },
			expiresIn: '5m',
			...made,
		}),
	});

const trading = acme({ grant: 'jwtBearer', tokenUrl: 'https://api.acme.com/token' });

/** Goes through what n8n does for one request. */
async function request(
	service: typeof trading,
	endpoint: ReturnType<typeof network>,
	data: object,
) {
	const filled = { accessToken: '', ...data };
	const authenticate = async () =>
		await authenticateForService(service, filled, { url }, endpoint.sleep);
	await expect(authenticate()).rejects.toMatchObject({ response: { status: 401 } });
	Object.assign(filled, await preAuthenticateForService(service, filled, endpoint));
	return { sent: await authenticate(), stored: filled };
}

it('a signed token goes out at once, and the mark of a test does not', async () => {
	const options = { url, [TEST_MARK]: true };
	const { sleep } = network(granted());
	const sent = await authenticateForService(acme(), { id: '7' }, options, sleep);
	expect(sent).toEqual({
		url,
		headers: { authorization: expect.stringMatching(/^Bearer eyJ/) as string },
	});
	expect(await preAuthenticateForService(acme(), { id: '7' }, network(granted()))).toEqual({});
});

const CLOCK_TOO = 'The clock of the machine n8n runs on has to be right, too.';

it('a token is traded once, stored by n8n, and used again', async () => {
	const endpoint = network(granted('at-1'));
	const id = randomUUID();
	const { sent, stored } = await request(trading, endpoint, { id });
	expect(sent).toMatchObject({ headers: { authorization: 'Bearer at-1' } });
	expect(stored.accessToken).toBe('at-1');
	const again = { ...stored };
	expect(await authenticateForService(trading, again, { url }, endpoint.sleep)).toMatchObject({
		headers: { authorization: 'Bearer at-1' },
	});
	expect(endpoint.requests).toHaveLength(1);
});

it.each([
	[
		'its own words',
		{ error: 'invalid_grant', error_description: 'bad signature' },
		'Check the key of Acme.',
	],
	[
		'any others',
		{ error: 'invalid_grant', error_description: 'no' },
		`Check Client ID. ${CLOCK_TOO}`,
	],
])('a refusal in %s is answered with what to look at in the form', async (_words, body, hint) => {
	const endpoint = network({ statusCode: 400, body });
	const call = request(trading, endpoint, { id: randomUUID() });
	await expect(call).rejects.toMatchObject({ code: 'EXCHANGE_REJECTED', hint });
});

it.each<[string, Partial<GenericData>, string, string]>([
	['a host of somebody else', {}, 'https://evil.example.com/', 'DOMAIN_NOT_ALLOWED'],
	['a key of another kind', { algorithm: 'ES256' }, url, 'KEY_WRONG_TYPE'],
	['a life that is none', { expiresIn: 'x' }, url, 'DURATION_INVALID'],
])('%s: the hint names no field that the form has not', async (_what, made, address, code) => {
	const { sleep } = network(granted());
	const call = authenticateForService(acme(made), { id: '7' }, { url: address }, sleep);
	await expect(call).rejects.toMatchObject({
		code,
		hint: expect.not.stringMatching(/Algorithm|algorithm that|Allowed Domains|Token URL/) as string,
	});
});

it('a refusal is answered with where the key is that n8n has made, where it has made one', async () => {
	const fields = keyPairFields([key('privateKey', 'Private Key', 'of it')]);
	const keyPair = { algorithm: 'ES256' };
	const toGeneric = ({ privateKey: pasted = '' }: Record<string, string>) => ({
		...trading.toGeneric({ id: randomUUID() }),
		algorithm: 'ES256',
		privateKey: pasted,
	});
	const service = { ...trading, refusals: [], fields, keyPair, toGeneric };
	const der = ec.export({ format: 'der', type: 'pkcs8' });
	const generatedPrivateKey = writeKeptKey(der, Date.now() - SETTLING_TIME).slice(1);
	const endpoint = network({ statusCode: 400, body: { error: 'invalid_grant' } });
	const hint = async (data: object): Promise<string> => {
		const error: unknown = await request(service, endpoint, data).catch(
			(thrown: unknown) => thrown,
		);
		return (error as JwtAuthError).hint;
	};
	const made = await hint({ keySource: 'generate', generatedPrivateKey });
	expect(made).toContain('JWT Sign > Get Public Key');
	const pasted = await hint({ keySource: 'paste', privateKey: pem(ec, 'pkcs8') });
	expect(pasted).toBe(`Check Client ID. ${CLOCK_TOO}`);
});

describe('a key that cannot be used', () => {
	const keyed = (more: ReturnType<typeof secret>[] = []) =>
		defineService({
			...acme(),
			fields: [key('file', 'Key File', 'The file from Acme'), ...more],
			toGeneric: ({ file, passphrase = '' }: Record<string, string>) => ({
				algorithm: 'RS256',
				privateKey: file ?? '',
				keyPassphrase: passphrase,
				payload: {},
				expiresIn: '5m',
			}),
		});
	const hintFor = async (service: typeof trading, data: Record<string, string>) => {
		const { sleep } = network(granted());
		const call = authenticateForService(service, data, { url }, sleep);
		const error: unknown = await call.catch((thrown: unknown) => thrown);
		return (error as { hint: string }).hint;
	};
	const where = 'See Key File in the credential: The file from Acme.';

	it.each([
		['is none', 'hello', where],
		['is of another kind', pem(ec, 'pkcs8'), where],
		['is encrypted, and the form has no passphrase', pem(rsa, 'pkcs8', 'aes-256-cbc'), where],
		['is public', publicPem(rsa), `Paste the private key; a public key can only verify. ${where}`],
	])('%s: the hint names its field', async (_what, file, hint) => {
		expect(await hintFor(keyed(), { file })).toBe(hint);
	});

	it('is encrypted: the hint names the field for the passphrase, but not for a key that is none', async () => {
		const form = keyed([secret('passphrase', 'Key Passphrase', 'of it', {})]);
		const file = pem(rsa, 'pkcs8', 'aes-256-cbc');
		for (const passphrase of ['', 'wrong']) {
			expect(await hintFor(form, { file, passphrase })).toBe('Check Key Passphrase.');
		}
		expect(await hintFor(form, { file: 'hello' })).toBe(where);
	});

	it('is a secret: the hint names its field among others', async () => {
		const form = defineService({
			...acme(),
			fields: [text('id', 'Client ID', 'of it'), secret('word', 'API Word', 'The one from Acme.')],
			toGeneric: ({ word = '' }: Record<string, string>) => ({
				algorithm: 'HS256',
				secret: word,
				payload: { iss: 'x' },
				expiresIn: '5m',
			}),
		});
		const hint = await hintFor(form, { word: 'short' });
		expect(hint).toMatch(/See API Word in the credential: The one from Acme\.$/);
	});

	it('stands among other fields: the hint names the one of the key', async () => {
		const file = key('file', 'Key File', 'The file from Acme.');
		const fields = [text('id', 'Client ID', 'of it'), secret('word', 'Secret', 'of it', {}), file];
		expect(await hintFor({ ...keyed(), fields }, { file: 'hello' })).toBe(where);
	});
});

it('a hint that speaks of a field of the form and of another one that is missing is not shown', async () => {
	const service = acme({ grant: 'clientCredentials', tokenUrl: 'https://api.acme.com/token' });
	const endpoint = network({ statusCode: 400, body: { error: 'invalid_client' } });
	const hint = `Check Client ID. ${CLOCK_TOO}`;
	const call = request({ ...service, refusals: [] }, endpoint, { id: randomUUID() });
	await expect(call).rejects.toMatchObject({ hint });
});

describe('a hint', () => {
	const hintOf = async (hint: string, form: Partial<typeof trading> = {}) => {
		const service = {
			...acme(),
			...form,
			toGeneric: () => {
				throw new JwtAuthError('FIELD_INVALID', 'Something is wrong.', { hint });
			},
		};
		const { sleep } = network(granted());
		const call = authenticateForService(service, { id: '7' }, { url }, sleep);
		const error: unknown = await call.catch((thrown: unknown) => thrown);
		return (error as JwtAuthError).hint;
	};

	it.each([
		...['Advanced Options', 'Algorithm', 'Allowed Domains', 'Backdate', 'Body Format'],
		...['Expires In', 'Key Passphrase', 'Payload', 'Request Binding', 'Scope', 'Secret Encoding'],
		...['Specific Domains', 'Token Field', 'Token URL'],
	])('that sends to %s is not shown, as the form has no such field', async (label) => {
		expect(await hintOf(`Look at ${label}.`)).toBe(`Check Client ID. ${CLOCK_TOO}`);
		expect(await hintOf(`Look at the ${label.toLowerCase()} of it.`)).toBe(
			`Check Client ID. ${CLOCK_TOO}`,
		);
	});

	it('that names a field of the form, or none, is shown', async () => {
		const client = text('id', 'Client ID', 'of it');
		const fields = [client, { ...key('file', 'Key File', 'of it'), required: false }];
		for (const hint of ['Look at Client ID.', 'Look at the clock.']) {
			expect(await hintOf(hint)).toBe(hint);
			expect(await hintOf(hint, { fields })).toBe(hint);
		}
	});
});

it.each([
	[
		'may be elsewhere says where to enter that',
		{ elsewhere: 'Enter it in Hosts.' },
		'Enter it in Hosts.',
	],
	['is in one place says that the address is wrong', {}, 'Check the address.'],
])('a service whose API %s', async (_where, more, todo) => {
	const service = { ...acme(), ...more };
	const { sleep } = network(granted());
	const elsewhere = { url: 'https://own.example.com/' };
	await expect(
		authenticateForService(service, { id: '7' }, elsewhere, sleep),
	).rejects.toMatchObject({ hint: `This credential is for Acme alone. ${todo}` });
});

it('an error of another kind is left as it is', async () => {
	const broken = new RangeError('out of range');
	const service = {
		...acme(),
		toGeneric: () => {
			throw broken;
		},
	};
	const { sleep } = network(granted());
	const call = authenticateForService(service, { id: '7' }, { url }, sleep);
	await expect(call).rejects.toBe(broken);
});
