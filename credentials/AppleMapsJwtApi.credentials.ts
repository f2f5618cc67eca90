import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { appleMaps } from '../core/services/appleMaps';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Apple Maps; see core/services/appleMaps.ts. */
export class AppleMapsJwtApi extends serviceCredential(appleMaps) implements ICredentialType {
	name = 'appleMapsJwtApi';

	displayName = 'Apple Maps Server JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/apple-maps.md';

	icon: Icon = serviceIcon(appleMaps);

	test: ICredentialTestRequest = serviceTest(appleMaps);
}
