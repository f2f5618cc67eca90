import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { yandexCloud } from '../core/services/yandexCloud';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

/** Yandex Cloud; see core/services/yandexCloud.ts. */
export class YandexCloudJwtApi extends serviceCredential(yandexCloud) implements ICredentialType {
	name = 'yandexCloudJwtApi';

	displayName = 'Yandex Cloud JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/yandex-cloud.md';

	icon: Icon = serviceIcon(yandexCloud);

	test: ICredentialTestRequest = serviceTest(yandexCloud);
}
