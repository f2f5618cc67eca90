import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { line } from '../core/services/line';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** LINE; see core/services/line.ts. */
export class LineJwtApi extends serviceCredential(line) implements ICredentialType {
	name = 'lineJwtApi';

	displayName = 'LINE JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/line.md';

	icon: Icon = serviceIcon(line);

	test: ICredentialTestRequest = serviceTest(line);
}
