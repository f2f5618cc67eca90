import {
	sleep,
	type Icon,
	type ICredentialTestRequest,
	type ICredentialType,
	type INodeProperties,
} from 'n8n-workflow';
import {
	authenticateWithAccessToken,
	preAuthenticate,
	TEST_MARK,
} from '../core/authenticate/exchangeApi';
import { audienceFields } from './common/audienceFields';
import { withAdvancedOptions } from './common/advancedOptions';
import { authenticateBoundary } from './common/authenticateBoundary';
import { preAuthenticationBoundary } from './common/preAuthenticationBoundary';
import { clientCertificateFields, dpopFields } from './common/proofFields';
import { withExpressionGuards } from './common/expressionGuards';
import {
	adapted,
	advancedExchangeFields,
	detailedExchangeFields,
	exchangeFields,
	storedTokenFields,
	testUrlField,
} from './common/exchangeFields';
import { keptKeyFields, nextKeyFields } from './common/keySourceFields';
import { allowPlainHttpField } from './common/networkFields';
import {
	additionalHeadersField,
	credentialExpiryField,
	domainRestrictionFields,
	placementFields,
	unrestrictedHeadersNotice,
} from './common/sendingFields';
import { advancedTokenExchangeFields, tokenExchangeFields } from './common/tokenExchangeFields';
import { advancedSigningFields, signingFields } from './common/signingFields';

/**
 * What n8n sends for Test Connection: a GET of the token endpoint without a token, whose answer does
 * not count. Exchange and Test URL come before it, in `preAuthentication`, where no redirect is
 * followed and what a server says can be cleaned of secrets before it is shown.
 *
 * n8n evaluates expressions in every member and keeps ones it does not know, unlike its type.
 */
const testRequest = {
	baseURL: '={{ $credentials.tokenUrl }}',
	url: '',
	method: 'GET',
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
	sendCredentialsOnCrossOriginRedirect: false,
	[TEST_MARK]: true,
} as unknown as ICredentialTestRequest['request'];

/** Trades a signed JWT for an access token, and sends that with every request. */
export class JwtExchangeApi implements ICredentialType {
	name = 'jwtExchangeApi';

	displayName = 'JWT Token Exchange API';

	icon: Icon = {
		light: 'file:../icons/jwtExchange.svg',
		dark: 'file:../icons/jwtExchange.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/exchange.md';

	properties: INodeProperties[] = withExpressionGuards([
		...storedTokenFields,
		...keptKeyFields,
		...nextKeyFields,
		...exchangeFields,
		...tokenExchangeFields,
		...adapted(signingFields, {
			payload: {
				description:
					'The claims of the JWT that is traded. Left empty, "aud" is the Token URL and "iss" the Client ID; a token exchange and a custom one get the claims written here only.',
			},
			expiresIn: {
				default: '5m',
				description:
					'Life of the JWT that is traded, not of the access token. Keep it short: Box takes no more than 60s, Salesforce 3m, most others 5m.',
			},
		}),
		...detailedExchangeFields,
		...adapted(domainRestrictionFields, {
			allowedDomains: {
				description:
					'Hosts separated by commas: the one of the Token URL and those of the API. <code>*.example.org</code> stands for every subdomain, but not for example.org itself.',
			},
		}),
		...withAdvancedOptions(
			[
				...adapted(advancedSigningFields, { addJti: { default: true } }),
				...audienceFields,
				...advancedTokenExchangeFields,
				...advancedExchangeFields,
				allowPlainHttpField,
				...dpopFields,
				...clientCertificateFields,
				...placementFields,
				additionalHeadersField,
				unrestrictedHeadersNotice,
				testUrlField,
				credentialExpiryField,
			],
			{
				proof: 'DPoP, and a client certificate for the connection (mTLS)',
				expiry: 'An end date for the credential',
			},
		),
	]);

	authenticate = authenticateBoundary(
		async (credentials, request, timeZone) =>
			await authenticateWithAccessToken(credentials, request, sleep, timeZone),
	);

	preAuthentication = preAuthenticationBoundary(preAuthenticate);

	test: ICredentialTestRequest = { request: testRequest };
}
