import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { netsuite } from '../core/services/netsuite';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** NetSuite; see core/services/netsuite.ts. */
export class NetsuiteJwtApi extends serviceCredential(netsuite) implements ICredentialType {
	name = 'netsuiteJwtApi';

	displayName = 'NetSuite JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/netsuite.md';

	icon: Icon = serviceIcon(netsuite);

	test: ICredentialTestRequest = serviceTest(netsuite);
}
