import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { servicenow } from '../core/services/servicenow';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** ServiceNow; see core/services/servicenow.ts. */
export class ServicenowJwtApi extends serviceCredential(servicenow) implements ICredentialType {
	name = 'servicenowJwtApi';

	displayName = 'ServiceNow JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/servicenow.md';

	icon: Icon = serviceIcon(servicenow);

	test: ICredentialTestRequest = serviceTest(servicenow);
}
