import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { NodeApiError, type ICredentialDataDecryptedObject } from 'n8n-workflow';
import { noteRefusal } from '../../../../core/authenticate/refusals';
import { JwtAuthError } from '../../../../core/errors';
import { obtainToken } from '../../../../core/exchange/session';
import { JwtExchangeApi } from '../../../../credentials/JwtExchangeApi.credentials';
import {
	exchangeData,
	exchangeSettings,
	granted,
	network,
} from '../../../core/support/exchangeCases';
import { readProof } from '../../../core/support/proofs';
import { startDeadline } from '../../../../core/request/deadline';
import type { SendingSettings } from '../../../../core/request/sendingSettings';
import { noteSentToken } from '../../../../core/request/sentTokens';
import {
	sendAuthenticated,
	sendPlain,
} from '../../../../nodes/JwtHttpRequest/send/sendAuthenticated';
import { hop, senderTo, type Reply } from '../support/sender';

const deadline = () => startDeadline(60_000);

describe('what n8n is asked for', () => {
	it('is one request to one address, whose answer is judged here', async () => {
		const { sender, requests } = senderTo(() => ({}), { timeout: 1234, ignoreSslIssues: true });
		const sent = {
			...hop('https://api.test/x'),
			headers: { a: ['1', '2'] },
			body: Buffer.from('x'),
		};
		await sendPlain(sender, sent, deadline());
		expect(requests).toEqual([
			{
				method: 'GET',
				url: 'https://api.test/x',
				headers: { a: ['1', '2'] },
				body: Buffer.from('x'),
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				sendCredentialsOnCrossOriginRedirect: false,
				timeout: 1234,
				abortSignal: expect.any(AbortSignal) as AbortSignal,
				proxy: undefined,
				skipSslCertificateValidation: true,
			},
		]);
	});

	it('has the allowed domains beside it where the credential has some', async () => {
		const { sender, requests } = senderTo(() => ({}));
		const domains = { mode: 'domains', allowedDomains: 'api.test' };
		sender.credential.sending = { ...sender.credential.sending, domains } as SendingSettings;
		await sendAuthenticated(sender, hop(), deadline());
		expect(requests).toMatchObject([{ allowedDomains: 'api.test' }]);
	});

	it('is authenticated with a copy of the fields, by the type of the credential', async () => {
		const { sender } = senderTo(() => ({}));
		const given: unknown[] = [];
		sender.credential.data = { token: 'a' };
		sender.context.helpers.httpRequestWithAuthentication = async (type, _options, additional) => {
			given.push(type, additional);
			return await Promise.resolve({ statusCode: 200, headers: {}, body: Readable.from([]) });
		};
		await sendAuthenticated(sender, hop(), deadline());
		const data = { token: 'a' };
		expect(given).toEqual([
			'jwtTokenApi',
			{ credentialsDecrypted: { id: '1', name: 'x', type: 'jwtTokenApi', data } },
		]);
		const [, { credentialsDecrypted }] = given as [
			string,
			{ credentialsDecrypted: { data: object } },
		];
		expect(credentialsDecrypted.data).not.toBe(sender.credential.data);
	});
});

it('a proxy that could read the token and is not listed gets none', async () => {
	const proxy = { host: 'proxy.test', port: 80, protocol: 'http' };
	const { sender, requests } = senderTo(() => ({}), { proxy, ignoreSslIssues: true });
	const domains = { mode: 'domains', allowedDomains: 'api.test' };
	sender.credential.sending = { ...sender.credential.sending, domains } as SendingSettings;
	await expect(sendAuthenticated(sender, hop(), deadline())).rejects.toMatchObject({
		code: 'DOMAIN_NOT_ALLOWED',
	});
	expect(requests).toEqual([]);
});

it('a token that an API repeats is known from the moment it was sent', async () => {
	const { sender } = senderTo(() => ({}));
	sender.context.helpers.httpRequestWithAuthentication = async (_type, _options, additional) => {
		const { data } = additional?.credentialsDecrypted ?? {};
		noteSentToken(data as Record<string, unknown>, 'opaque-access-token');
		return await Promise.reject(new Error('refused'));
	};
	await expect(sendAuthenticated(sender, hop(), deadline())).rejects.toBeInstanceOf(Error);
	expect(sender.secrets.redact('got opaque-access-token')).not.toContain('opaque-access-token');
});

