import type { ExchangeSettings } from './exchangeSettings';
import { withAdditionalHeaders } from '../request/placement';
import {
	ASSERTION_PLACEHOLDER,
	fillAssertion,
	fillQuery,
	holdsPlaceholder,
	isPlaceholderMisplaced,
	queryHoldsPlaceholder,
} from './assertionPlaceholder';
import { mintAssertion, mintClientAssertion } from './assertion';
import { standardParameters, type Parameters } from './grantParameters';

import { domainAdvice, isUnlisted } from '../request/allowedDomains';
import { JwtAuthError } from '../errors';

import { parseJsonObject } from '../shared/json';
import { FORM_TYPE } from '../request/queryString';

import { tlsIdentity, type TlsIdentity } from '../keys/clientCertificate';
import { webUrl, hostOf, assertNoUser, isIssuerDocument, isPlainInOwnNetwork } from '../shared/url';

/** A token request, ready to be sent. */
export interface TokenRequest {
	method: ExchangeSettings['method'];
	url: string;
	headers: Record<string, string>;
	/** Absent when there is nothing to send. */
	body?: string;
	/** The client certificate, where there is one. */
	agentOptions?: TlsIdentity;
}

const LOOPBACK = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether a host is this machine, so that nobody stands in between. */
export function isLoopback(host: string): boolean {
	return LOOPBACK.test(host);
}

/** Refuses an address under which published documents stand, before an assertion is sent there. */
function refuseIssuerDocument(url: URL): void {
	if (!isIssuerDocument(url)) return;
	throw new JwtAuthError(
		'URL_INVALID',
		'The Token URL is the address of published metadata or keys, not of a token endpoint.',
		{ hint: 'Open openid-configuration there in a browser and enter its "token_endpoint".' },
	);
}

/** Refuses to send an assertion over the network without TLS, unless somebody said that it is safe. */
function refusePlainHttp(url: URL, allowsPlainHttp: boolean): void {
	const host = hostOf(url.href);
	const isOwn = isPlainInOwnNetwork(url);
	if (url.protocol !== 'http:' || isLoopback(host) || (isOwn && allowsPlainHttp)) return;
	throw new JwtAuthError(
		'TOKEN_URL_INSECURE',
		`The Token URL would send the assertion to ${host} without encryption (http).`,
		{
			hint: isOwn
				? 'Use an https:// address, or turn on Allow Plain HTTP in Own Network if nobody else is in this network.'
				: undefined,
		},
	);
}

/**
 * Host and port of a token endpoint that is asked without encryption, because somebody allowed that;
 * undefined for any other, this machine's own included.
 */
export function plainTokenHost({
	tokenUrl,
	allowsPlainHttp,
}: ExchangeSettings): string | undefined {
	const url = webUrl(tokenUrl);
	return url && allowsPlainHttp && isPlainInOwnNetwork(url) ? url.host : undefined;
}

/**
 * Refuses a Token URL that is no absolute http(s) URL, is not protected by TLS (except on this
 * machine, and in a network of one's own where that is allowed), is the address of an issuer's
 * documents, or is not on the list of Specific Domains.
 *
 * @throws {@link JwtAuthError} `EXCHANGE_SETTINGS_INVALID`, `URL_INVALID`, `TOKEN_URL_INSECURE`,
 *   `DOMAIN_NOT_ALLOWED`
 */
