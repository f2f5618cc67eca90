import { createPrivateKey, type KeyObject, type PrivateKeyInput } from 'node:crypto';
import type { Algorithm } from './algorithms';
import { derChildren, derStructure, isPrivateDer, oidHex, readDer } from './der';
import { JwtAuthError } from '../errors';
import { foreignKeyError, foreignPemLabel } from './wrongKey';
import { checkKeyEncryption } from './encryptedPkcs8';
import { importOpenssh } from './opensshKey';
import { decodeBase64Text, decodePemBody, type PemBlock } from './pem';
import { plainPkcs8 } from './plainPkcs8';

/** Algorithm identifiers of PKCS#8 keys that cannot sign a JWT; importing some takes long. */
const NOT_FOR_SIGNING: ReadonlyMap<string | undefined, string> = new Map([
	['2a8648ce380401', 'A DSA key'],
	['2a864886f70d010301', 'A Diffie-Hellman key'],
	['2a8648ce3e0201', 'A Diffie-Hellman key'],
	['2a864886f70d010107', 'An RSA key for encryption only (id-RSAES-OAEP)'],
]);

const LEGACY_HEADER =
	/^\s*Proc-Type:\s{0,4}4,\s{0,4}ENCRYPTED\s*DEK-Info:\s{0,4}([A-Z0-9-]{3,24})\s{0,4},\s{0,4}([0-9A-F]{16}(?:[0-9A-F]{16})?)/i;

const OPENSSH_LABEL = 'OPENSSHPRIVATEKEY';

const EIGHT_BYTE_BLOCKS = /^(DES|RC2|BF|IDEA|CAST)/i;

function importEncrypted(input: PrivateKeyInput, passphrase: string): KeyObject {
	if (passphrase === '') {
		throw new JwtAuthError(
			'KEY_PASSPHRASE',
			'The private key is encrypted and no passphrase is given.',
		);
	}
	try {
		return createPrivateKey({ ...input, passphrase });
	} catch (error) {
		if ((error as { code?: unknown }).code === 'ERR_OSSL_EVP_UNSUPPORTED') {
			throw new JwtAuthError(
				'KEY_ENCRYPTED_UNSUPPORTED',
				'The private key is encrypted with a cipher that Node.js no longer has, such as DES or RC2.',
				{
					hint: 'Convert it with: openssl pkcs8 -topk8 -provider default -provider legacy -in old.pem -out new.pem',
				},
			);
		}
		throw new JwtAuthError(
			'KEY_PASSPHRASE',
			'The passphrase does not open the encrypted private key.',
			{
				hint: 'Check Key Passphrase. If it is right, the key is damaged: paste the whole of it again.',
			},
		);
	}
}

/**
 * Imports the DER of a private key: PKCS#8 or encrypted PKCS#8 (RFC 5958), PKCS#1 (RFC 8017 A.1.2),
 * SEC1 (RFC 5915).
 *
 * @param passphrase ignored where the key is not encrypted; '' for none
 * @param algorithm the algorithm the key is for, named in errors
 * @throws {@link JwtAuthError} `KEY_PASSPHRASE`, `KEY_ENCRYPTED_UNSUPPORTED`, `KEY_UNSUPPORTED`,
 * `KEY_MALFORMED`, and the codes that name something that is no private key
 */
export function importDer(der: Buffer, passphrase: string, algorithm: Algorithm): KeyObject {
	const structure = derStructure(der);
	if (structure === 'encryptedPkcs8') {
		checkKeyEncryption(der);
		return importEncrypted({ key: der, format: 'der', type: 'pkcs8' }, passphrase);
	}
	if (structure && !isPrivateDer(structure)) throw foreignKeyError(structure, algorithm);
	if (structure === 'pkcs8') {
		const words = NOT_FOR_SIGNING.get(oidHex(derChildren(derChildren(readDer(der))[1])[0]));
		if (words) {
			throw new JwtAuthError('KEY_UNSUPPORTED', `${words} was found, which cannot sign a JWT.`);
		}
	}
	try {
		const key = structure === 'pkcs8' ? plainPkcs8(der) : der;
		if (structure) return createPrivateKey({ key, format: 'der', type: structure });
	} catch {
		// OpenSSL's reasons say nothing to the person who pasted the key.
	}
	throw new JwtAuthError('KEY_MALFORMED', 'The text was decoded, but it is not a private key.');
}

