import * as n8n from 'n8n-workflow';

type Values = n8n.INodeParameters;

/**
 * What n8n asks about the form. Each function stands on its own, since n8n is given its text too, to
 * be computed as an expression.
 */
type Questions = Record<string, (parameters: Values) => n8n.NodeParameterValueType | undefined>;

const ofCalls: Questions = {
	httpMethod: ({ httpMethod }) => httpMethod || 'GET',
	path: ({ path }) => path,
	responseMode: ({ responseMode }) => responseMode,
	responseCode: ({ options }) => (options as Values).responseCode || 200,
	responseData: ({ responseMode, responseData, options }) => {
		if (responseMode === 'lastNode') return responseData;
		if ((options as Values).noResponseBody === true) return 'noData';
		return (options as Values).responseData || undefined;
	},
	responseBinaryPropertyName: ({ responseBinaryPropertyName }) => responseBinaryPropertyName,
	responseContentType: ({ options }) => (options as Values).responseContentType,
	responsePropertyName: ({ options }) => (options as Values).responsePropertyName,
	responseHeaders: ({ options }) => (options as Values).responseHeaders,
};

const ofMetadata: Questions = {
	// n8n registers nothing where there is no method.
	httpMethod: ({ options }) => ((options as Values).publishMetadata === true ? 'GET' : ''),
	ndvHideUrl: ({ options }) => (options as Values).publishMetadata !== true,
};

/**
 * The questions as n8n takes them: newer versions ask the functions themselves, where no field has an
 * expression, and older ones compute the text at every call, which costs more than all the rest.
 */
function asked(questions: Questions): n8n.IWebhookDescription {
	const described = Object.entries(questions).map(([name, ask]) => [
		name,
		'fromFunction' in n8n
			? n8n.fromFunction(ask)
			: { template: `={{(${String(ask)})($parameter)}}`, resolve: ask },
	]) as Array<[string, n8n.WebhookDescriptionField]>;
	if ('webhookDescriptionFields' in n8n) {
		return n8n.webhookDescriptionFields(
			Object.fromEntries(described),
		) as unknown as n8n.IWebhookDescription;
	}
	return Object.fromEntries(
		described.map(([name, { template }]) => [name, template]),
	) as n8n.IWebhookDescription;
}

/** The webhook itself, and an address for its metadata where they are published. */
export const webhooks: n8n.IWebhookDescription[] = [
	{ ...asked(ofCalls), name: 'default', isFullPath: true },
	{
		...asked(ofMetadata),
		name: 'setup',
		path: '.well-known/oauth-protected-resource',
	},
];

/** An output for each method, and one for refused calls where they run the workflow. */
export const outputs = ('={{ [].concat($parameter["httpMethod"])' +
	'.map((method) => ({ type: "main", displayName: method }))' +
	'.concat($parameter["options"]?.["refusedPerMinute"] && $parameter["responseMode"] !== "streaming"' +
	' ? [{ type: "main", displayName: "Refused" }] : []) }}') as n8n.INodeTypeDescription['outputs'];
