import type { JsonWebKey } from 'node:crypto';
import { JwtAuthError } from '../errors';
import { type PublicKey, readAdditionalKey } from './additionalKeys';
import type { Algorithm } from './algorithms';
import { publicKeysOfSet } from './pastedSet';
import { signingKeyId } from './signingKeyId';
import { signingKey } from './signingKeyCache';
import { publicJwk } from './publicKey';
import type { AdditionalKey, SigningKeySettings } from './types';

/** A JWK Set, RFC 7517 §5. */
export interface JwkSet {
	keys: JsonWebKey[];
}

/** A key as pasted, with the Key ID of its credential; '' for none. */
export interface PublishedKey {
	key: SigningKeySettings;
	keyId: string;
}

/** A private key whose public half is published beside another. */
export interface KeyBeside extends PublishedKey {
	/** Where its Key ID stands in the form, after "in"; named in errors. */
	place: string;
}

function toJwk({ key, keyId, algorithm }: PublicKey): JsonWebKey {
	const jwk: JsonWebKey = { ...publicJwk(key), kid: keyId, use: 'sig' };
	if (algorithm !== undefined) jwk.alg = algorithm;
	return jwk;
}

function isSameKey(one: JsonWebKey, other: JsonWebKey): boolean {
	const members = ['kty', 'crv', 'n', 'e', 'x', 'y', 'pub'];
	return members.every((member) => one[member] === other[member]);
}

/**
 * Adds a key that is not there yet. The same key may be named twice, since it is both the one in use and
 * the one after it at the moment of a change.
 *
 * @throws {@link JwtAuthError} `FIELD_INVALID` for another key of the same `kid`, and for the same key with
 *   another algorithm, which would be missed only when its tokens are refused
 */
function addKey(keys: JsonWebKey[], jwk: JsonWebKey, place: string): void {
	const same = keys.find(({ kid }) => kid === jwk.kid);
	if (!same) {
		keys.push(jwk);
	} else if (!isSameKey(same, jwk)) {
		throw new JwtAuthError('FIELD_INVALID', `In ${place}: another key has the same Key ID.`, {
			hint: 'Give each key a Key ID of its own, or leave Key ID empty to take it from the key.',
		});
	} else if (jwk.alg !== undefined && jwk.alg !== same.alg) {
		throw new JwtAuthError(
			'FIELD_INVALID',
			`In ${place}: the same key is published for ${String(same.alg ?? 'any algorithm')} already, and not for ${String(jwk.alg)}.`,
			{ hint: 'Take the row out, or use another key for the other algorithm.' },
		);
	}
}

/** Where the keys of a pasted set stand; named in errors. */
const PRIVATE_KEY = 'Private Key';

/** The public halves of the other keys in a pasted JWK Set: the next one to sign, and the last one. */
async function keysBeside(
	own: JsonWebKey,
	{ key: text }: SigningKeySettings,
	current: Algorithm,
): Promise<PublicKey[]> {
	const others = publicKeysOfSet(text).filter((jwk) => !isSameKey(jwk, own));
	if (others.length === 0) return [];
	const set = JSON.stringify({ keys: others });
	return await readAdditionalKey(
		{ text: set, keyId: '', algorithm: '', place: PRIVATE_KEY },
		current,
	);
}

/**
 * The public half of a signing credential's key, those of the other keys in a pasted JWK Set, and other
 * public keys beside them, for others to verify tokens with.
 *
 * @param additional the keys before and after the credential's, while keys change
 * @param beside those of them that the credential itself holds
 * @returns the credential's key first; each with `use` `sig`, `alg` where it is known, and as `kid` the
 *   Key ID given, or the one that came with the key, or its thumbprint (RFC 7638)
 * @throws {@link JwtAuthError} `KEY_WRONG_TYPE` for a shared secret, `FIELD_INVALID` for two keys or two
 *   algorithms of one `kid`, and the codes of importSigningKey and readAdditionalKey
 */
export async function publicJwkSet(
	{ key: settings, keyId }: PublishedKey,
	additional: readonly AdditionalKey[] = [],
	beside: readonly KeyBeside[] = [],
): Promise<JwkSet> {
	const own = signingKey(settings);
	const jwk = publicJwk(own.key);
	const kid = await signingKeyId(own, { keyId, keyIdFromKey: true });
	const keys: JsonWebKey[] = [{ ...jwk, kid, use: 'sig', alg: own.algorithm.name }];
	for (const { key, keyId: id, place } of beside) {
		const other = signingKey(key);
		const otherId = await signingKeyId(other, { keyId: id, keyIdFromKey: true });
		addKey(
			keys,
			toJwk({ key: other.key, keyId: String(otherId), algorithm: other.algorithm.name }),
			place,
		);
	}
	for (const found of await keysBeside(jwk, settings, own.algorithm)) {
		addKey(keys, toJwk(found), PRIVATE_KEY);
	}
	for (const one of additional) {
		for (const found of await readAdditionalKey(one, own.algorithm)) {
			addKey(keys, toJwk(found), one.place);
		}
	}
	return { keys };
}