describe('what the credential refuses', () => {
	const refusal = new JwtAuthError('KEY_MISSING', 'The secret is empty.');
	const failing = async (noted: JwtAuthError | undefined) => {
		const { sender } = senderTo(() => ({}));
		sender.context.helpers.httpRequestWithAuthentication = async (_type, _options, additional) => {
			const { data = {} } = additional?.credentialsDecrypted ?? {};
			noteRefusal(data as Record<string, unknown>, refusal);
			noteRefusal(data as Record<string, unknown>, noted);
			return await Promise.reject(new Error('what n8n made of it'));
		};
		return await sendAuthenticated(sender, hop(), deadline()).catch((thrown: unknown) => thrown);
	};

	it('is told in its own words, message and hint apart', async () => {
		expect(await failing(refusal)).toBe(refusal);
	});

	it('is not what a request failed for that was authenticated after all', async () => {
		expect(await failing(undefined)).toBeInstanceOf(NodeApiError);
	});
});

describe('no answer', () => {
	const failing = async (error: unknown, limit = deadline()) => {
		const { sender } = senderTo(() => {
			throw error;
		});
		return await sendPlain(sender, hop(), limit).catch((thrown: unknown) => thrown);
	};

	it('for a certificate that nobody knows says what to do, with the host alone', async () => {
		const error = Object.assign(new Error('x'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
		const { message, description } = (await failing(error)) as NodeApiError;
		expect(message).toMatch(/^api\.test has a certificate that it signed itself/);
		expect(description).toMatch(/NODE_EXTRA_CA_CERTS.*Ignore SSL Issues under Options/);
		expect(`${message} ${description}`).not.toContain('file.bin');
	});

	it('is an error of n8n with the cause', async () => {
		const error = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
		expect(await failing(error)).toBeInstanceOf(NodeApiError);
	});

	it('in time is told as that, by our clock and by the one of the HTTP client', async () => {
		const late = { ...deadline(), isOver: () => true };
		expect(await failing(new Error('canceled'), late)).toMatchObject({ code: 'RESPONSE_TIMEOUT' });
		const axios = new Error('timeout of 50ms exceeded');
		expect(await failing(axios)).toMatchObject({ code: 'RESPONSE_TIMEOUT' });
	});

	it('is also what is no response at all', async () => {
		for (const odd of [
			undefined,
			'text',
			{},
			{ statusCode: '200', body: {} },
			{ statusCode: 200 },
		]) {
			const { sender } = senderTo(() => ({}));
			sender.context.helpers.httpRequest = async () => await Promise.resolve(odd);
			await expect(sendPlain(sender, hop(), deadline())).rejects.toBeInstanceOf(NodeApiError);
		}
	});
});

it('a 401 is an answer where there is no access token to renew', async () => {
	const { sender, requests } = senderTo(() => ({ statusCode: 401 }));
	expect(await sendAuthenticated(sender, hop(), deadline())).toMatchObject({ statusCode: 401 });
	expect(requests).toHaveLength(1);
});

describe('an API that wants a nonce in the DPoP proof', () => {
	const exchanging = new JwtExchangeApi();

	/** Sends with a DPoP credential to an API that answers these in turn; each proof's nonce. */
	async function send(...replies: Reply[]) {
		const origin = `https://${randomUUID()}.test`;
		const { sender, requests } = senderTo(
			() => replies[Math.min(requests.length, replies.length) - 1] ?? {},
		);
		const settings = { useAdvanced: ['proof'], useDpop: true, payload: `{ "sub": "${origin}" }` };
		sender.credential = {
			...sender.credential,
			type: 'jwtExchangeApi',
			data: exchangeData(settings),
		};
		const bound = granted('at-1', { token_type: 'DPoP' });
		await obtainToken(
			exchangeSettings(settings),
			network(bound, granted('at-2', { token_type: 'DPoP' })),
		);
		const { httpRequest } = sender.context.helpers;
		sender.context.helpers.httpRequestWithAuthentication = async (_type, request, more) => {
			const data = more?.credentialsDecrypted?.data as ICredentialDataDecryptedObject;
			return (await httpRequest(await exchanging.authenticate(data, request))) as unknown;
		};
		const { statusCode } = await sendAuthenticated(sender, hop(`${origin}/x`), deadline());
		const nonces = requests.map(({ headers }) => readProof(headers?.DPoP).claims.nonce);
		return { statusCode, nonces };
	}

	const refused = (nonce: string): Reply => ({
		statusCode: 401,
		headers: { 'www-authenticate': 'DPoP error="use_dpop_nonce"', 'dpop-nonce': nonce },
	});

	it('gets the request once more, with the nonce it gave', async () => {
		expect(await send(refused('n-1'), {})).toEqual({ statusCode: 200, nonces: [undefined, 'n-1'] });
	});

	it('gets it no more where the proof was taken', async () => {
		const taken = { headers: { 'dpop-nonce': 'n-1' } };
		expect(await send(taken)).toEqual({ statusCode: 200, nonces: [undefined] });
	});

	it('that is never content does not get it without end', async () => {
		const { statusCode, nonces } = await send(refused('n-1'), refused('n-2'), refused('n-3'));
		expect(statusCode).toBe(401);
		expect(nonces).toEqual([undefined, 'n-1']);
	});
});