export function assertTokenUrl(settings: ExchangeSettings): void {
	const { tokenUrl, allowsPlainHttp, signing } = settings;
	const hint =
		'Enter the whole address of the token endpoint, such as https://auth.example.com/oauth/token.';
	if (tokenUrl === '') {
		throw new JwtAuthError('EXCHANGE_SETTINGS_INVALID', 'The Token URL is empty.', { hint });
	}
	const url = /^https?:\/\//i.test(tokenUrl) ? webUrl(tokenUrl) : undefined;
	if (!url) {
		const message = 'The Token URL is not a whole http(s) address.';
		throw new JwtAuthError('URL_INVALID', message, { hint });
	}
	assertNoUser(url, 'The Token URL');
	refusePlainHttp(url, allowsPlainHttp);
	refuseIssuerDocument(url);
	if (isPlaceholderMisplaced(tokenUrl)) {
		throw new JwtAuthError(
			'EXCHANGE_SETTINGS_INVALID',
			`The Token URL holds ${ASSERTION_PLACEHOLDER} in another place than its query.`,
			{
				hint: `Write it after a question mark, as in https://auth.example.com/token?jwt=${ASSERTION_PLACEHOLDER}.`,
			},
		);
	}
	const host = hostOf(tokenUrl);
	if (isUnlisted(host, signing.domains)) {
		throw new JwtAuthError(
			'DOMAIN_NOT_ALLOWED',
			`The host of the Token URL, ${host}, is not among this credential's Allowed Domains.`,
			{ hint: domainAdvice(host) },
		);
	}
}

function formText(value: unknown): string {
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Lists are repeated, objects written as JSON. */
function toForm(parameters: Parameters): string {
	const pairs = Object.entries(parameters).flatMap(([name, value]) =>
		(Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, formText(one)]),
	);
	return new URLSearchParams(pairs).toString();
}

function withQuery(url: string, query: string): string {
	if (query === '') return url;
	return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

/**
 * Signs the assertion and builds the request that trades it for an access token: RFC 7523 §2.1, §2.2,
 * RFC 8693 §2.1, or a request with the assertion as Bearer token (GitHub). Additional Body Parameters
 * win over what the grant sends; a null takes a parameter out. The assertion also goes wherever the
 * placeholder stands, and then not as Bearer.
 *
 * @param audience `aud` of the assertions, where the payload has none; default: the Token URL
 * @throws {@link JwtAuthError} those of {@link assertTokenUrl}, `ADDITIONAL_HEADERS_INVALID`,
 *   `HEADER_NAME_INVALID`, `JSON_*`, and the codes of key, claims and client certificate
 */
export async function buildTokenRequest(
	settings: ExchangeSettings,
	now: Date,
	audience?: string,
): Promise<TokenRequest> {
	assertTokenUrl(settings);
	const custom = settings.grant === 'custom';
	const method = custom ? settings.method : 'POST';
	const body = parseJsonObject(settings.bodyParameters, {
		field: 'Additional Body Parameters',
		notObject: 'JSON_MALFORMED',
	});
	const ownHeaders = parseJsonObject(settings.exchangeHeaders, {
		field: 'Exchange Headers',
		notObject: 'ADDITIONAL_HEADERS_INVALID',
	});
	const assertion = await mintAssertion(settings, now, audience);
	const clientAssertion = settings.clientAssertion
		? await mintClientAssertion(settings, now, audience)
		: undefined;
	const all = {
		...standardParameters(settings, { assertion, clientAssertion }, { body, headers: ownHeaders }),
		...fillAssertion(body, assertion),
	};
	const parameters = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
	const url = settings.tokenUrl.split('#')[0] ?? '';
	const headers: Record<string, string> = { accept: 'application/json' };
	const isPlaced = holdsPlaceholder([body, ownHeaders]) || queryHoldsPlaceholder(url);
	if (custom && !isPlaced) headers.authorization = `Bearer ${assertion}`;

	const agentOptions = tlsIdentity(settings.signing.clientCertificate, now);
	const request: TokenRequest = {
		method,
		url: fillQuery(url, assertion),
		headers,
		...(agentOptions && { agentOptions }),
	};
	if (method === 'GET') {
		request.url = withQuery(request.url, toForm(parameters));
	} else if (Object.keys(parameters).length > 0) {
		// A custom exchange may have nothing to say beside its token; GitHub's, for one.
		const isJson = settings.bodyFormat === 'json';
		headers['content-type'] = isJson ? 'application/json' : FORM_TYPE;
		request.body = isJson ? JSON.stringify(parameters) : toForm(parameters);
	}
	return withAdditionalHeaders(request, fillAssertion(ownHeaders, assertion), 'Exchange Headers');
}
