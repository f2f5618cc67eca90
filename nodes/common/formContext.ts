import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	IWebhookFunctions,
} from 'n8n-workflow';

/** What reading a form asks of n8n: the part that executions and webhooks have in common. */
export interface FormContext {
	getNodeParameter(
		name: string,
		itemIndex: number,
		fallback?: unknown,
		options?: { rawExpressions?: boolean; skipValidation?: boolean },
	): unknown;
	getCredentials(type: string, itemIndex: number): Promise<ICredentialDataDecryptedObject>;
	getExecutionCancelSignal?(): AbortSignal | undefined;
	addExecutionHints?: IExecuteFunctions['addExecutionHints'];
	helpers: {
		httpRequest(options: IHttpRequestOptions): Promise<unknown>;
		httpRequestWithAuthentication?: IExecuteFunctions['helpers']['httpRequestWithAuthentication'];
	};
}

/** A webhook's context, read as that of an execution with one item: the call. */
export function formOfWebhook(context: IWebhookFunctions): FormContext {
	return {
		getNodeParameter: (name, _itemIndex, fallback, options): unknown =>
			context.getNodeParameter(name, fallback, options),
		getCredentials: async (type) => await context.getCredentials(type),
		helpers: {
			httpRequest: async (options): Promise<unknown> => await context.helpers.httpRequest(options),
		},
	};
}
