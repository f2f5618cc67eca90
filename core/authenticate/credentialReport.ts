import { decodeToken } from '../jws/decode';
import { certificateEnd } from '../keys/certificate';
import { clientCertificateEnd } from '../keys/clientCertificate';
import { publicKeyThumbprint } from '../keys/publicKey';
import { signingKey } from '../keys/signingKeyCache';
import { signingKeyId } from '../keys/signingKeyId';
import type { CredentialEnd } from '../request/sendingSettings';
import type { CredentialData } from '../settings/credentialFields';
import { readSigningSettings } from '../settings/readCredential';
import { readExchangeSettings } from '../settings/readExchange';
import { keysBesideTurn, newestKeyFrom, readKeyTurn, withKeyInTurn } from '../settings/readKeyTurn';
import { keptKey } from '../settings/readKeySource';
import { readTokenSettings } from '../settings/readSending';
import { bareToken } from '../shared/bareToken';
import { toInstant } from '../shared/dateTime';
import type { SigningSettings } from '../sign/signingSettings';
import { MILLISECONDS_PER_DAY } from './credentialExpiry';
import { isKeyMissing, withKeyUnderTest } from './keyBirth';

/** Types of credentials that can be reported on. */
export const REPORTED_TYPES = ['jwtExchangeApi', 'jwtSignApi', 'jwtTokenApi'] as const;

/** What a key is called by, and when another takes its place; null for what is not there. */
interface KeyReport {
	/** JWS `alg` value. */
	algorithm: string | null;
	/** `kid` of the tokens. */
	keyId: string | null;
	/** SHA-256 of the public key, base64url, RFC 7638. */
	thumbprint: string | null;
	/** ISO 8601; of a key that n8n has made. */
	keyMadeAt: string | null;
	/** `kid` of the key that waits for its turn. */
	nextKeyId: string | null;
	/** ISO 8601; when that key signs. */
	nextKeySignsFrom: string | null;
}

/** When the parts of a credential end, as ISO 8601; null for what does not end. */
interface Ends {
	certificateExpiresAt: string | null;
	clientCertificateExpiresAt: string | null;
	credentialExpiresAt: string | null;
	tokenExpiresAt: string | null;
}

/** What can be told of a credential without a secret. */
export interface CredentialReport extends KeyReport, Ends {
	/** Which of the four ends first. */
	expiresFirst: keyof Ends | null;
	/** When that is. */
	expiresAt: string | null;
	/** Whole days until then, negative once it has ended. */
	daysLeft: number | null;
}

/** ISO 8601; null for no time, or one that no calendar reaches. */
function iso(time: number | Date | undefined): string | null {
	const date = new Date(time ?? Number.NaN);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function credentialEnd(end: CredentialEnd | undefined, timeZone?: string): string | null {
	return end === undefined ? null : iso(toInstant(end, timeZone));
}

function withFirst(report: KeyReport & Ends, now: Date): CredentialReport {
	const { certificateExpiresAt, clientCertificateExpiresAt } = report;
	const { credentialExpiresAt, tokenExpiresAt } = report;
	const ends: Ends = {
		certificateExpiresAt,
		clientCertificateExpiresAt,
		credentialExpiresAt,
		tokenExpiresAt,
	};
	const [first] = (Object.keys(ends) as Array<keyof Ends>)
		.flatMap((name) => (ends[name] === null ? [] : [{ name, end: Date.parse(ends[name]) }]))
		.sort((one, other) => one.end - other.end);
	return {
		...report,
		expiresFirst: first?.name ?? null,
		expiresAt: iso(first?.end),
		daysLeft: first ? Math.floor((first.end - now.getTime()) / MILLISECONDS_PER_DAY) : null,
	};
}

/** What there is to say of the key that waits for its turn. */
async function nextKeyReport(
	data: CredentialData,
	now: Date,
	timeZone?: string,
): Promise<Pick<KeyReport, 'nextKeyId' | 'nextKeySignsFrom'>> {
	const { next } = readKeyTurn(data, now, timeZone);
	const [beside] = next ? keysBesideTurn(data, now, timeZone) : [];
	if (!beside) return { nextKeyId: null, nextKeySignsFrom: null };
	const { key, keyId } = beside;
	const nextKeyId = await signingKeyId(signingKey(key), { keyId, keyIdFromKey: true });
	const from = newestKeyFrom(data, timeZone) ?? 0;
	return {
		nextKeyId: nextKeyId ?? null,
		nextKeySignsFrom: from > now.getTime() ? iso(from) : null,
	};
}

/** What there is to say of the key that signs. */
async function keyReport(
	settings: SigningSettings,
): Promise<Pick<KeyReport, 'algorithm' | 'keyId' | 'thumbprint'>> {
	const imported = signingKey(settings.key);
	const { key, algorithm } = imported;
	return {
		algorithm: algorithm.name,
		keyId: (await signingKeyId(imported, settings)) ?? null,
		thumbprint: key.type === 'secret' ? null : await publicKeyThumbprint(key),
	};
}

/** Of a key that has not been made there is nothing to say. */
async function signingReport(
	data: CredentialData,
	read: (data: CredentialData) => SigningSettings,
	now: Date,
	timeZone?: string,
): Promise<KeyReport & Ends> {
	const isMissing = isKeyMissing(data);
	const inTurn = withKeyInTurn(await withKeyUnderTest(data), now, timeZone);
	const settings = read(inTurn);
	const { certificate, clientCertificate, credentialExpiresAt } = settings;
	const key = await keyReport(settings);
	const end = certificate && certificateEnd(certificate.pem, signingKey(settings.key).key);
	const isMade = settings.key.key === keptKey(inTurn)?.key;
	return {
		...key,
		...(isMissing && { keyId: null, thumbprint: null }),
		keyMadeAt: isMissing || !isMade ? null : iso(keptKey(inTurn)?.madeAt),
		...(await nextKeyReport(data, now, timeZone)),
		certificateExpiresAt: iso(end),
		clientCertificateExpiresAt: iso(clientCertificate && clientCertificateEnd(clientCertificate)),
		credentialExpiresAt: credentialEnd(credentialExpiresAt, timeZone),
		tokenExpiresAt: null,
	};
}

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function tokenReport(data: CredentialData, timeZone?: string): KeyReport & Ends {
	const { token, credentialExpiresAt } = readTokenSettings(data);
	const { header, payload } = decodeToken(bareToken(token));
	return {
		algorithm: asText(header.alg),
		keyId: asText(header.kid),
		thumbprint: null,
		keyMadeAt: null,
		nextKeyId: null,
		nextKeySignsFrom: null,
		certificateExpiresAt: null,
		clientCertificateExpiresAt: null,
		credentialExpiresAt: credentialEnd(credentialExpiresAt, timeZone),
		tokenExpiresAt: typeof payload.exp === 'number' ? iso(payload.exp * 1000) : null,
	};
}

/**
 * What can be told of a credential without a secret: its key, and when what it holds ends. Nothing is
 * made, sent or refused for having ended.
 *
 * @param timeZone of the dates in the form; default: UTC
 * @throws {@link JwtAuthError} the codes of the credential's fields, key, certificates and token
 */
export async function credentialReport(
	type: (typeof REPORTED_TYPES)[number],
	data: CredentialData,
	now: Date,
	timeZone?: string,
): Promise<CredentialReport> {
	if (type === 'jwtTokenApi') return withFirst(tokenReport(data, timeZone), now);
	const read = (fields: CredentialData) =>
		type === 'jwtSignApi' ? readSigningSettings(fields) : readExchangeSettings(fields).signing;
	return withFirst(await signingReport(data, read, now, timeZone), now);
}
