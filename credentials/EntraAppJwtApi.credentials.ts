import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { entraApp } from '../core/services/entraApp';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Entra App; see core/services/entraApp.ts. */
export class EntraAppJwtApi extends serviceCredential(entraApp) implements ICredentialType {
	name = 'entraAppJwtApi';

	displayName = 'Microsoft Entra App JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/entra-id.md';

	icon: Icon = serviceIcon(entraApp);

	test: ICredentialTestRequest = serviceTest(entraApp);
}
