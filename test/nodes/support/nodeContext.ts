import type { CredentialData } from '../../../core/settings/credentialFields';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { Readable } from 'node:stream';
import {
	NodeOperationError,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INode,
} from 'n8n-workflow';

import { JwtSignApi } from '../../../credentials/JwtSignApi.credentials';
import { parameterReader } from './standIn';

/** What a run of a node is given. */
export interface NodeRun {
	/** Parameters for each item, as expressions give them. */
	items: ReadonlyArray<Record<string, unknown>>;
	/** Fields of the credential, whatever its type. */
	credential: CredentialData;
	/** Answer to requests without a credential: key sets, token endpoints. */
	document: (url: string) => unknown;
}

const node: INode = {
	id: '1',
	name: 'Node',
	type: 'n8n-nodes-jwt-auth.node',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** What Node.js and axios would refuse with an error of their own. */
function assertSendable({ url, method, headers, timeout }: IHttpRequestOptions): void {
	new URL(url);
	if (!/^[A-Z-]+$/.test(String(method))) throw new TypeError('Invalid HTTP method');
	if (!Number.isInteger(timeout) || Number(timeout) > 2 ** 31 - 1) throw new RangeError('timeout');
	for (const [name, value] of Object.entries(headers ?? {})) {
		validateHeaderName(name);
		for (const line of [value].flat()) validateHeaderValue(name, String(line));
	}
}

/** The pages of an API: what is asked for beyond page 2 does not exist. */
function page(url: string) {
	const statusCode = Number(new URL(url).searchParams.get('page') ?? 1) > 2 ? 404 : 200;
	const body = JSON.stringify({ url, items: [], records: [{ id: 1 }], has_more: false });
	return {
		statusCode,
		statusMessage: '',
		headers: { 'content-type': 'application/json' },
		body: Readable.from([Buffer.from(body)]),
	};
}

/**
 * Stands in for n8n while a node runs, with Continue On Fail and without a network. Requests are
 * authenticated for real and looked at as Node.js would.
 */
export function nodeContext({ items, credential, document }: NodeRun): IExecuteFunctions {
	const file = { data: '', mimeType: 'text/plain', fileName: 'a.txt' };
	const input = items.map((_, index) => ({ json: { index }, binary: { data: file } }));
	const context = {
		getInputData: () => input,
		getNode: () => node,
		getTimezone: () => 'Asia/Tokyo',
		continueOnFail: () => true,
		getNodeParameter: parameterReader(items),
		getCredentials: async () => await Promise.resolve({ ...credential }),
		addExecutionHints: () => {},
		helpers: {
			httpRequest: async ({ url }: IHttpRequestOptions) => {
				const body = Readable.from([Buffer.from(JSON.stringify(document(url)))]);
				return await Promise.resolve({ statusCode: 200, headers: {}, body });
			},
			httpRequestWithAuthentication: async (
				_type: string,
				request: IHttpRequestOptions,
				{ credentialsDecrypted }: { credentialsDecrypted: { data: CredentialData } },
			) => {
				assertSendable(request);
				const data = credentialsDecrypted.data as ICredentialDataDecryptedObject;
				assertSendable(await new JwtSignApi().authenticate(data, { ...request }));
				return page(request.url);
			},
			assertBinaryData: (itemIndex: number, name: string) => {
				if (typeof name !== 'string') throw new TypeError('not the name of a file');
				if (Object.hasOwn(input[itemIndex]?.binary ?? {}, name)) return file;
				throw new NodeOperationError(node, `The item has no binary field '${name}'`);
			},
			getBinaryDataBuffer: async () => await Promise.resolve(Buffer.from('x')),
			prepareBinaryData: async () => await Promise.resolve({ ...file }),
			detectBinaryEncoding: () => 'utf-8',
		},
	};
	return context as unknown as IExecuteFunctions;
}
