import { holdsPlaceholder } from './assertionPlaceholder';
import type { ExchangeSettings } from './exchangeSettings';

/** Parameters of a token request, by name. */
export type Parameters = Record<string, unknown>;

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const CLIENT_ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** The JWTs of one token request. */
export interface Assertions {
	assertion: string;
	/** Authenticates the client beside the grant. */
	clientAssertion?: string | undefined;
}

/** What a person wrote into the fields that go over what the grant sends. */
export interface OwnParts {
	body: Parameters;
	headers: Parameters;
}

/** RFC 7523 §2.2. */
function clientAuthentication(assertion: string): Parameters {
	return { client_assertion_type: CLIENT_ASSERTION_TYPE, client_assertion: assertion };
}

/**
 * Whether the person has the assertion authenticate the client in another way than the grant does: as
 * `client_secret` (Apple Ads) or in `Authorization`.
 */
function authenticatesOtherwise({ body, headers }: OwnParts): boolean {
	const authorization = Object.entries(headers).filter(
		([name]) => name.trim().toLowerCase() === 'authorization',
	);
	return holdsPlaceholder([body.client_secret, authorization]);
}

function grantParameters(
	{ grant, tokenExchange }: ExchangeSettings,
	assertion: string,
	own: OwnParts,
): Parameters {
	if (grant === 'custom') return {};
	if (grant === 'clientCredentials') {
		// A client authenticates in one way only, RFC 6749 §2.3.
		const client = authenticatesOtherwise(own) ? {} : clientAuthentication(assertion);
		return { grant_type: 'client_credentials', ...client };
	}
	if (!tokenExchange) return { grant_type: JWT_BEARER, assertion };
	return {
		grant_type: TOKEN_EXCHANGE,
		subject_token: assertion,
		subject_token_type: tokenExchange.subjectTokenType,
		requested_token_type: tokenExchange.requestedTokenType,
		audience: tokenExchange.audience,
	};
}

/**
 * The parameters that a grant sends by itself: RFC 7523 §2.1 and §2.2, RFC 8693 §2.1. Those without a
 * value are left out; a custom exchange has none.
 */
export function standardParameters(
	settings: ExchangeSettings,
	{ assertion, clientAssertion }: Assertions,
	own: OwnParts,
): Parameters {
	const { clientId, clientSecret, scope, resource } = settings;
	const all: Parameters = {
		...grantParameters(settings, assertion, own),
		...(clientAssertion === undefined ? {} : clientAuthentication(clientAssertion)),
		...{ client_id: clientId, client_secret: clientSecret, scope, resource },
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}
