import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { salesforceBearer } from '../core/services/salesforceBearer';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Salesforce; see core/services/salesforceBearer.ts. */
export class SalesforceBearerJwtApi
	extends serviceCredential(salesforceBearer)
	implements ICredentialType
{
	name = 'salesforceBearerJwtApi';

	displayName = 'Salesforce JWT Bearer API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/salesforce.md';

	icon: Icon = serviceIcon(salesforceBearer);

	test: ICredentialTestRequest = serviceTest(salesforceBearer);
}
