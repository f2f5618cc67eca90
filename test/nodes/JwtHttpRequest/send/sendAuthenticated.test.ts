import { Readable } from 'node:stream';
import { NodeApiError } from 'n8n-workflow';
import { startDeadline } from '../../../../core/request/deadline';
import type { SendingSettings } from '../../../../core/request/sendingSettings';
import { noteSentToken } from '../../../../core/request/sentTokens';
import {
	sendAuthenticated,
	sendPlain,
} from '../../../../nodes/JwtHttpRequest/send/sendAuthenticated';
import { hop, senderTo } from '../support/sender';

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

describe('no answer', () => {
	const failing = async (error: unknown, limit = deadline()) => {
		const { sender } = senderTo(() => {
			throw error;
		});
		return await sendPlain(sender, hop(), limit).catch((thrown: unknown) => thrown);
	};

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
