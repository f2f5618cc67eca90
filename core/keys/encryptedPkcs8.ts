import { type DerElement, derChildren, oidHex, readDer, smallInteger } from './der';
import { JwtAuthError } from '../errors';

const PBES2 = '2a864886f70d01050d';
const PBKDF2 = '2a864886f70d01050c';
const SCRYPT = '2b06010401da47040b';

// Deriving a key blocks n8n's only thread: 5,000,000 rounds of SHA-256 take about 2 seconds, and
// no tool goes beyond 1,000,000 by itself.
const MAXIMUM_ITERATIONS = 5_000_000;

// OpenSSL refuses more memory than 32 MB by itself, but not a huge parallelisation parameter.
const MAXIMUM_SCRYPT_WORK = 2 ** 21;
const MAXIMUM_SCRYPT_MEMORY = 2 ** 25;

function unsupportedEncryptionError(what: string): JwtAuthError {
	return new JwtAuthError('KEY_ENCRYPTED_UNSUPPORTED', `The private key is encrypted ${what}.`);
}

function checkIterations(parameters: DerElement | undefined): void {
	const iterations = smallInteger(derChildren(parameters)[1]);
	if (iterations === undefined) throw unsupportedEncryptionError('in a way that cannot be read');
	if (iterations > MAXIMUM_ITERATIONS) {
		throw unsupportedEncryptionError(
			`with more iterations than the ${MAXIMUM_ITERATIONS.toLocaleString('en')} accepted`,
		);
	}
}

function checkScrypt(parameters: DerElement | undefined): void {
	const [, n, r, p] = derChildren(parameters).map(smallInteger);
	if (!n || !r || !p) throw unsupportedEncryptionError('in a way that cannot be read');
	if (n * r * p > MAXIMUM_SCRYPT_WORK || 128 * r * (n + p) > MAXIMUM_SCRYPT_MEMORY) {
		throw unsupportedEncryptionError(
			'with scrypt parameters that take more than 32 MB or too much time',
		);
	}
}

/**
 * Refuses an encrypted PKCS#8 key (RFC 5958 §3) whose key derivation would take too long or is not
 * known, before it is tried: more than 5,000,000 iterations of PBKDF2 or of a PKCS#12 or PKCS#5 v1
 * scheme (RFC 8018), or scrypt (RFC 7914) beyond 32 MB.
 *
 * @param der DER of EncryptedPrivateKeyInfo
 * @throws {@link JwtAuthError} `KEY_ENCRYPTED_UNSUPPORTED`
 */
export function checkKeyEncryption(der: Buffer): void {
	const [scheme, parameters] = derChildren(derChildren(readDer(der))[0]);
	if (oidHex(scheme) !== PBES2) {
		checkIterations(parameters);
		return;
	}
	const [derivation, derivationParameters] = derChildren(derChildren(parameters)[0]);
	const name = oidHex(derivation);
	if (name === PBKDF2) checkIterations(derivationParameters);
	else if (name === SCRYPT) checkScrypt(derivationParameters);
	else throw unsupportedEncryptionError('with a key derivation that is neither PBKDF2 nor scrypt');
}
