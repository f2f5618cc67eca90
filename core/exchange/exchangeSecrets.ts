import { secretsBesidePlaceholder } from './assertionPlaceholder';
import { findTokens } from '../shared/findTokens';
import {
	distinctSecrets,
	keyValues,
	memberValues,
	namedSecrets,
	querySecrets,
} from '../shared/secretMembers';
import type { ExchangeSettings } from './exchangeSettings';
import type { TokenRequest } from './tokenRequest';

/** What must not be shown of an exchange, should somebody quote it; as `secretValues` lists it. */
export function exchangeSecrets(settings: ExchangeSettings): string[] {
	const { signing, stored, clientSecret, tokenUrl, testUrl } = settings;
	const { bodyParameters, exchangeHeaders } = settings;
	const { key, certificate, clientCertificate, additionalHeaders, metadata } = signing;
	const secrets = secretsBesidePlaceholder([
		...[stored.accessToken, clientSecret, key.passphrase ?? '', certificate?.pem ?? ''],
		...[clientCertificate?.passphrase ?? '', clientCertificate?.certificate ?? ''],
		...[key.key, clientCertificate?.key ?? ''].flatMap(keyValues),
		...[additionalHeaders, bodyParameters, exchangeHeaders, metadata].flatMap(memberValues),
		...[signing.headerParameters, signing.claims.payload].flatMap(namedSecrets),
		...[tokenUrl, testUrl].flatMap(querySecrets),
	]);
	return distinctSecrets(secrets);
}

/** The tokens a token request carries, so that parts of them are found as well. */
export function tokensIn({ headers, body = '', url }: TokenRequest): string[] {
	return [...Object.values(headers), body, url].flatMap((text) =>
		findTokens(text).map(({ start, end }) => text.slice(start, end)),
	);
}
