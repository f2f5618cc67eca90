import type { IWebhookFunctions } from 'n8n-workflow';
import type { IncomingCall } from './incomingCall';

/** Where a webhook was called, as n8n's own Webhook says it. */
export interface WebhookUrl {
	webhookUrl: string;
	executionMode: 'test' | 'production';
}

/**
 * The address of a webhook of the node, with the names of its parts that vary.
 *
 * @param name of the webhook; that of the metadata is `setup`
 */
export function webhookUrlOf(
	context: IWebhookFunctions,
	name: 'default' | 'setup' = 'default',
): WebhookUrl {
	const isTest = context.getMode() === 'manual';
	const executionMode = isTest ? 'test' : 'production';
	const production = context.getNodeWebhookUrl(name) ?? '';
	if (!isTest) return { webhookUrl: production, executionMode };
	const replaced = production.replace('/webhook/', '/webhook-test/');
	return { webhookUrl: context.getWebhookResourceUrl?.(name) ?? replaced, executionMode };
}

/** The public address of one call, without its query: that of the webhook, its varying parts filled in. */
export function calledAddress(context: IWebhookFunctions, { params }: IncomingCall): string {
	const { webhookUrl } = webhookUrlOf(context);
	const [origin = '', ...parts] = webhookUrl.split(/(?<=[^/:])\/(?!\/)/);
	const filled = parts.map((part) =>
		part.startsWith(':') ? encodeURIComponent(String(params[part.slice(1)] ?? '')) : part,
	);
	return [origin, ...filled].join('/');
}
