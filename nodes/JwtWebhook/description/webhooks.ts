import type { IWebhookDescription } from 'n8n-workflow';

const METHOD = '$parameter["httpMethod"]';
const OPTIONS = '$parameter["options"]';

/** The webhook itself, and beside it the address of its metadata where they are published. */
export const webhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: `={{ ${METHOD} || "GET" }}`,
		isFullPath: true,
		path: '={{ $parameter["path"] }}',
		responseMode: '={{ $parameter["responseMode"] }}',
		responseCode: `={{ ${OPTIONS}["responseCode"] || 200 }}`,
		responseData: `={{ $parameter["responseMode"] === "lastNode" ? $parameter["responseData"] : ${OPTIONS}["noResponseBody"] ? "noData" : (${OPTIONS}["responseData"] || undefined) }}`,
		responseBinaryPropertyName: '={{ $parameter["responseBinaryPropertyName"] }}',
		responseContentType: `={{ ${OPTIONS}["responseContentType"] }}`,
		responsePropertyName: `={{ ${OPTIONS}["responsePropertyName"] }}`,
		responseHeaders: `={{ ${OPTIONS}["responseHeaders"] }}`,
	},
	{
		name: 'setup',
		// n8n registers nothing where there is no method.
		httpMethod: `={{ ${OPTIONS}["publishMetadata"] ? "GET" : "" }}`,
		isFullPath: true,
		path: '={{ ($parameter["path"] || $webhookId) + "/.well-known/oauth-protected-resource" }}',
		ndvHideUrl: `={{ !${OPTIONS}["publishMetadata"] }}`,
	},
];

/** An output for each method, and one for refused calls where they run the workflow. */
export const outputs = `={{ [].concat(${METHOD}).map((method) => ({ type: "main", displayName: method })).concat(${OPTIONS} && ${OPTIONS}["refusedPerMinute"] && $parameter["responseMode"] !== "streaming" ? [{ type: "main", displayName: "Refused" }] : []) }}`;
