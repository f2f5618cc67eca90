import { createHash, createPublicKey, X509Certificate, type JsonWebKey } from 'node:crypto';
import { Readable } from 'node:stream';
import { keyRequest } from '../../../core/authenticate/keyRequest';
import {
	authenticateForService,
	preAuthenticateForService,
} from '../../../core/authenticate/serviceApi';
import { KEY_TYPES, keyData } from '../../../core/authenticate/serviceKey';
import { SETTLING_TIME } from '../../../core/keys/keptKey';
import { publicHalf } from '../../../core/keys/publicHalf';
import type { NetworkRequest } from '../../../core/request/network';
import { KEY_SERVICES } from '../../../core/services/keyServices';
import type { Service } from '../../../core/services/service';
import { readSigningSettings } from '../../../core/settings/readCredential';
import type { CredentialData } from '../../../core/settings/credentialFields';
import { JudgingService } from '../../support/services/judgingService';
import type { Jwt, ServiceCase } from '../../support/services/serviceCase';
import { expectCode } from '../support/expectCode';
import { SERVICE_CASES } from '../../support/services/serviceCases';

const SECRETS = ['privateKey', 'certificate', 'passphrase'];

const cases = KEY_TYPES.map(({ type }): [string, Service, ServiceCase] => {
	const service = KEY_SERVICES[type];
	const found = SERVICE_CASES.find((one) => one.type === type);
	if (!service || !found) throw new Error(`There is no case for ${type}`);
	return [type, service, found];
});

const nobody = {
	httpRequest: async () => await Promise.reject(new Error('nobody is to be asked')),
	sleep: async () => await Promise.resolve(),
};

const EMPTY = { keySource: 'generate', generatedPrivateKey: '', accessToken: '', tokenState: '' };

/** What n8n stores of the key that it made, by type: making one takes long. */
const made = new Map<string, Promise<Record<string, unknown>>>();

async function makeKey(type: string, service: Service): Promise<Record<string, unknown>> {
	const before = made.get(type);
	if (before) return await before;
	const making = preAuthenticateForService(service, { ...EMPTY }, nobody);
	made.set(type, making as Promise<Record<string, unknown>>);
	return await makeKey(type, service);
}

/** The fields with that key, read again when it may be used. */
async function withKey(type: string, service: Service, data: object): Promise<CredentialData> {
	const fields = await makeKey(type, service);
	const [, , encoded = ''] = String(fields.generatedPrivateKey).split('.');
	const long = Date.now() - SETTLING_TIME;
	const generatedPrivateKey = `n8n-key-1.${long}.${encoded}`;
	return { ...EMPTY, ...data, ...fields, generatedPrivateKey };
}

async function handOut(type: string, data: CredentialData) {
	const settings = readSigningSettings(keyData(type, data));
	const now = new Date();
	const keys = await publicHalf(settings, { format: 'publicKey', snowflakeUser: '' }, now);
	const asked = { format: 'certificate', subject: { commonName: 'n8n' }, lifeInDays: 9 } as const;
	const subject = { ...asked.subject, country: '', organization: '', organizationalUnit: '' };
	const { certificate } = Object(await publicHalf(settings, { ...asked, subject }, now)) as {
		certificate: string;
	};
	const { jwk, keyId, snowflakeFingerprint } = keys as unknown as {
		jwk: JsonWebKey;
		keyId: string;
		snowflakeFingerprint: string;
	};
	return { jwk, keyId, certificate, snowflakeFingerprint };
}

/** What a service checks of the key of its form, for another key; and what only n8n itself adds. */
function ofThisKey(
	type: string,
	{ header, payload }: Jwt,
	handedOut: { certificate: string; snowflakeFingerprint: string },
): Record<string, boolean> {
	if (type === 'entraAppJwtApi') {
		const { raw } = new X509Certificate(handedOut.certificate);
		const thumbprint = createHash('sha256').update(raw).digest('base64url');
		return { certificate: header['x5t#S256'] === thumbprint };
	}
	if (type !== 'snowflakeJwtApi') return {};
	return { agent: true, iss: String(payload.iss).endsWith(handedOut.snowflakeFingerprint) };
}

/** The network of a service: every request is judged by it. */
function networkOf(judge: JudgingService) {
	const answer = ({ url, method = 'GET', headers = {}, body = '' }: Partial<NetworkRequest>) => {
		const { host, pathname, search } = new URL(url ?? '');
		const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
		return judge.answer({
			...{ method, host, path: pathname + search, headers: Object.fromEntries(lower) as object },
			body: String(body),
		} as Parameters<JudgingService['answer']>[0]);
	};
	return {
		answer,
		sleep: nobody.sleep,
		httpRequest: async (request: NetworkRequest) => {
			const { status, body } = answer(request);
			const text = Readable.from([Buffer.from(JSON.stringify(body))]);
			return await Promise.resolve({ statusCode: status, headers: {}, body: text });
		},
	};
}

