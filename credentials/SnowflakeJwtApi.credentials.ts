import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { snowflake } from '../core/services/snowflake';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Snowflake; see core/services/snowflake.ts. */
export class SnowflakeJwtApi extends serviceCredential(snowflake) implements ICredentialType {
	name = 'snowflakeJwtApi';

	displayName = 'Snowflake JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/snowflake.md';

	icon: Icon = serviceIcon(snowflake);

	test: ICredentialTestRequest = serviceTest(snowflake);
}
