import type { IWebhookFunctions } from 'n8n-workflow';

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
