import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { kling } from '../core/services/kling';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Kling; see core/services/kling.ts. */
export class KlingJwtApi extends serviceCredential(kling) implements ICredentialType {
	name = 'klingJwtApi';

	displayName = 'Kling JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/kling.md';

	icon: Icon = serviceIcon(kling);

	test: ICredentialTestRequest = serviceTest(kling);
}
