import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { appleMusic } from '../core/services/appleMusic';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Apple Music; see core/services/appleMusic.ts. */
export class AppleMusicJwtApi extends serviceCredential(appleMusic) implements ICredentialType {
	name = 'appleMusicJwtApi';

	displayName = 'Apple Music JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/apple-music.md';

	icon: Icon = serviceIcon(appleMusic);

	test: ICredentialTestRequest = serviceTest(appleMusic);
}
