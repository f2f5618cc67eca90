import type { IWebhookFunctions } from 'n8n-workflow';

/** Where a webhook was called, as n8n's own Webhook says it. */
export interface WebhookUrl {
	webhookUrl: string;
	executionMode: 'test' | 'production';
}

/** The address that was called, with the names of its parts that vary. */
export function webhookUrlOf(context: IWebhookFunctions): WebhookUrl {
	const isTest = context.getMode() === 'manual';
	const executionMode = isTest ? 'test' : 'production';
	const production = context.getNodeWebhookUrl('default') ?? '';
	if (!isTest) return { webhookUrl: production, executionMode };
	const replaced = production.replace('/webhook/', '/webhook-test/');
	return { webhookUrl: context.getWebhookResourceUrl?.('default') ?? replaced, executionMode };
}
