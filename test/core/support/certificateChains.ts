import { generateKeyPairSync, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { derChildren, readDer } from '../../../core/keys/der';
import { der as element, derBits, toPem } from '../../../core/keys/derWriter';
import { openssl, pem } from './keyFixtures';

/** A certificate and its key. */
export interface Issued {
	key: KeyObject;
	/** PEM. */
	certificate: string;
}

/** What a certificate is to be like. */
export interface Wanted {
	subject?: string;
	/** Default: P-256. */
	key?: KeyObject;
	/** Default: signed by itself. */
	issuer?: Issued;
	/** As openssl writes them, such as `basicConstraints=critical,CA:TRUE`. */
	extensions?: readonly string[];
	/** Days from now until it expires. Default 30. */
	days?: number;
	/** Default: SHA-256. */
	hash?: string;
	/** Whether an RSA key signs with PSS; default PKCS #1. */
	pss?: boolean;
}

/** Extensions of Apple's certificates, App Store Server Library. */
export const APPLE_LEAF_OID = '1.2.840.113635.100.6.11.1';
export const APPLE_INTERMEDIATE_OID = '1.2.840.113635.100.6.2.1';

export const CA = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];
export const LEAF = ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature'];
export const marked = (oid: string, value = 'DER:0500') => `${oid}=${value}`;

export const p256 = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

/** Has openssl issue a certificate. */
export function issue({
	subject = '/CN=somebody',
	key = p256(),
	issuer,
	extensions = LEAF,
	days = 30,
	hash = 'sha256',
	pss = false,
}: Wanted = {}): Issued {
	const files = {
		'key.pem': pem(key, 'pkcs8'),
		'openssl.cnf': '[req]\ndistinguished_name = name\n[name]\n',
		...(issuer && { 'ca.pem': issuer.certificate, 'ca.key': pem(issuer.key, 'pkcs8') }),
	};
	const certificate = openssl(
		files,
		...['req', '-new', '-x509', '-config', 'openssl.cnf', '-key', 'key.pem', '-subj', subject],
		...['-days', String(days), `-${hash}`],
		...(pss ? ['-sigopt', 'rsa_padding_mode:pss'] : []),
		...(issuer ? ['-CA', 'ca.pem', '-CAkey', 'ca.key'] : []),
		...extensions.flatMap((extension) => ['-addext', extension]),
	);
	return { key, certificate };
}

/**
 * A certificate of which parts were exchanged, RFC 5280 §4.1: the key is the seventh, the extensions are
 * the last. Its issuer, who has a key on P-256, signs it again.
 */
export function altered(
	{ key, certificate }: Issued,
	issuer: Issued,
	change: (parts: Buffer[]) => Buffer[],
): Issued {
	const [body, algorithm] = derChildren(readDer(new X509Certificate(certificate).raw));
	const changed = element('sequence', ...change(derChildren(body).map(({ whole }) => whole)));
	const signature = derBits(sign('sha256', changed, issuer.key));
	const identifier = algorithm?.whole ?? Buffer.alloc(0);
	const bytes = element('sequence', changed, identifier, signature);
	return { key, certificate: toPem('CERTIFICATE', bytes) };
}

/** Standard Base64 of DER, as it stands in `x5c`. */
export const der = ({ certificate }: Issued): string =>
	new X509Certificate(certificate).raw.toString('base64');

/** The values of `x5c`. */
export const x5cOf = (...chain: Issued[]): string[] => chain.map(der);

/** A root, an intermediate and a leaf with the marks of Apple's. */
export function appleLikeChain(): { root: Issued; intermediate: Issued; leaf: Issued } {
	const root = issue({ subject: '/CN=Root', extensions: CA, days: 3650 });
	const intermediate = issue({
		subject: '/CN=Intermediate',
		issuer: root,
		extensions: [
			'keyUsage=critical,keyCertSign',
			'basicConstraints=critical,CA:TRUE,pathlen:0',
			marked(APPLE_INTERMEDIATE_OID),
		],
		days: 3650,
	});
	const leaf = issue({
		subject: '/CN=Prod ECC Mac App Store and iTunes Store Receipt Signing',
		issuer: intermediate,
		extensions: [...LEAF, marked(APPLE_LEAF_OID)],
	});
	return { root, intermediate, leaf };
}
