import {
	sleep,
	type Icon,
	type ICredentialTestRequest,
	type ICredentialType,
	type IHttpRequestMethods,
	type INodeProperties,
} from 'n8n-workflow';
import { TEST_MARK } from '../../core/authenticate/exchangeApi';
import {
	authenticateForService,
	preAuthenticateForService,
} from '../../core/authenticate/serviceApi';
import { adviceOf } from '../../core/services/advice';
import type { Service } from '../../core/services/service';
import { authenticateBoundary } from './authenticateBoundary';
import { preAuthenticationBoundary } from './preAuthenticationBoundary';
import { serviceFields } from './serviceFields';

const RECIPES = 'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/recipes/';

/** Where the guide to a service is. */
function serviceGuide({ recipe }: Service): string {
	return `${RECIPES}${recipe}.md`;
}

/** The icon of a service: that of simple-icons, copied by the build, or a neutral one. */
export function serviceIcon({ icon = 'service' }: Service): Icon {
	return { light: `file:../icons/${icon}.svg`, dark: `file:../icons/${icon}.dark.svg` };
}

/** A call of the service that succeeds with a token that it takes, and what to do where it does not. */
export function serviceTest(service: Service): ICredentialTestRequest {
	const { name, test, forbidden } = service;
	const { method = 'GET', baseUrl, path, body, headers, failsOn, answers = {} } = test;
	const responds = (value: number, message: string) => ({
		type: 'responseCode' as const,
		properties: { value, message },
	});
	const request = {
		method: method as IHttpRequestMethods,
		baseURL: baseUrl,
		url: path,
		...(body && { body, json: true }),
		headers: { accept: 'application/json', ...headers },
		sendCredentialsOnCrossOriginRedirect: false,
		[TEST_MARK]: true,
	};
	const advice = adviceOf(service);
	const rules = [
		responds(401, `${name} answered 401: it does not accept the token. ${advice}`),
		responds(403, `${name} answered 403: it knows the token and does not allow this. ${forbidden}`),
		...Object.entries(answers).map(([status, todo]) =>
			responds(Number(status), `${name} answered ${status}. ${todo}`),
		),
	];
	const message = `${name} does not accept the token. ${advice}`;
	const bodyRules = (failsOn?.values ?? []).map((value) => ({
		type: 'responseSuccessBody' as const,
		properties: { key: failsOn?.key, value, message },
	}));
	return {
		// n8n keeps members it does not know, and goes through rules of both kinds, unlike its types.
		request: request as ICredentialTestRequest['request'],
		rules: [...rules, ...bodyRules] as ICredentialTestRequest['rules'],
	};
}

/**
 * The entry of the node panel. n8n takes a service out of there as soon as one node of the package names
 * its type, which JWT Sign does where n8n can make the key: that node gives the public key and calls no
 * API, so it is no replacement for the entry, which stays.
 */
function panelEntry(service: Service): ICredentialType['httpRequestNode'] {
	const { api, keyPair, name } = service;
	const entry = {
		name,
		docsUrl: serviceGuide(service),
		...('url' in api ? { apiBaseUrl: api.url } : { apiBaseUrlPlaceholder: api.example }),
	};
	if (!keyPair) return entry;
	return Object.defineProperty(entry, 'hidden', {
		enumerable: true,
		get: () => false,
		set: () => undefined,
	});
}

/**
 * Makes the class that a service's credential type extends: everything but what n8n's scanner wants to
 * read in the type's own file.
 */
export function serviceCredential(service: Service) {
	return class {
		properties: INodeProperties[] = serviceFields(service);

		httpRequestNode: ICredentialType['httpRequestNode'] = panelEntry(service);

		/** Where the hosts depend on the form, n8n cannot know them before it hands the form over. */
		hideDomainRestrictionFields = service.hosts === undefined;

		authenticate = authenticateBoundary(
			async (credentials, request, timeZone) =>
				await authenticateForService(service, credentials, request, sleep, timeZone),
		);

		preAuthentication = preAuthenticationBoundary(
			async (credentials, network, options) =>
				await preAuthenticateForService(service, credentials, network, options),
		);
	};
}
