import { getGlobalState } from 'n8n-workflow';
import { daysUntilExpiry } from '../../../core/authenticate/credentialExpiry';
import { JwtAuthError } from '../../../core/errors';
import type { AccessToken } from '../../../core/exchange/storedToken';
import type { ExchangeSettings } from '../../../core/exchange/exchangeSettings';
import { obtainToken } from '../../../core/exchange/session';
import type { Network } from '../../../core/request/network';

/**
 * Gets the access token of a credential: the one in use, if it is fresh, else a new one. What is
 * fetched here is shared with everything in this process, but n8n does not store it.
 *
 * @throws {@link JwtAuthError} `EXCHANGE_SETTINGS_INVALID` for one that is bound to a key,
 *   `CREDENTIAL_EXPIRED`, `EXCHANGE_*`
 */
export async function getAccessToken(
	settings: ExchangeSettings,
	network: Network,
): Promise<AccessToken> {
	if (settings.proofAlgorithm !== undefined) {
		throw new JwtAuthError(
			'EXCHANGE_SETTINGS_INVALID',
			'The access tokens of this credential are bound by Use DPoP to a key that stays with the credential, so that nobody could use what this would put out.',
			{ hint: 'Send the request with JWT HTTP Request or HTTP Request.' },
		);
	}
	const { credentialExpiresAt } = settings.signing;
	daysUntilExpiry(credentialExpiresAt, new Date(), getGlobalState().defaultTimezone);
	return await obtainToken(settings, network);
}
