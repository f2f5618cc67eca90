import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { appleAds } from '../core/services/appleAds';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Apple Ads; see core/services/appleAds.ts. */
export class AppleAdsJwtApi extends serviceCredential(appleAds) implements ICredentialType {
	name = 'appleAdsJwtApi';

	displayName = 'Apple Ads JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/apple-ads.md';

	icon: Icon = serviceIcon(appleAds);

	test: ICredentialTestRequest = serviceTest(appleAds);
}
