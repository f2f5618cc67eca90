import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { tableau } from '../core/services/tableau';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Tableau; see core/services/tableau.ts. */
export class TableauJwtApi extends serviceCredential(tableau) implements ICredentialType {
	name = 'tableauJwtApi';

	displayName = 'Tableau JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/tableau.md';

	icon: Icon = serviceIcon(tableau);

	test: ICredentialTestRequest = serviceTest(tableau);
}
