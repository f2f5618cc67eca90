import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { type ChainRules, trustedLeaf } from '../../../core/keys/certificateChain';
import { der as element, derContext } from '../../../core/keys/derWriter';
import type { JwtAuthError } from '../../../core/errors';
import {
	altered,
	APPLE_INTERMEDIATE_OID,
	APPLE_LEAF_OID,
	appleLikeChain,
	CA,
	der,
	issue,
	type Issued,
	LEAF,
	marked,
	x5cOf,
} from '../support/certificateChains';

const { root, intermediate, leaf } = appleLikeChain();
const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY);
const roots = [new X509Certificate(root.certificate)];
const apple: ChainRules = {
	roots,
	leafOid: APPLE_LEAF_OID,
	intermediateOid: APPLE_INTERMEDIATE_OID,
};
const byOid: ChainRules = { roots, leafOid: APPLE_LEAF_OID };
const MARK = marked(APPLE_LEAF_OID);

/** The outcome in words: nothing for a trusted chain. */
function problemOf(x5c: unknown, rules: ChainRules = apple, now = new Date()): string | undefined {
	try {
		trustedLeaf(x5c, rules, now);
		return undefined;
	} catch (error) {
		expect(error).toMatchObject({ code: 'CERTIFICATE_UNTRUSTED' });
		return (error as JwtAuthError).message;
	}
}

const underRoot = (extensions: string[], more = {}): Issued =>
	issue({ issuer: root, subject: '/CN=Other', extensions, days: 3650, ...more });
const under = (issuer: Issued, extensions = [...LEAF, MARK], more = {}): Issued =>
	issue({ issuer, subject: '/CN=leaf', extensions, ...more });
const authorityUnder = (issuer: Issued, name: string, extensions: readonly string[] = CA): Issued =>
	issue({ issuer, subject: `/CN=${name}`, extensions, days: 3650 });
const foreign = appleLikeChain();

/** Five authorities, each issued by the one after it, the last by the root. */
const authorities = [1, 2, 3, 4, 5].reduce<Issued[]>(
	(below, number) => [authorityUnder(below[0] ?? root, `Authority ${number}`), ...below],
	[],
);
const [lowest = root, secondLowest = root] = authorities;

