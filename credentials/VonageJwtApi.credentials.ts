import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { vonage } from '../core/services/vonage';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Vonage; see core/services/vonage.ts. */
export class VonageJwtApi extends serviceCredential(vonage) implements ICredentialType {
	name = 'vonageJwtApi';

	displayName = 'Vonage JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/vonage.md';

	icon: Icon = serviceIcon(vonage);

	test: ICredentialTestRequest = serviceTest(vonage);
}
