import type { IWebhookFunctions } from 'n8n-workflow';
import { JwtAuthError } from '../../../core/errors';
import { formOfWebhook } from '../../common/formContext';
import { fieldsOf } from '../../common/nodeForm';
import { answerJson, type WebhookResponse } from './refuse';
import { webhookUrlOf } from './webhookUrl';

/** The address of the metadata of a webhook. */
export function metadataUrlOf(context: IWebhookFunctions): string {
	return webhookUrlOf(context, 'setup').webhookUrl;
}

/**
 * Answers with the metadata of a protected resource, RFC 9728 §2, from which MCP clients and others
 * find the issuer.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`
 */
export function answerMetadata(context: IWebhookFunctions, response: WebhookResponse): void {
	const form = fieldsOf(formOfWebhook(context), 0);
	const issuer = form.field('issuerUrl', 'Issuer').textOrNothing().trim();
	if (issuer === '') throw new JwtAuthError('FIELD_INVALID', 'Issuer is empty.');
	const checks = form.field('checks', 'Checks').section();
	const scopes = checks.field('requiredScopes', 'Required Scopes');
	const words = scopes.isThere ? scopes.textOrNothing().split(/[\s,]+/) : [];
	const named = words.filter((scope) => scope !== '');
	answerJson(response, 200, {
		resource: webhookUrlOf(context).webhookUrl,
		authorization_servers: [issuer],
		bearer_methods_supported: ['header'],
		...(named.length > 0 && { scopes_supported: named }),
	});
}