describe('a chain is trusted', () => {
	it('with the marks of its service, and gives the certificate of the key', () => {
		const found = trustedLeaf(x5cOf(leaf, intermediate, root), apple, new Date());
		expect(found.raw.toString('base64')).toBe(der(leaf));
	});

	it('without the root in it, and straight under the root, where no intermediate is asked for', () => {
		expect(problemOf(x5cOf(leaf, intermediate), byOid)).toBeUndefined();
		expect(problemOf(x5cOf(under(root)), byOid)).toBeUndefined();
		expect(problemOf(x5cOf(under(root), root), byOid)).toBeUndefined();
	});

	it.each([
		['sha256', undefined],
		['sha384', undefined],
		['sha512', undefined],
		['sha1', 'is signed too weakly'],
	])('by RSASSA-PSS only with a hash function that is strong: %s', (hash, problem) => {
		const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
		const ca = underRoot(CA, { key: privateKey });
		const signed = under(ca, [...LEAF, MARK], { hash, pss: true });
		expect(problemOf(x5cOf(signed, ca, root), byOid)).toEqual(
			problem && expect.stringContaining(problem),
		);
	});

	const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
	const ed25519 = generateKeyPairSync('ed25519').privateKey;
	const ed25519Ca = underRoot(CA, { key: ed25519 });

	it.each<[string, string, Issued]>([
		['RSA', 'sha256', underRoot(CA, { key: rsa })],
		['RSA', 'sha384', underRoot(CA, { key: rsa })],
		['RSA', 'sha512', underRoot(CA, { key: rsa })],
		['ECDSA', 'sha256', underRoot(CA)],
		['ECDSA', 'sha384', underRoot(CA)],
		['ECDSA', 'sha512', underRoot(CA)],
		['Ed25519', 'sha256', ed25519Ca],
	])('by a signature of %s with %s', (_kind, hash, ca) => {
		const signed = under(ca, [...LEAF, MARK], { hash });
		expect(problemOf(x5cOf(signed, ca, root), byOid)).toBeUndefined();
	});

	const markedCritical = (oid: string) => marked(oid, 'critical,DER:0500');
	const criticalIntermediate = authorityUnder(root, 'Critical', [
		...CA,
		markedCritical(APPLE_INTERMEDIATE_OID),
	]);
	const plainAuthority = authorityUnder(root, 'Plain', ['basicConstraints=critical,CA:TRUE']);
	const oneBelow = authorityUnder(root, 'One below', [
		'basicConstraints=critical,CA:TRUE,pathlen:1',
		'keyUsage=critical,keyCertSign',
	]);
	const below = authorityUnder(oneBelow, 'Below');
	const weakRoot = issue({ subject: '/CN=Old', extensions: CA, hash: 'sha1' });

	it.each<[string, string[], ChainRules?]>([
		[
			'whose marks are critical',
			x5cOf(
				under(criticalIntermediate, [...LEAF, markedCritical(APPLE_LEAF_OID)]),
				criticalIntermediate,
				root,
			),
			apple,
		],
		[
			'with names, policies and purposes that are critical',
			x5cOf(
				under(root, [
					...LEAF,
					MARK,
					'subjectAltName=critical,DNS:example.org',
					'certificatePolicies=critical,1.2.3.4',
					'extendedKeyUsage=critical,clientAuth',
				]),
			),
		],
		[
			'whose leaf does not say what its key is for',
			x5cOf(under(root, ['basicConstraints=critical,CA:FALSE', MARK])),
		],
		[
			'whose issuer does not say what its key is for',
			x5cOf(under(plainAuthority), plainAuthority, root),
		],
		['that is as long as its authority allows', x5cOf(under(below), below, oneBelow, root)],
		['of six, the most there may be', x5cOf(under(secondLowest), ...authorities.slice(1), root)],
		[
			'whose root signed itself with SHA-1, as nobody relies on that signature',
			x5cOf(under(weakRoot)),
			{ ...byOid, roots: [new X509Certificate(weakRoot.certificate)] },
		],
	])('%s', (_what, x5c, rules = byOid) => {
		expect(problemOf(x5c, rules)).toBeUndefined();
	});

	it('by any of several roots, whether or not it is in the chain', () => {
		const several = [foreign.root, root].map((one) => new X509Certificate(one.certificate));
		expect(problemOf(x5cOf(leaf, intermediate, root), { ...apple, roots: several })).toBe(
			undefined,
		);
		expect(problemOf(x5cOf(leaf, intermediate), { ...byOid, roots: several })).toBeUndefined();
	});

	it('from the first moment of its validity to the last', () => {
		const { validFrom, validTo } = new X509Certificate(leaf.certificate);
		const at = (text: string, milliseconds: number): string | undefined => {
			const now = new Date(Date.parse(text) + milliseconds);
			return problemOf(x5cOf(leaf, intermediate, root), apple, now);
		};
		expect(at(validFrom, 0)).toBeUndefined();
		expect(at(validFrom, -1)).toContain('not yet valid');
		expect(at(validTo, 0)).toBeUndefined();
		expect(at(validTo, 1)).toContain('expired');
	});

	it('with certificates of up to 16,384 characters', () => {
		const filled = (bytes: number): string[] => {
			const filling = `DER:0482${bytes.toString(16).padStart(4, '0')}${'00'.repeat(bytes)}`;
			const long = under(ed25519Ca, [...LEAF, MARK, marked('1.2.3.4', filling)]);
			return x5cOf(long, ed25519Ca, root);
		};
		// Serial numbers differ in length by a byte now and then; three lengths give the same Base64.
		const around = Buffer.from(filled(12_000)[0] ?? '', 'base64').length - 12_000;
		const longest = filled(12_287 - around);
		expect(longest[0]).toHaveLength(16_384);
		expect(problemOf(longest, byOid)).toBeUndefined();
		const tooLong = filled(12_290 - around);
		expect(tooLong[0]).toHaveLength(16_388);
		expect(problemOf(tooLong, byOid)).toContain('cannot be read');
	});

	it('by the host name of the certificate', () => {
		const named = under(root, [...LEAF, 'subjectAltName=DNS:mds.example.org']);
		const rules = (leafHost: string) => ({ roots, leafHost });
		expect(problemOf(x5cOf(named), rules('mds.example.org'))).toBeUndefined();
		expect(problemOf(x5cOf(named), rules('example.org'))).toContain('another name');
		const wild = under(root, [...LEAF, 'subjectAltName=DNS:*.example.org']);
		expect(problemOf(x5cOf(wild), rules('mds.example.org'))).toContain('another name');
	});

	it('but not by a host name that stands in its subject alone, where anybody may have any', () => {
		const common = under(root, LEAF, { subject: '/CN=mds.example.org' });
		const rules = { roots, leafHost: 'mds.example.org' };
		expect(problemOf(x5cOf(common), rules)).toContain('another name');
	});
});

