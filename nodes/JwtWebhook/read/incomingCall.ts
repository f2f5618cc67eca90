import type { IWebhookFunctions } from 'n8n-workflow';

/** One file of a form, as n8n has put it on its disk. */
export interface UploadedFile {
	filepath: string;
	originalFilename?: string | null;
	newFilename: string;
	mimetype?: string | null;
}

/** The part of a request, as Express and n8n hand it over, that this node reads. */
export interface IncomingCall {
	method: string;
	/** Names in lower case, RFC 9110 §5.1. */
	headers: Record<string, string | string[] | undefined>;
	/** Names and values in turn, as they came. */
	rawHeaders: readonly string[];
	params: Record<string, unknown>;
	query: Record<string, unknown>;
	/** Parsed; undefined for none and for types that n8n does not parse. */
	body?: unknown;
	/** Undefined for a form with files. */
	rawBody?: Buffer;
	/** Of the sender, by the proxies that n8n was told of (N8N_PROXY_HOPS). */
	ip?: string;
	contentType?: string;
	contentDisposition?: { filename?: string };
}

/** The call that a webhook was started with. */
export function readIncomingCall(context: IWebhookFunctions): IncomingCall {
	return context.getRequestObject() as unknown as IncomingCall;
}

/** Whether it is a form with files, which n8n takes apart while it arrives. */
export function isMultipart({ contentType }: IncomingCall): boolean {
	return contentType === 'multipart/form-data';
}
