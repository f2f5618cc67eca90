import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { ghostAdmin } from '../core/services/ghostAdmin';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

export class GhostAdminJwtApi extends serviceCredential(ghostAdmin) implements ICredentialType {
	name = 'ghostAdminJwtApi';

	displayName = 'Ghost Admin JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/ghost.md';

	icon: Icon = serviceIcon(ghostAdmin);

	test: ICredentialTestRequest = serviceTest(ghostAdmin);
}
