import { withToken } from '../request/placement';
import type { CredentialData } from '../settings/credentialFields';
import { readTokenSettings } from '../settings/readSending';

import { readSigningSettings } from '../settings/readCredential';
import { newestKeyFrom, withKeyInTurn, withNewestKey } from '../settings/readKeyTurn';
import { daysUntilExpiry } from './credentialExpiry';
import { JwtAuthError } from '../errors';
import { splitSignedToken } from '../jws/decode';
import { parseJsonObject } from '../shared/json';
import { tlsIdentity } from '../keys/clientCertificate';
import { signingKey } from '../keys/signingKeyCache';
import type { SigningKey } from '../keys/types';
import { mintToken } from '../sign/mintToken';
import type { BoundRequest } from '../sign/requestBindingValues';
import { publicKeyOf } from '../keys/publicKey';
import { withKeyUnderTest } from './keyBirth';
import { usableToken } from './pastedToken';
import { verifySignature } from '../jws/verifySignature';

// The other types are tested with a request of n8n: JWT Token Exchange API by core/exchange/testUrl, services
// by the `test` of their row.

/**
 * Checks a `jwtTokenApi` credential without any network: the token is a JWT and valid now.
 *
 * @param timeZone of Credential Expires At, see {@link daysUntilExpiry}
 * @throws {@link JwtAuthError} the first thing that is wrong
 */
export function checkTokenCredential(data: CredentialData, now: Date, timeZone?: string): void {
	const settings = readTokenSettings(data);
	daysUntilExpiry(settings.credentialExpiresAt, now, timeZone);
	withToken({}, usableToken(settings.token, now), settings);
}

/** Stands for the request where a credential binds its tokens to one. */
const STAND_IN_REQUEST: BoundRequest = {
	method: 'POST',
	url: new URL('https://api.example.com/'),
	bodyBytes: Buffer.alloc(0),
};

/** Whether a value is an expression that n8n left as it stands, for want of an item. */
function isUnresolved(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith('=');
}

/**
 * The payload as it can be checked without an item: members whose expression has no value yet are
 * replaced by a stand-in, so that they are neither missing nor of the wrong form.
 */
function checkablePayload(payload: unknown): unknown {
	// Undefined: n8n has dropped the field, since the expression it holds cannot be resolved.
	if (payload === undefined || isUnresolved(payload)) return { sub: 'stand-in' };
	const members = Object.entries(
		parseJsonObject(payload, { field: 'Payload', notObject: 'PAYLOAD_NOT_OBJECT' }),
	);
	return Object.fromEntries(
		members.flatMap(([name, value]) => {
			if (!isUnresolved(value)) return [[name, value]];
			return ['exp', 'iat', 'nbf'].includes(name) ? [] : [[name, 'stand-in']];
		}),
	);
}

/** Whether a token verifies with the public part of the key that signed it. */
async function isVerifiedBy(token: string, { key, algorithm }: SigningKey): Promise<boolean> {
	const [header, payload, signature] = splitSignedToken(token, Infinity);
	const verificationKey = key.type === 'secret' ? key : publicKeyOf(key);
	return await verifySignature({ header, payload, signature }, verificationKey, algorithm);
}

/** Signs a token with the settings of a credential, and verifies it. */
async function checkSigning(data: CredentialData, now: Date, timeZone?: string): Promise<void> {
	const settings = readSigningSettings(data);
	daysUntilExpiry(settings.credentialExpiresAt, now, timeZone);
	tlsIdentity(settings.clientCertificate, now);
	const { token } = await mintToken(
		{
			...settings,
			// Without an item, expressions of the payload may have found nothing.
			claims: { ...settings.claims, payload: checkablePayload(data.payload), computed: [] },
		},
		{ now, request: STAND_IN_REQUEST },
	);
	if (!(await isVerifiedBy(token, signingKey(settings.key)))) {
		throw new JwtAuthError(
			'SIGNATURE_INVALID',
			'A token signed with this key does not verify: private and public part do not belong together.',
			{ hint: 'Paste the key again, as the service handed it out.' },
		);
	}
	withToken({}, token, settings);
}

/**
 * Checks a `jwtSignApi` credential without any network: signs a token and verifies it. Where a newer key
 * is to sign from some time on, it does so with that as well: what does not fit it would be found only then.
 *
 * @param timeZone of the dates in the form, see {@link daysUntilExpiry}
 * @throws {@link JwtAuthError} the first thing that is wrong
 */
export async function checkSigningCredential(
	given: CredentialData,
	now: Date,
	timeZone?: string,
): Promise<void> {
	const data = await withKeyUnderTest(given);
	await checkSigning(withKeyInTurn(data, now, timeZone), now, timeZone);
	const willSign = newestKeyFrom(data, timeZone) !== undefined;
	if (willSign) await checkSigning(withNewestKey(data), now, timeZone);
}
