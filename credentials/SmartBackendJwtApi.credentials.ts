import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { smartBackend } from '../core/services/smartBackend';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** SMART Backend; see core/services/smartBackend.ts. */
export class SmartBackendJwtApi extends serviceCredential(smartBackend) implements ICredentialType {
	name = 'smartBackendJwtApi';

	displayName = 'SMART Backend JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/smart-backend-services.md';

	icon: Icon = serviceIcon(smartBackend);

	test: ICredentialTestRequest = serviceTest(smartBackend);
}
