import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { appStoreConnect } from '../core/services/appStoreConnect';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

export class AppStoreConnectJwtApi
	extends serviceCredential(appStoreConnect)
	implements ICredentialType
{
	name = 'appStoreConnectJwtApi';

	displayName = 'App Store Connect JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/app-store-connect.md';

	icon: Icon = serviceIcon(appStoreConnect);

	test: ICredentialTestRequest = serviceTest(appStoreConnect);
}
