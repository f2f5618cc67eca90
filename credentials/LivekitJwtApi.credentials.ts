import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { livekit } from '../core/services/livekit';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** LiveKit; see core/services/livekit.ts. */
export class LivekitJwtApi extends serviceCredential(livekit) implements ICredentialType {
	name = 'livekitJwtApi';

	displayName = 'LiveKit JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/livekit.md';

	icon: Icon = serviceIcon(livekit);

	test: ICredentialTestRequest = serviceTest(livekit);
}
