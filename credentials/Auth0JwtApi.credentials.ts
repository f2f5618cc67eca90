import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { auth0 } from '../core/services/auth0';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

export class Auth0JwtApi extends serviceCredential(auth0) implements ICredentialType {
	name = 'auth0JwtApi';

	displayName = 'Auth0 JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/auth0.md';

	icon: Icon = serviceIcon(auth0);

	test: ICredentialTestRequest = serviceTest(auth0);
}
