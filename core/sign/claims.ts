import { randomUUID } from 'node:crypto';
import { parseDuration } from '../shared/duration';
import { isoTime } from '../shared/time';
import { assertComputed } from './computedClaims';
import { JwtAuthError } from '../errors';
import { parseJsonObject } from '../shared/json';
import { fillPlaceholders } from './placeholders';
import {
	readAudience,
	readMillisecondDate,
	readNumericDate,
	readTextClaim,
} from './registeredClaims';

/** A claims set, RFC 7519 §4. */
export type Claims = Record<string, unknown>;

/** What a credential says about claims. */
export interface ClaimsSettings {
	/** JSON text or object; see {@link parseJsonObject}. */
	payload: unknown;
	/** Whether `iat` and `exp` are generated where they are not given. */
	autoTimeClaims: boolean;
	/** From `iat` to the generated `exp`; see {@link parseDuration}. */
	expiresIn: string | number;
	/** Seconds by which a generated `iat` lies in the past. */
	backdateIat: number;
	/** Whether `nbf` is generated where it is not given. */
	addNbf: boolean;
	/** Seconds from `iat` to the generated `nbf`; may be negative. */
	nbfOffset: number;
	/** Whether `jti` is generated where it is not given. */
	addJti: boolean;
	/** Whether `iat`, `exp` and `nbf` are written in milliseconds, against RFC 7519 §2 (Zhipu). */
	timesInMilliseconds?: boolean;
	/** Claims that an expression in the payload is to give; default: none. See `assertComputed`. */
	computed?: readonly string[];
}

/** What one token's claims are built from beside the settings. */
export interface BuildClaimsOptions {
	/** Claims of the item; they win over the payload. */
	itemClaims?: Claims;
	/** Claims taken from the request (`bindRequest`); they win over everything. */
	boundClaims?: Claims;
	/** Current time as NumericDate in whole seconds, RFC 7519 §2. */
	now: number;
	/** Makes a `jti`; default: a random UUID. */
	newJti?: () => string;
	/** `SHA256:` fingerprint of the public key, for {@link fillPlaceholders}; absent for a secret. */
	publicKeyFingerprint?: () => string | undefined;
}

/** Members of the form's default payload: left empty, they are not meant as claims. */
const SKELETON = ['iss', 'sub', 'scope', 'aud'];

const GENERATED_CLAIMS = ['iat', 'exp', 'nbf', 'jti'];

const TIME_CLAIMS = ['iat', 'exp', 'nbf'];

/** How the claims are read whose type RFC 7519 §4.1 fixes. */
const READERS = new Map<string, (value: unknown, claim: string) => unknown>([
	['aud', readAudience],
	['exp', readNumericDate],
	['iat', readNumericDate],
	['iss', readTextClaim],
	['jti', readTextClaim],
	['nbf', readNumericDate],
	['sub', readTextClaim],
]);

/** Claims as given, each registered one of them in the type RFC 7519 wants. */
function readGiven(claims: Claims, timesInMilliseconds: boolean): Claims {
	const given = Object.entries(claims).filter(
		([name, value]) => !(value === '' && SKELETON.includes(name)),
	);
	return Object.fromEntries(
		given.map(([name, value]) => {
			const isLeftOut = value === null && GENERATED_CLAIMS.includes(name);
			const inMilliseconds = timesInMilliseconds && TIME_CLAIMS.includes(name);
			const usual = inMilliseconds ? readMillisecondDate : READERS.get(name);
			const read = isLeftOut ? undefined : usual;
			return [name, read ? read(value, name) : value];
		}),
	);
}

function withTimeClaims(claims: Claims, settings: ClaimsSettings, now: number): Claims {
	const iat = typeof claims.iat === 'number' ? claims.iat : now - settings.backdateIat;
	const result = { ...claims };
	if (settings.autoTimeClaims) {
		if (claims.iat === undefined) result.iat = iat;
		if (claims.exp === undefined) {
			result.exp = iat + parseDuration(settings.expiresIn, 'Expires In');
		}
	}
	if (settings.addNbf && claims.nbf === undefined) result.nbf = iat + settings.nbfOffset;
	return result;
}

function assertLifetime(claims: Claims): void {
	for (const start of ['iat', 'nbf']) {
		const [from, until] = [claims[start], claims.exp];
		if (typeof from === 'number' && typeof until === 'number' && until <= from) {
			throw new JwtAuthError(
				'CLAIM_INVALID',
				`The claim exp (${until}, ${isoTime(until)}) is not after ${start} (${from}, ${isoTime(from)}), so the token would never be valid.`,
				{ hint: 'Remove exp from the payload to have it generated, or give a later time.' },
			);
		}
	}
}

/**
 * Builds the claims set of one token, its times in seconds.
 *
 * Precedence, lowest first: generated claims, the payload, the item's claims, the request's. Empty
 * `iss`, `sub`, `scope`, `aud` are left out. `iat`, `exp`, `nbf` may be seconds, numeric text or an
 * ISO 8601 date. A null for `iat`, `exp`, `nbf` or `jti` leaves the claim out and keeps it from being
 * generated (APNs, for one, takes no `exp`). `exp` and `nbf` are generated from the token's `iat`,
 * or from what it would have been.
 *
 * @returns a new claims set, given claims first in their order
 * @throws {@link JwtAuthError} `PAYLOAD_EMPTY`, `CLAIM_EMPTY` when nobody gives a claim (generated and bound ones
 *   do not count), `PAYLOAD_NOT_OBJECT`, `CLAIM_INVALID`, `DURATION_INVALID`, `JSON_*`
 */
export function buildClaims(settings: ClaimsSettings, options: BuildClaimsOptions): Claims {
	const notObject = 'PAYLOAD_NOT_OBJECT';
	const all = {
		...parseJsonObject(settings.payload, { field: 'payload', notObject }),
		...parseJsonObject(options.itemClaims, { field: 'claims of the item', notObject }),
	};
	assertComputed(all, settings.computed);
	const given = readGiven(all, settings.timesInMilliseconds === true);
	if (Object.values(given).every((value) => value === null)) {
		throw new JwtAuthError('PAYLOAD_EMPTY', 'The payload has no claims.');
	}
	const claims = withTimeClaims(
		fillPlaceholders(given, options.publicKeyFingerprint),
		settings,
		options.now,
	);
	const { newJti = randomUUID } = options;
	if (settings.addJti && claims.jti === undefined) claims.jti = newJti();
	Object.assign(claims, options.boundClaims);
	for (const name of GENERATED_CLAIMS) if (claims[name] === null) delete claims[name];
	assertLifetime(claims);
	return claims;
}

/** Claims whose times are milliseconds since 1970, of those of {@link buildClaims}. */
export function withMilliseconds(claims: Claims): Claims {
	return Object.fromEntries(
		Object.entries(claims).map(([name, value]) => {
			const isTime = TIME_CLAIMS.includes(name) && typeof value === 'number';
			return [name, isTime ? Math.round(value * 1000) : value];
		}),
	);
}

/**
 * Reads the payload of a credential.
 *
 * @param payload JSON text or object
 * @returns a copy
 * @throws {@link JwtAuthError} `PAYLOAD_NOT_OBJECT`, `JSON_*`
 */
export function parsePayload(payload: unknown): Claims {
	return parseJsonObject(payload, { field: 'payload', notObject: 'PAYLOAD_NOT_OBJECT' });
}
