import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { keycloak } from '../core/services/keycloak';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Keycloak; see core/services/keycloak.ts. */
export class KeycloakJwtApi extends serviceCredential(keycloak) implements ICredentialType {
	name = 'keycloakJwtApi';

	displayName = 'Keycloak JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/keycloak.md';

	icon: Icon = serviceIcon(keycloak);

	test: ICredentialTestRequest = serviceTest(keycloak);
}
