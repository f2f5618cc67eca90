import { getGlobalState } from 'n8n-workflow';
import { daysUntilExpiry } from '../../../core/authenticate/credentialExpiry';
import type { MintedToken } from '../../../core/sign/mintToken';
import { mintOrReuseToken } from '../../../core/sign/reuseToken';
import type { SigningSettings } from '../../../core/sign/signingSettings';
import type { TokenForm } from '../read/tokenForm';

/**
 * Signs the token of one item, from the credential's payload and the claims of the item.
 *
 * @throws {@link JwtAuthError} `CREDENTIAL_EXPIRED` and the codes of {@link mintOrReuseToken}
 */
export async function makeToken(
	settings: SigningSettings,
	{ claims, expiresIn, headerParameters, keyIdFromKey, request }: TokenForm,
): Promise<MintedToken> {
	const now = new Date();
	const { credentialExpiresAt: end } = settings;
	// n8n copies its state whenever it is asked for it.
	if (end !== undefined) daysUntilExpiry(end, now, getGlobalState().defaultTimezone);
	const signing = { ...settings, keyIdFromKey: keyIdFromKey ?? settings.keyIdFromKey };
	return await mintOrReuseToken(signing, {
		now,
		itemClaims: claims,
		itemHeaderParameters: headerParameters,
		expiresIn,
		request,
	});
}
