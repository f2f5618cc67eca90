import {
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INodeParameters,
} from 'n8n-workflow';
import { Readable } from 'node:stream';
import { JwtExchangeApi } from '../../../credentials/JwtExchangeApi.credentials';
import { JwtSignApi } from '../../../credentials/JwtSignApi.credentials';

export type Fields = Record<string, INodeParameters[string]>;

/** What a server answered. */
export interface Answer {
	status: number;
	body: string;
	/** The header with which a server says why it refuses. */
	challenge: string;
}

const signApi = new JwtSignApi();
const exchangeApi = new JwtExchangeApi();

/** A credential's data as n8n hands it over: defaults filled in, fields that are not shown dropped. */
function asHandedOver({ properties }: ICredentialType, stored: Fields) {
	return NodeHelpers.getNodeParameters(
		properties,
		stored,
		true,
		false,
		null,
		null,
	) as ICredentialDataDecryptedObject;
}

async function fetchOptions({ url, method, headers, qs, body }: IHttpRequestOptions) {
	const target = new URL(url);
	for (const [name, value] of Object.entries(qs ?? {})) {
		target.searchParams.append(name, String(value));
	}
	return await fetch(target, {
		method: method ?? 'GET',
		headers: Object.entries(headers ?? {}).map(([name, value]): [string, string] => [
			name,
			String(value),
		]),
		body: typeof body === 'string' ? body : null,
		redirect: 'manual',
	});
}

async function answerTo(request: IHttpRequestOptions): Promise<Answer> {
	const response = await fetchOptions(request);
	return {
		status: response.status,
		body: await response.text(),
		challenge: response.headers.get('www-authenticate') ?? '',
	};
}

/** Sends a request with a JWT Sign API credential. */
export async function sendSigned(stored: Fields, request: IHttpRequestOptions): Promise<Answer> {
	return await answerTo(await signApi.authenticate(asHandedOver(signApi, stored), request));
}

/** n8n's helper of this name, as far as exchanging and fetching keys use it. */
export async function httpRequest(options: IHttpRequestOptions): Promise<object> {
	const { status, headers, body } = await fetchOptions(options);
	return {
		statusCode: status,
		headers: Object.fromEntries(headers),
		body: body ? Readable.fromWeb(body) : Readable.from([]),
	};
}

const helper: IHttpRequestHelper = { helpers: { httpRequest } };

/** A JWT Token Exchange API credential in use, with the token it keeps. */
export function exchanging(stored: Fields) {
	const data = asHandedOver(exchangeApi, stored);
	return {
		/** Sends a request, and fetches a token before it where there is none, in the order of n8n. */
		async send(request: IHttpRequestOptions): Promise<Answer> {
			try {
				return await answerTo(await exchangeApi.authenticate(data, request));
			} catch (error) {
				const asksForToken = (error as { response?: { status?: number } }).response?.status === 401;
				if (!asksForToken) throw error;
				Object.assign(data, await exchangeApi.preAuthentication.call(helper, data));
				return await answerTo(await exchangeApi.authenticate(data, request));
			}
		},
	};
}
