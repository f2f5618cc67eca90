import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { zitadel } from '../core/services/zitadel';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Zitadel; see core/services/zitadel.ts. */
export class ZitadelJwtApi extends serviceCredential(zitadel) implements ICredentialType {
	name = 'zitadelJwtApi';

	displayName = 'Zitadel JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/zitadel.md';

	icon: Icon = serviceIcon(zitadel);

	test: ICredentialTestRequest = serviceTest(zitadel);
}
