import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { appStoreServer } from '../core/services/appStoreServer';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** App Store Server; see core/services/appStoreServer.ts. */
export class AppStoreServerJwtApi
	extends serviceCredential(appStoreServer)
	implements ICredentialType
{
	name = 'appStoreServerJwtApi';

	displayName = 'App Store Server JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/app-store-server.md';

	icon: Icon = serviceIcon(appStoreServer);

	test: ICredentialTestRequest = serviceTest(appStoreServer);
}