const rsa1024 = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const weakCa = underRoot(CA, { key: rsa1024 });
const notCa = underRoot(['basicConstraints=critical,CA:FALSE']);
const noCertSign = underRoot(['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,cRLSign']);
const constrained = underRoot([...CA, 'nameConstraints=permitted;DNS:example.org']);
const subCa = issue({ issuer: intermediate, subject: '/CN=Sub', extensions: CA, days: 3650 });
const version1 = underRoot([]);
const rsaCa = underRoot(CA, {
	key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
});
const P256 = Buffer.from('2a8648ce3d030107', 'hex');
const readableCa = underRoot(CA);
const unreadableCa = altered(readableCa, root, (parts) =>
	parts.map((part, index) => {
		const curve = part.indexOf(P256);
		if (index !== 6 || curve === -1) return part;
		const unknown = Buffer.from(part);
		unknown[curve + 7] = 0x50;
		return unknown;
	}),
);
const emptied = altered(under(root), root, (parts) => [
	...parts.slice(0, -1),
	derContext(3, element('sequence')),
]);

describe('a chain is refused', () => {
	it.each<[string, unknown, string, ChainRules?, Date?]>([
		['of a foreign root', x5cOf(foreign.leaf, foreign.intermediate, foreign.root), 'lead to one'],
		[
			'of a foreign root that has the pinned one appended',
			x5cOf(foreign.leaf, foreign.intermediate, root),
			'is broken',
		],
		['whose intermediate is foreign', x5cOf(leaf, foreign.intermediate, root), 'is broken'],
		['that is out of order', x5cOf(intermediate, leaf, root), 'is broken'],
		['with an expired leaf', x5cOf(leaf, intermediate, root), 'expired', apple, inDays(31)],
		['with an expired root', x5cOf(leaf, intermediate, root), 'expired', apple, inDays(4000)],
		['that is not yet valid', x5cOf(leaf, intermediate, root), 'not yet valid', apple, inDays(-1)],
		[
			'whose leaf lacks the OID',
			x5cOf(under(intermediate, LEAF), intermediate, root),
			'Leaf Certificate OID',
		],
		[
			'whose intermediate lacks the OID',
			x5cOf(under(underRoot(CA)), underRoot(CA), root),
			'is broken',
		],
		['of two where an intermediate is asked for', x5cOf(leaf, intermediate), 'three certificates'],
		[
			'of the root and a leaf where an intermediate is asked for',
			x5cOf(under(root), root),
			'three certificates',
		],
		['whose issuer is no authority', x5cOf(under(notCa), notCa, root), 'may not issue', byOid],
		[
			'whose issuer has no extensions at all',
			x5cOf(under(version1), version1, root),
			'may not issue',
			byOid,
		],
		[
			'whose issuer may not sign certificates',
			x5cOf(under(noCertSign), noCertSign, root),
			'is broken',
			byOid,
		],
		[
			'that is longer than its intermediate allows',
			x5cOf(under(subCa), subCa, intermediate, root),
			'may not issue',
			byOid,
		],
		[
			'whose leaf issued a certificate itself',
			x5cOf(under(leaf), leaf, intermediate, root),
			'is broken',
			byOid,
		],
		['whose issuer has a short key', x5cOf(under(weakCa), weakCa, root), 'too short', byOid],
		[
			'with names that are constrained',
			x5cOf(under(constrained), constrained, root),
			'not understood',
			byOid,
		],
		[
			'with an unknown critical extension',
			x5cOf(under(root, [...LEAF, MARK, marked('1.2.3.4', 'critical,DER:0500')])),
			'not understood',
			byOid,
		],
		[
			'signed with SHA-1',
			x5cOf(under(root, [...LEAF, MARK], { hash: 'sha1' })),
			'too weakly',
			byOid,
		],
		[
			'whose leaf is an authority',
			x5cOf(under(root, [...CA, MARK])),
			'not for signing data',
			byOid,
		],
		[
			'whose leaf is for encryption',
			x5cOf(under(root, ['keyUsage=critical,keyAgreement', MARK])),
			'not for signing data',
			byOid,
		],
		[
			'whose leaf is an authority that may sign data too',
			x5cOf(
				under(root, [
					'basicConstraints=critical,CA:TRUE',
					'keyUsage=critical,digitalSignature,keyCertSign',
					MARK,
				]),
			),
			'not for signing data',
			byOid,
		],
		[
			'of RSA signed with SHA-1',
			x5cOf(under(rsaCa, [...LEAF, MARK], { hash: 'sha1' }), rsaCa, root),
			'too weakly',
			byOid,
		],
		[
			'whose issuer has a key that cannot be read',
			x5cOf(under(readableCa), unreadableCa, root),
			'is broken',
			byOid,
		],
		['with extensions that cannot be read', x5cOf(emptied), 'not understood', byOid],
		[
			'of four, of which the root is left out, where an intermediate is asked for',
			x5cOf(under(subCa), subCa, intermediate),
			'three certificates',
		],
		[
			'for a mark that is no OID',
			x5cOf(under(root)),
			'Leaf Certificate OID',
			{ roots, leafOid: '' },
		],
		['of seven', x5cOf(under(lowest), ...authorities, root), 'too long', byOid],
		['that is the root alone', x5cOf(root), 'root alone', byOid],
		['that is missing', undefined, 'missing'],
		['that is empty', [], 'missing'],
		['that is a text', der(leaf), 'missing'],
		['with something else in it', [der(leaf), 1, der(root)], 'cannot be read'],
		['with PEM in it', [leaf.certificate, der(intermediate), der(root)], 'cannot be read'],
		[
			'with Base64 of PEM in it',
			[Buffer.from(leaf.certificate).toString('base64'), der(intermediate), der(root)],
			'cannot be read',
		],
		[
			'with Base64URL or blanks in it',
			[`${der(leaf)} `, der(intermediate), der(root)],
			'cannot be read',
		],
		[
			'with bytes after a certificate',
			[
				Buffer.concat([Buffer.from(der(leaf), 'base64'), Buffer.from([0])]).toString('base64'),
				der(intermediate),
				der(root),
			],
			'cannot be read',
		],
		['with a huge certificate', ['A'.repeat(20_000)], 'cannot be read'],
		['of very many', Array.from({ length: 1000 }, () => der(leaf)), 'too long'],
	])('%s', (_what, x5c, words, rules = apple, now = new Date()) => {
		expect(problemOf(x5c, rules, now)).toContain(words);
	});

	it('whose intermediate lacks the OID though it is sound', () => {
		const plain = underRoot(CA);
		expect(problemOf(x5cOf(under(plain), plain, root))).toContain('Intermediate Certificate OID');
		expect(problemOf(x5cOf(under(plain), plain, root), byOid)).toBeUndefined();
	});

	it('that a changed byte makes of a good one, wherever it is', () => {
		const good = x5cOf(leaf, intermediate, root);
		for (const index of [0, 1]) {
			const bytes = Buffer.from(good[index] ?? '', 'base64');
			for (let at = 0; at < bytes.length; at += 17) {
				const changed = Buffer.from(bytes);
				changed[at] = (changed[at] ?? 0) ^ 1;
				const x5c = good.map((text, other) =>
					other === index ? changed.toString('base64') : text,
				);
				expect({ at, problem: problemOf(x5c) }).toEqual({
					at,
					problem: expect.stringContaining('chain') as string,
				});
			}
		}
	});
});
