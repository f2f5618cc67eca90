import type { ExchangeSettings } from '../../../core/exchange/exchangeSettings';
import type { CredentialData } from '../../../core/settings/credentialFields';
import { generateKeyPairSync } from 'node:crypto';
import { Readable } from 'node:stream';

import type { Network, NetworkRequest } from '../../../core/request/network';
import { readExchangeSettings } from '../../../core/settings/readExchange';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');

/** Verifies the assertions of {@link exchangeData}. */
export const assertionPublicKey = publicKey;

export const TOKEN_URL = 'https://auth.example.com/oauth/token';

/** The fields of a jwtExchangeApi credential that works. */
export function exchangeData(data: CredentialData = {}): CredentialData {
	return {
		grant: 'jwtBearer',
		tokenUrl: TOKEN_URL,
		algorithm: 'EdDSA',
		privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
		payload: '{ "iss": "me", "sub": "you" }',
		accessToken: '',
		tokenState: '',
		...data,
	};
}

/** Settings read from {@link exchangeData}. */
export function exchangeSettings(data: CredentialData = {}): ExchangeSettings {
	return readExchangeSettings(exchangeData(data));
}

/** What a stand-in token endpoint answers; an Error is thrown, as by a broken connection. */
export type Reply =
	| Error
	| { statusCode?: number; headers?: Record<string, unknown>; body?: unknown };

/** A network whose token endpoint gives these replies in turn, the last one for ever. */
export function network(...replies: Reply[]) {
	const requests: NetworkRequest[] = [];
	const pauses: number[] = [];
	const stand: Network & { requests: NetworkRequest[]; pauses: number[] } = {
		requests,
		pauses,
		httpRequest: async (options) => {
			requests.push(options);
			const reply = replies[Math.min(requests.length, replies.length) - 1];
			if (reply instanceof Error) throw reply;
			const { statusCode = 200, headers = {}, body = {} } = reply ?? {};
			const text = typeof body === 'string' ? body : JSON.stringify(body);
			const stream = Readable.from([Buffer.from(text)]);
			return await Promise.resolve({ statusCode, headers, body: stream });
		},
		sleep: async (milliseconds) => {
			// The one who announced an exchange is given seconds; tests make it at once.
			if (milliseconds === 5000) return await new Promise(() => {});
			pauses.push(milliseconds);
			return await Promise.resolve();
		},
	};
	return stand;
}

/** An answer with a token. */
export function granted(token = 'at-1', more: Record<string, unknown> = {}): Reply {
	return { body: { access_token: token, token_type: 'Bearer', expires_in: 3600, ...more } };
}
