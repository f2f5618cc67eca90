import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { fireblocks } from '../core/services/fireblocks';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Fireblocks; see core/services/fireblocks.ts. */
export class FireblocksJwtApi extends serviceCredential(fireblocks) implements ICredentialType {
	name = 'fireblocksJwtApi';

	displayName = 'Fireblocks JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/fireblocks.md';

	icon: Icon = serviceIcon(fireblocks);

	test: ICredentialTestRequest = serviceTest(fireblocks);
}
