import { derChildren, readDer } from './der';
import { der, derUnsigned } from './derWriter';

/** Version of a key that nothing follows, RFC 5958 §2. */
const VERSION_1 = derUnsigned(Buffer.from([0]));

/**
 * A PKCS#8 key without what may follow the private key: attributes, and the public key that version
 * 2 brought (RFC 5958 §2), over which the OpenSSL of Node.js 20 and 22 refuses the whole key. The public
 * key is made of the private one.
 *
 * @param pkcs8 DER of PrivateKeyInfo or OneAsymmetricKey
 * @returns DER of PrivateKeyInfo
 */
export function plainPkcs8(pkcs8: Buffer): Buffer {
	const algorithmAndKey = derChildren(readDer(pkcs8)).slice(1, 3);
	return der('sequence', VERSION_1, ...algorithmAndKey.map(({ whole }) => whole));
}
