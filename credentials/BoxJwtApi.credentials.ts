import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { box } from '../core/services/box';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Box; see core/services/box.ts. */
export class BoxJwtApi extends serviceCredential(box) implements ICredentialType {
	name = 'boxJwtApi';

	displayName = 'Box JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/box.md';

	icon: Icon = serviceIcon(box);

	test: ICredentialTestRequest = serviceTest(box);
}
