import { authenticateWithPastedToken } from '../core/authenticate/tokenApi';
import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { authenticateBoundary } from './common/authenticateBoundary';
import { withExpressionGuards } from './common/expressionGuards';
import { withSameForEveryItem } from './common/sameForEveryItem';
import {
	additionalHeadersField,
	credentialExpiryField,
	domainRestrictionFields,
	placementFields,
	unrestrictedHeadersNotice,
} from './common/sendingFields';

/** Sends a JWT that somebody else issued. */
export class JwtTokenApi implements ICredentialType {
	name = 'jwtTokenApi';

	displayName = 'JWT Existing Token API';

	icon: Icon = { light: 'file:../icons/jwtToken.svg', dark: 'file:../icons/jwtToken.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-jwt-auth/n8n-nodes-jwt-auth/blob/main/docs/jwt-auth-api.md';

	properties: INodeProperties[] = withExpressionGuards(
		withSameForEveryItem([
			{
				displayName: 'Token',
				name: 'token',
				type: 'string',
				typeOptions: { password: true },
				required: true,
				default: '',
				placeholder: 'e.g. eyJhbGciOiJSUzI1NiIs...',
				description:
					'The token as its issuer gave it to you. A leading "Bearer" is taken off; an expired token is refused before anything is sent.',
			},
			...placementFields,
			...domainRestrictionFields,
			additionalHeadersField,
			unrestrictedHeadersNotice,
			credentialExpiryField,
		]),
	);

	authenticate = authenticateBoundary(authenticateWithPastedToken);
}
