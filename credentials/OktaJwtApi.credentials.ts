import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { okta } from '../core/services/okta';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Okta; see core/services/okta.ts. */
export class OktaJwtApi extends serviceCredential(okta) implements ICredentialType {
	name = 'oktaJwtApi';

	displayName = 'Okta JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/okta.md';

	icon: Icon = serviceIcon(okta);

	test: ICredentialTestRequest = serviceTest(okta);
}
