import type { IWebhookFunctions } from 'n8n-workflow';
import { JwtAuthError } from '../../../core/errors';
import {
	readFurtherIssuers,
	readRequiredScopes,
	readTenants,
} from '../../../core/settings/readChecks';
import {
	assertTenantsListed,
	hasTenantPlaceholder,
	issuerOfTenant,
} from '../../../core/verify/acceptedIssuers';
import { namesOfIssuer } from '../../../core/verify/discovery';
import { formOfWebhook } from '../../common/formContext';
import { fieldsOf } from '../../common/nodeForm';
import { readTokenLocation } from '../read/callForm';
import type { TokenLocation } from '../read/requestToken';
import { answerJson, type WebhookResponse } from './answerRefusal';
import { webhookUrlOf } from '../read/webhookUrl';

/** The address of the metadata of a webhook. */
export function metadataUrlOf(context: IWebhookFunctions): string {
	return webhookUrlOf(context, 'setup').webhookUrl;
}

/** How a client may send its token, of the ways that RFC 6750 §2 has; none for the others. */
function bearerMethods({ place, name }: TokenLocation): string[] {
	if (place === 'authorization') return ['header'];
	if (name !== 'access_token') return [];
	if (place === 'query') return ['query'];
	return place === 'bodyField' ? ['body'] : [];
}

/**
 * Answers with the metadata of a protected resource, RFC 9728 §2, from which MCP clients and others
 * find the issuers.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID`, `CHECK_EMPTY`
 */
export function answerMetadata(context: IWebhookFunctions, response: WebhookResponse): void {
	const form = fieldsOf(formOfWebhook(context), 0);
	const entered = form.field('issuerUrl', 'Issuer').textOrNothing().trim();
	if (entered === '') throw new JwtAuthError('FIELD_INVALID', 'Issuer is empty.');
	const checks = form.field('checks', 'Checks').members();
	const issuers = [entered, ...readFurtherIssuers(checks)];
	const tenants = readTenants(checks) ?? [];
	assertTenantsListed({ issuers, tenants });
	const servers = issuers.flatMap((issuer) => {
		const [name = issuer] = namesOfIssuer(issuer);
		return hasTenantPlaceholder(name)
			? tenants.map((tenant) => issuerOfTenant(name, tenant))
			: [name];
	});
	const scopes = readRequiredScopes(checks);
	answerJson(response, 200, {
		resource: webhookUrlOf(context).webhookUrl,
		authorization_servers: servers,
		bearer_methods_supported: bearerMethods(readTokenLocation(form)),
		...(scopes && { scopes_supported: scopes }),
	});
}