/** Legacy encryption of PEM, RFC 1421 §4.6, as OpenSSL writes it; only OpenSSL can undo it. */
function importLegacy(block: PemBlock, header: RegExpExecArray, passphrase: string): KeyObject {
	const [whole, cipher = '', hex = ''] = header;
	// A lost line break lets the key run into the initialisation vector, whose length is known.
	const iv = EIGHT_BYTE_BLOCKS.test(cipher) ? hex.slice(0, 16) : hex;
	const encrypted = decodeBase64Text(block.body.slice(whole.length - hex.length + iv.length));
	// The other modes of OpenSSL, such as CFB and CTR, leave the length as it is.
	const blockLength = cipher.toUpperCase().endsWith('CBC') ? iv.length / 2 : 1;
	if (!encrypted || encrypted.length % blockLength !== 0) {
		throw new JwtAuthError('KEY_TRUNCATED', 'The encrypted key is cut off or damaged.');
	}
	const label = block.label.replace('PRIVATEKEY', ' PRIVATE KEY').trim();
	const key = [
		`-----BEGIN ${label}-----`,
		'Proc-Type: 4,ENCRYPTED',
		`DEK-Info: ${cipher.toUpperCase()},${iv.toUpperCase()}`,
		'',
		...(encrypted.toString('base64').match(/.{1,64}/g) ?? []),
		`-----END ${label}-----`,
		'',
	].join('\n');
	return importEncrypted({ key, format: 'pem' }, passphrase);
}

function importOpensshBlock({ body }: PemBlock): KeyObject {
	const bytes = decodeBase64Text(body);
	if (!bytes) {
		throw new JwtAuthError('KEY_MALFORMED', 'The text of the OpenSSH key is not Base64.');
	}
	return importOpenssh(bytes);
}

/**
 * Imports the one private key among PEM blocks; certificates and EC PARAMETERS beside it are left
 * out.
 *
 * @param blocks at least one
 * @param passphrase ignored where the key is not encrypted; '' for none
 * @param algorithm the algorithm the key is for, named in errors
 * @throws {@link JwtAuthError} the codes of {@link importDer} and {@link importOpenssh}
 */
export function importPem(
	blocks: readonly PemBlock[],
	passphrase: string,
	algorithm: Algorithm,
): KeyObject {
	const found = blocks.map(({ label }) => foreignPemLabel(label));
	const isOpenssh = (block: PemBlock): boolean => block.label === OPENSSH_LABEL;
	const candidates = blocks.filter(
		(block, index) => found[index] === undefined || isOpenssh(block),
	);
	const [block] = candidates;
	if (!block) {
		const named = found.find((kind) => kind !== 'ecParameters' && kind !== 'unknownBlock');
		throw foreignKeyError(named ?? found[0] ?? 'unknownBlock', algorithm);
	}
	if (candidates.length > 1) {
		throw new JwtAuthError(
			'KEY_AMBIGUOUS',
			`${candidates.length} private keys were found where one is expected.`,
		);
	}
	if (isOpenssh(block)) return importOpensshBlock(block);
	const header = LEGACY_HEADER.exec(block.body);
	if (header) return importLegacy(block, header, passphrase);
	if (/Proc-Type:|DEK-Info:/i.test(block.body)) {
		throw new JwtAuthError('KEY_MALFORMED', 'The header lines of the encrypted key are damaged.');
	}
	return importDer(decodePemBody(block.body), passphrase, algorithm);
}
