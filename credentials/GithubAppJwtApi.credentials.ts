import type { Icon, ICredentialTestRequest, ICredentialType } from 'n8n-workflow';
import { gitHubApp } from '../core/services/gitHubApp';
import { serviceCredential, serviceIcon, serviceTest } from './common/serviceCredential';

export class GithubAppJwtApi extends serviceCredential(gitHubApp) implements ICredentialType {
	name = 'githubAppJwtApi';

	displayName = 'GitHub App JWT API';

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/github-app.md';

	icon: Icon = serviceIcon(gitHubApp);

	test: ICredentialTestRequest = serviceTest(gitHubApp);
}
