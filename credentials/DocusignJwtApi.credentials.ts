import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { docusign } from '../core/services/docusign';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** DocuSign; see core/services/docusign.ts. */
export class DocusignJwtApi extends serviceCredential(docusign) implements ICredentialType {
	name = 'docusignJwtApi';

	displayName = 'DocuSign JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/docusign.md';

	icon: Icon = serviceIcon(docusign);

	test: ICredentialTestRequest = serviceTest(docusign);
}
