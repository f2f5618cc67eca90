import { digest } from '../shared/hash';
import { ImportedOnce } from '../keys/importedOnce';
import { JwtAuthError } from '../errors';
import { oidContent } from '../keys/certificateExtensions';
import { publicVerificationKey } from '../keys/verificationKey';
import { certificateKey, readRootCertificates } from '../keys/certificate';
import { type ChainRules, trustedLeaf } from '../keys/certificateChain';
import type { KeySelector } from './keySource';

/** What a person enters about certificates that come with tokens; an empty text is none. */
export interface CertificateSettings {
	/** PEM, or Base64 of DER. */
	roots: string;
	leafOid: string;
	leafHost: string;
	intermediateOid: string;
}

const readRoots = new ImportedOnce<ChainRules['roots']>();

function readOid(dotted: string, field: string): string | undefined {
	if (dotted === '') return undefined;
	if (oidContent(dotted) !== undefined) return dotted;
	throw new JwtAuthError('FIELD_INVALID', `${field} is no object identifier.`, {
		hint: 'Enter numbers with dots between, such as 1.2.840.113635.100.6.11.1.',
	});
}

/**
 * Keys of certificates that tokens bring along (`x5c`, RFC 7515 §4.1.6), each with its chain up to a
 * root that a person trusts. A root issues certificates to many, so that the certificate of the key has
 * to be told from others by an extension or a host name.
 *
 * @throws {@link JwtAuthError} `CERTIFICATE_MALFORMED`, `FIELD_INVALID`, `CHECK_EMPTY`
 */
export function certificateChainKeys(settings: CertificateSettings): KeySelector {
	const leafHost = settings.leafHost || undefined;
	const leafOid = readOid(settings.leafOid, 'Leaf Certificate OID');
	const intermediateOid = readOid(settings.intermediateOid, 'Intermediate Certificate OID');
	if (leafOid === undefined && leafHost === undefined) {
		throw new JwtAuthError(
			'CHECK_EMPTY',
			'Leaf Certificate OID and Leaf Certificate Host are both empty, so that every certificate under the root could sign.',
			{ hint: 'Fill in one of them; the service says what its certificates are known by.' },
		);
	}
	const roots = readRoots.get(digest([settings.roots]), () => readRootCertificates(settings.roots));
	const rules = { roots, leafOid, leafHost, intermediateOid };
	return {
		select: async ({ header, now }) => {
			try {
				const leaf = trustedLeaf(header.x5c, rules, now);
				const key = publicVerificationKey(certificateKey(leaf.raw));
				return await Promise.resolve({
					keyIdOptional: true,
					current: async () => await Promise.resolve([key]),
				});
			} catch (error) {
				if (error instanceof JwtAuthError) return error;
				throw error;
			}
		},
	};
}
