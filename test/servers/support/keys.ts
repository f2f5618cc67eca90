import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { publicJwkSet, type JwkSet } from '../../../core/keys/publicJwks';
import { readSigningSettings } from '../../../core/settings/readCredential';
import type { Fields } from './sending';

/** The algorithms of this suite that sign with a private key. */
export type KeyAlgorithm = 'ES256' | 'ES384' | 'PS256' | 'RS256';

/** A key with the fields of a JWT Sign API credential that signs with it. */
export interface SigningKey {
	privatePem: string;
	publicPem: string;
	fields: Fields;
}

const CURVES = { ES256: 'P-256', ES384: 'P-384' };

function keyPair(algorithm: KeyAlgorithm): { publicKey: KeyObject; privateKey: KeyObject } {
	return algorithm === 'ES256' || algorithm === 'ES384'
		? generateKeyPairSync('ec', { namedCurve: CURVES[algorithm] })
		: generateKeyPairSync('rsa', { modulusLength: 2048 });
}

/** @param keyId Key ID of the credential; none when left out */
export function newKey(algorithm: KeyAlgorithm, keyId = ''): SigningKey {
	const { publicKey, privateKey } = keyPair(algorithm);
	const privatePem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
	return {
		privatePem,
		publicPem: String(publicKey.export({ type: 'spki', format: 'pem' })),
		fields: { algorithm, privateKey: privatePem, keyId, expiresIn: '5m' },
	};
}

/** What JWT Sign > Get Public JWKS publishes of these credentials. */
export async function publishedKeys(keys: SigningKey[]): Promise<JwkSet> {
	const sets = await Promise.all(
		keys.map(async ({ fields }) => await publicJwkSet(readSigningSettings(fields))),
	);
	return { keys: sets.flatMap((set) => set.keys) };
}
