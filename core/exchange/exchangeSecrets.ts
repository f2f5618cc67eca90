import type { ExchangeSettings } from './exchangeSettings';
import { findTokens } from '../shared/findTokens';
import { secretValues } from '../settings/secretFields';
import type { TokenRequest } from './tokenRequest';

/** What must not be shown of an exchange, should somebody quote it; see {@link secretValues}. */
export function exchangeSecrets(settings: ExchangeSettings): string[] {
	const { signing, stored, ...rest } = settings;
	return secretValues({
		...rest,
		accessToken: stored.accessToken,
		additionalHeaders: signing.additionalHeaders,
		headerParameters: signing.headerParameters,
		keyPassphrase: signing.key.passphrase,
		metadata: signing.metadata,
		payload: signing.claims.payload,
		privateKey: signing.key.key,
		x509: signing.certificate?.pem,
	});
}

/** The tokens a token request carries, so that parts of them are found as well. */
export function tokensIn({ headers, body = '', url }: TokenRequest): string[] {
	return [...Object.values(headers), body, url].flatMap((text) =>
		findTokens(text).map(({ start, end }) => text.slice(start, end)),
	);
}
