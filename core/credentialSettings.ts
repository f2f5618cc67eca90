import type { Claims, ClaimsSettings } from './claims';
import type { DomainRestriction } from './domains';
import type { SecretEncoding, SigningKeySettings } from './keys';
import { findAlgorithm } from './algorithms';
import { hasMembers } from './hasMembers';
import { parsePayload } from './payload';
import type { Placement } from './placement';
import type { RequestBinding } from './requestBinding';
import { assertExpressionsInPlace } from './unresolvedExpression';

/** The content of a credential as n8n hands it over: field names to values. */
export type CredentialData = Record<string, unknown>;

/** What every credential type has: how the token travels, and how far. */
export interface SendingSettings {
	placement: Placement;
	domains: DomainRestriction;
	/** Text of a date and time, empty for none; see `credentialExpiry.ts`. */
	credentialExpiresAt: string;
	/** JSON text or object of static headers sent beside the token; values may be secret. */
	additionalHeaders: unknown;
}

/** Settings of a `jwtTokenApi` credential. */
export interface TokenSettings extends SendingSettings {
	/** As pasted. */
	token: string;
}

/** Settings of a `jwtSignApi` credential. */
export interface SigningSettings extends SendingSettings {
	key: SigningKeySettings;
	claims: ClaimsSettings;
	/** JWS `kid`; empty takes the one that came with the key, if any. */
	keyId: string;
	/** JSON text or object of further JOSE header parameters. */
	headerParameters: unknown;
	/** Certificate of the key, to be named in the header; undefined for none. */
	certificate: { pem: string; kind: 'x5t' | 'x5c' } | undefined;
	/** What of the request goes into the token. */
	bindings: RequestBinding[];
	/** Whether a token with the same claims is used again until 80 % of its life has passed. */
	reuseToken: boolean;
	/** JSON text or object, not secret; handed out by JWT Sign on request. */
	metadata: unknown;
}

/** A field's text; numbers are written out. */
export function text(value: unknown, fallback = ''): string {
	if (typeof value === 'string') return value;
	return typeof value === 'number' ? String(value) : fallback;
}

/** A field's whole number; 0 for what is none. */
export function wholeNumber(value: unknown): number {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? Math.trunc(number) : 0;
}

/** A field's value if it is one of the choices. */
export function oneOf<T extends string>(value: unknown, choices: readonly T[], fallback: T): T {
	return choices.find((choice) => choice === value) ?? fallback;
}

/** Reads the fields every credential type has; hidden advanced ones count as their defaults. */
export function readSendingSettings(data: CredentialData): SendingSettings {
	const shown: CredentialData = data.useAdvanced === false ? {} : data;
	return {
		placement: {
			target: oneOf(shown.placement, ['header', 'query'], 'header'),
			headerName: text(shown.headerName, 'Authorization'),
			headerPrefix: text(shown.headerPrefix, 'Bearer'),
			queryParameter: text(shown.queryParameter, 'token'),
		},
		domains: {
			// Anything unknown locks up rather than opens: the field came from a script.
			mode: oneOf(data.allowedHttpRequestDomains ?? 'all', ['all', 'domains', 'none'], 'none'),
			allowedDomains: text(data.allowedDomains),
		},
		credentialExpiresAt: text(shown.credentialExpiresAt),
		additionalHeaders: shown.additionalHeaders,
	};
}

/** Names and values are judged by `bindRequest`, which names the row that is wrong. */
function readBindings(value: unknown): RequestBinding[] {
	const { bindings } = Object(value) as { bindings?: unknown };
	const rows = Array.isArray(bindings) ? bindings.map((row) => Object(row) as CredentialData) : [];
	return rows.map((row) => ({
		target: text(row.target) as RequestBinding['target'],
		name: text(row.name),
		value: text(row.value) as RequestBinding['value'],
	}));
}

function readCertificate(advanced: CredentialData): SigningSettings['certificate'] {
	const pem = text(advanced.x509);
	if (pem.trim() === '') return undefined;
	return { pem, kind: oneOf(advanced.x509Header, ['x5t', 'x5c'], 'x5t') };
}

/** Fields that are read only while Use Advanced Options is on. */
export function advancedFields(data: CredentialData): CredentialData {
	return data.useAdvanced === true ? data : {};
}

/**
 * Reads the fields of a `jwtTokenApi` credential; missing ones get the form's defaults.
 *
 * @throws {@link JwtAuthError} `EXPRESSION_UNRESOLVED`
 */
export function readTokenSettings(data: CredentialData): TokenSettings {
	assertExpressionsInPlace(data);
	return { ...readSendingSettings(data), token: text(data.token) };
}

/**
 * Reads the fields of a `jwtSignApi` credential; missing ones get the form's defaults.
 *
 * @throws {@link JwtAuthError} `ALGORITHM_UNSUPPORTED`, `EXPRESSION_UNRESOLVED`
 */
export function readSigningSettings(data: CredentialData): SigningSettings {
	assertExpressionsInPlace(data);
	const advanced = advancedFields(data);
	const algorithm = findAlgorithm(text(data.algorithm, 'RS256'));
	return {
		...readSendingSettings({ ...data, useAdvanced: data.useAdvanced === true }),
		key: {
			algorithm: algorithm.name,
			key: text(algorithm.family === 'HMAC' ? data.secret : data.privateKey),
			secretEncoding: oneOf<SecretEncoding>(
				advanced.keyEncoding,
				['utf8', 'base64', 'base64url', 'hex'],
				'utf8',
			),
			allowShortSecret: advanced.allowShortKey === true,
			passphrase: text(advanced.keyPassphrase),
		},
		claims: {
			payload: data.payload ?? '{}',
			autoTimeClaims: data.autoTimeClaims !== false,
			expiresIn: text(data.expiresIn, '1h'),
			backdateIat: wholeNumber(advanced.backdateIat),
			addNbf: advanced.addNbf === true,
			nbfOffset: wholeNumber(advanced.nbfOffset),
			addJti: advanced.addJti === true,
		},
		keyId: text(data.keyId).trim(),
		headerParameters: advanced.headerParameters ?? '{}',
		certificate: readCertificate(advanced),
		bindings: readBindings(advanced.requestBinding),
		reuseToken: advanced.reuseUntilExpiry === true,
		metadata: advanced.metadata ?? '{}',
	};
}

/**
 * A credential's fields with the claims of one item worked in, for `authenticate` to sign with.
 *
 * @param claims win over the payload's
 * @param expiresIn life of the token as Expires In; undefined leaves it to the credential
 * @returns a copy
 * @throws {@link JwtAuthError} when the payload is not a JSON object
 */
export function withItemClaims(
	data: CredentialData,
	claims: Claims,
	expiresIn: string | undefined,
): CredentialData {
	const merged = { ...data };
	if (expiresIn !== undefined) merged.expiresIn = expiresIn;
	if (Object.keys(claims).length > 0) {
		merged.payload = JSON.stringify({ ...parsePayload(data.payload), ...claims });
	}
	return merged;
}

/**
 * Whether a credential's fields are the same for every item of a run.
 *
 * @param data as n8n hands it over: `sameForEveryItem` is there only where n8n found no expression
 *   in any text; of a list or an object it cannot tell
 */
export function isSameForEveryItem(data: CredentialData): boolean {
	const isPlain = (value: unknown) => !hasMembers(value) || Object.keys(value).length === 0;
	return data.sameForEveryItem === true && Object.values(data).every(isPlain);
}
