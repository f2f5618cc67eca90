import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { maskinporten } from '../core/services/maskinporten';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Maskinporten; see core/services/maskinporten.ts. */
export class MaskinportenJwtApi extends serviceCredential(maskinporten) implements ICredentialType {
	name = 'maskinportenJwtApi';

	displayName = 'Maskinporten JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/maskinporten.md';

	icon: Icon = serviceIcon(maskinporten);

	test: ICredentialTestRequest = serviceTest(maskinporten);
}