describe.each(cases)('%s: the key that n8n makes', (type, service, { form, ...found }) => {
	const filled = Object.fromEntries(
		Object.entries(form).filter(([name]) => !SECRETS.includes(name)),
	);

	it('is made and handed out before the service has handed out anything', async () => {
		const request = async (data: CredentialData) =>
			await authenticateForService(service, data, keyRequest(), nobody.sleep);
		await expect(request({ ...EMPTY })).rejects.toMatchObject({ response: { status: 401 } });
		const data = await withKey(type, service, {});
		expect((await request(data)).url).toMatch(/^data:/);
		expect(data.keyMade).toBe('made');
		expect(Object.hasOwn(data, 'accessToken')).toBe(true);
		const { jwk, certificate } = await handOut(type, data);
		expect(jwk).not.toHaveProperty('d');
		expect(certificate).toContain('BEGIN CERTIFICATE');
		expect(await preAuthenticateForService(service, data, nobody).catch(() => ({}))).toEqual({});
	});

	it('is not used by the request that it was made for, and the hint names no field that is not there', async () => {
		const fields = await makeKey(type, service);
		const data = { ...EMPTY, ...filled, uploadedCertificate: 'x', ...fields };
		const request = authenticateForService(service, data, { url: found.called }, nobody.sleep);
		await expect(request).rejects.toMatchObject({
			code: 'KEY_JUST_MADE',
			hint: expect.not.stringMatching(/See |Private Key/) as string,
		});
	});

	it('is taken by the service once it knows what was handed out', async () => {
		const data = await withKey(type, service, filled);
		const { jwk, keyId, certificate, snowflakeFingerprint } = await handOut(type, data);
		const seen: Array<Record<string, unknown>> = [];
		const judge = new JudgingService({
			...found,
			form,
			keys: [{ publicKey: createPublicKey({ key: jwk, format: 'jwk' }) }],
			checks: (jwt, now, request) => {
				seen.push(jwt.header);
				const checks = found.checks(jwt, now, request);
				return { ...checks, ...ofThisKey(type, jwt, { certificate, snowflakeFingerprint }) };
			},
		});
		const network = networkOf(judge);
		const used = { ...data, uploadedCertificate: certificate };
		const request = async () =>
			await authenticateForService(service, used, { url: found.called }, network.sleep);
		if (found.exchange) {
			await expect(request()).rejects.toMatchObject({ response: { status: 401 } });
			Object.assign(used, await preAuthenticateForService(service, used, network));
		}
		expect(network.answer(await request())).toEqual({ status: 200, body: { ok: true } });
		expect(seen).toHaveLength(1);
		expect(seen[0]?.alg).toBe(service.keyPair?.algorithm);
		if (service.keyPair?.keyIdFromKey) expect(seen[0]?.kid).toBe(filled.keyId ?? keyId);
	});
});

it('Entra is not asked without the certificate by which it finds the key', async () => {
	const service = KEY_SERVICES.entraAppJwtApi;
	const found = cases.find(([type]) => type === 'entraAppJwtApi')?.[2];
	if (!service || !found) throw new Error('There is no case for Entra');
	const data = await withKey('entraAppJwtApi', service, { ...found.form, keySource: 'generate' });
	const request = authenticateForService(service, data, { url: found.called }, nobody.sleep);
	await expect(request).rejects.toMatchObject({
		code: 'FIELD_INVALID',
		message: 'Certificate is empty.',
		hint: expect.stringContaining('Self-Signed Certificate') as string,
	});
});

it.each(cases)('%s: the key that n8n makes is handed out under the Key ID of the form', (type) => {
	const data = { ...EMPTY, keyId: ' of-the-service ' };
	expect(keyData(type, data).keyId).toBe('of-the-service');
	expect(keyData(type, EMPTY).keyId).toBe('');
	expectCode('FIELD_INVALID', () => keyData(type, { ...EMPTY, keyId: {} }));
	expect(() => keyData(type, { ...EMPTY, keyId: {} })).toThrow(/^Key ID /);
});

it('of a service with a pasted key it is what its generic credential holds, and of others what they are', () => {
	const found = cases.find(([type]) => type === 'snowflakeJwtApi')?.[2];
	const privateKey = String(found?.form.privateKey).trim();
	expect(keyData('snowflakeJwtApi', found?.form ?? {})).toMatchObject({
		algorithm: 'RS256',
		privateKey,
	});
	const data = { algorithm: 'ES256' };
	expect(keyData('jwtSignApi', data)).toBe(data);
	expect(keyData('toString', data)).toBe(data);
});
