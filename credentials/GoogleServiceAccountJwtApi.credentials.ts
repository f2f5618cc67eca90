import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { googleServiceAccount } from '../core/services/googleServiceAccount';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

export class GoogleServiceAccountJwtApi
	extends serviceCredential(googleServiceAccount)
	implements ICredentialType
{
	name = 'googleServiceAccountJwtApi';

	displayName = 'Google Service Account JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/google-service-account.md';

	icon: Icon = serviceIcon(googleServiceAccount);

	test: ICredentialTestRequest = serviceTest(googleServiceAccount);
}
