import type { ExchangeSettings } from './exchangeSettings';
import { type Claims, parsePayload } from '../sign/claims';
import { JwtAuthError } from '../errors';

import { withoutPlaceholder } from './assertionPlaceholder';

import { assertComputed } from '../sign/computedClaims';
import { mintToken } from '../sign/mintToken';

function clientClaims({ clientId, tokenUrl }: ExchangeSettings): Claims {
	return { iss: clientId, sub: clientId, aud: withoutPlaceholder(tokenUrl) };
}

/** Claims an assertion gets where the payload leaves them out, RFC 7523 §3. */
function defaultClaims(settings: ExchangeSettings): Claims {
	const { grant, clientId, tokenUrl } = settings;
	if (grant === 'clientCredentials') return clientClaims(settings);
	return grant === 'jwtBearer' ? { iss: clientId, aud: withoutPlaceholder(tokenUrl) } : {};
}

/** The payload of the credential over the defaults; empty members of the form's skeleton give way. */
function assertionPayload(settings: ExchangeSettings): Claims {
	const defaults = defaultClaims(settings);
	const { claims } = settings.signing;
	const payload = parsePayload(claims.payload);
	// Before the defaults take the place of what is missing.
	assertComputed(payload, claims.computed);
	const given = Object.entries(payload).filter(
		([name, value]) => value !== '' || !(name in defaults),
	);
	return { ...defaults, ...Object.fromEntries(given) };
}

async function mint(settings: ExchangeSettings, payload: Claims, now: Date): Promise<string> {
	const { signing } = settings;
	const claims = { ...signing.claims, payload };
	return (await mintToken({ ...signing, claims }, { now })).token;
}

/**
 * Signs the assertion of one token request. Every call makes a new one: servers refuse a `jti` they
 * have seen.
 *
 * Defaults, each given way to the payload's claim: `aud` = Token URL and `iss` = Client ID, for client
 * credentials also `sub` = Client ID; a token exchange and a custom one have none.
 *
 * @throws {@link JwtAuthError} `EXCHANGE_SETTINGS_INVALID` for client credentials without a client, and
 *   the codes of {@link mintToken}
 */
export async function mintAssertion(settings: ExchangeSettings, now: Date): Promise<string> {
	const payload = assertionPayload(settings);
	if (settings.grant === 'clientCredentials' && payload.iss === '') {
		throw new JwtAuthError('EXCHANGE_SETTINGS_INVALID', 'The Client ID is empty.', {
			hint: 'Enter the Client ID the service gave you.',
		});
	}
	return await mint(settings, payload, now);
}

/**
 * Signs the assertion that authenticates the client beside the grant, RFC 7523 §2.2.
 *
 * @throws {@link JwtAuthError} as {@link mintAssertion}
 */
export async function mintClientAssertion(settings: ExchangeSettings, now: Date): Promise<string> {
	if (settings.clientId === '') {
		throw new JwtAuthError(
			'EXCHANGE_SETTINGS_INVALID',
			'Add Client Assertion is on, but the Client ID is empty.',
			{ hint: 'Enter the Client ID the service gave you, or switch Add Client Assertion off.' },
		);
	}
	return await mint(settings, clientClaims(settings), now);
}
