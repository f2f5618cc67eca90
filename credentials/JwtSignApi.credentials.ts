import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { makeMissingKey } from '../core/authenticate/keyBirth';
import { authenticateWithSignedToken } from '../core/authenticate/signApi';
import { withAdvancedOptions } from './common/advancedOptions';
import { authenticateBoundary } from './common/authenticateBoundary';
import { expirable, keptKeyFields, nextKeyFields } from './common/keySourceFields';
import { preAuthenticationBoundary } from './common/preAuthenticationBoundary';
import { clientCertificateFields } from './common/proofFields';
import { withExpressionGuards } from './common/expressionGuards';
import {
	additionalHeadersField,
	credentialExpiryField,
	domainRestrictionFields,
	placementFields,
	unrestrictedHeadersNotice,
} from './common/sendingFields';
import { withSameForEveryItem } from './common/sameForEveryItem';
import {
	requestBindingField,
	reuseTokenField,
	storedRequestBindingField,
} from './common/requestFields';
import { advancedSigningFields, metadataField, signingFields } from './common/signingFields';

/** Signs a fresh JWT for every request it authenticates. */
export class JwtSignApi implements ICredentialType {
	name = 'jwtSignApi';

	displayName = 'JWT Sign API';

	icon: Icon = { light: 'file:../icons/jwtSign.svg', dark: 'file:../icons/jwtSign.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/jwt-sign-api.md';

	properties: INodeProperties[] = withExpressionGuards([
		...expirable(keptKeyFields),
		...nextKeyFields,
		...withSameForEveryItem([
			...signingFields,
			...domainRestrictionFields,
			...withAdvancedOptions([
				...advancedSigningFields,
				requestBindingField,
				storedRequestBindingField,
				...clientCertificateFields,
				...placementFields,
				additionalHeadersField,
				unrestrictedHeadersNotice,
				reuseTokenField,
				metadataField,
				credentialExpiryField,
			]),
		]),
	]);

	authenticate = authenticateBoundary(authenticateWithSignedToken);

	preAuthentication = preAuthenticationBoundary(
		async (credentials, _network, { store }) => (await makeMissingKey(credentials, store)) ?? {},
	);
}
