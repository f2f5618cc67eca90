import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { appleWeatherkit } from '../core/services/appleWeatherkit';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Apple WeatherKit; see core/services/appleWeatherkit.ts. */
export class AppleWeatherkitJwtApi
	extends serviceCredential(appleWeatherkit)
	implements ICredentialType
{
	name = 'appleWeatherkitJwtApi';

	displayName = 'Apple WeatherKit JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/apple-weatherkit.md';

	icon: Icon = serviceIcon(appleWeatherkit);

	test: ICredentialTestRequest = serviceTest(appleWeatherkit);
}
