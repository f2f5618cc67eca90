import type { BoundRequest } from './requestBindingValues';
import { certificateHeader } from '../keys/certificate';
import { buildClaims, withMilliseconds, type Claims } from './claims';
import type { SigningSettings } from './signingSettings';
import { buildHeader } from './header';
import { JwtAuthError } from '../errors';
import { signingKeyId } from '../keys/signingKeyId';
import { signingKey } from '../keys/signingKeyCache';
import { publicKeyFingerprint } from '../keys/publicKey';
import { bindRequest, boundParts, type BoundParameters } from './requestBinding';
import { signToken } from '../jws/sign';
import { numericDate } from '../shared/time';

/** What one token is made for. */
export interface MintOptions {
	/** Current time. */
	now: Date;
	/** Claims of the item; they win over the credential's payload. */
	itemClaims?: Claims;
	/** Header parameters of the item, JSON text or object; they win over the credential's. */
	itemHeaderParameters?: unknown;
	/** Lifetime of this token, as Expires In; overrides the credential's. */
	expiresIn?: string | number;
	/** The request the token is for; needed when the credential binds its tokens to it. */
	request?: BoundRequest;
}

/** A signed token and what is in it. */
export interface MintedToken {
	/** Compact JWS. */
	token: string;
	header: Record<string, unknown>;
	claims: Claims;
	/** `exp` in seconds since 1970, whatever the claim is written in; undefined for none. */
	expiresAt: number | undefined;
}

/** Stands for the request where the bound values take nothing from it. */
const NO_REQUEST: BoundRequest = { method: 'GET', url: new URL('http://localhost/') };

/** Takes from the request what the credential binds its tokens to. */
function boundParameters(
	settings: SigningSettings,
	{ now, request }: MintOptions,
	fingerprint: () => string | undefined,
): BoundParameters {
	const { bindings } = settings;
	if (bindings.length === 0) return { payload: {}, header: {} };
	const { url, body } = boundParts(bindings);
	if (!request && (url || body)) {
		throw new JwtAuthError(
			'REQUEST_BINDING_INVALID',
			'This credential binds its tokens to the request they are sent with, and there is none here.',
			{
				hint: 'Use it in JWT HTTP Request or HTTP Request, or say in Options which request is meant.',
			},
		);
	}
	return bindRequest(bindings, request ?? NO_REQUEST, { now, publicKeyFingerprint: fingerprint });
}

/**
 * Makes one token from a credential's settings: key, claims, header, signature.
 *
 * @throws {@link JwtAuthError} any code of keys, certificate, claims, header parameters and binding
 */
export async function mintToken(
	settings: SigningSettings,
	options: MintOptions,
): Promise<MintedToken> {
	const imported = signingKey(settings.key);
	const { key, algorithm } = imported;
	const fingerprint = () => (key.type === 'secret' ? undefined : publicKeyFingerprint(key));
	const bound = boundParameters(settings, options, fingerprint);
	const claims = buildClaims(
		{ ...settings.claims, expiresIn: options.expiresIn ?? settings.claims.expiresIn },
		{
			now: numericDate(options.now),
			itemClaims: options.itemClaims,
			boundClaims: bound.payload,
			publicKeyFingerprint: fingerprint,
		},
	);
	const { certificate } = settings;
	const header = buildHeader({
		algorithm: algorithm.name,
		keyId: await signingKeyId(imported, settings),
		certificate: certificate && certificateHeader(certificate.pem, certificate.kind, key),
		headerParameters: settings.headerParameters,
		itemHeaderParameters: options.itemHeaderParameters,
		bindings: bound.header,
	});
	const written = settings.claims.timesInMilliseconds ? withMilliseconds(claims) : claims;
	return {
		token: await signToken(header, written, { key, algorithm }),
		header,
		claims: written,
		expiresAt: typeof claims.exp === 'number' ? claims.exp : undefined,
	};
}
