import { createHash, createPublicKey, verify, type JsonWebKey } from 'node:crypto';

/** A DPoP proof taken apart. */
export interface Proof {
	header: { typ: string; alg: string; jwk: JsonWebKey };
	claims: Record<string, unknown>;
	/** Thumbprint of its key, RFC 7638: `jkt` of the token that is bound to it. */
	jkt: string;
}

const part = (text = ''): unknown => JSON.parse(Buffer.from(text, 'base64url').toString());

const REQUIRED: Record<string, string[]> = {
	EC: ['crv', 'kty', 'x', 'y'],
	OKP: ['crv', 'kty', 'x'],
	RSA: ['e', 'kty', 'n'],
};

/** RFC 7638 by hand. */
export function jktOf(jwk: JsonWebKey): string {
	const members = REQUIRED[String(jwk.kty)]?.map((name) => [name, jwk[name]]) ?? [];
	return createHash('sha256')
		.update(JSON.stringify(Object.fromEntries(members)))
		.digest('base64url');
}

/** Verifies a DPoP proof with its own key, by node:crypto alone. @throws where the signature is wrong */
export function readProof(proof: unknown): Proof {
	const [head = '', claims = '', signature = ''] = String(proof).split('.');
	const header = part(head) as Proof['header'];
	const key = createPublicKey({ key: header.jwk, format: 'jwk' });
	const hash = header.alg === 'EdDSA' ? null : `sha${header.alg.slice(2)}`;
	const isPss = header.alg.startsWith('PS');
	const options = {
		key,
		dsaEncoding: 'ieee-p1363' as const,
		...(isPss && { padding: 6, saltLength: -1 }),
	};
	const isGood = verify(
		hash,
		Buffer.from(`${head}.${claims}`),
		options,
		Buffer.from(signature, 'base64url'),
	);
	if (!isGood) throw new Error('The signature of the proof is wrong.');
	return { header, claims: part(claims) as Proof['claims'], jkt: jktOf(header.jwk) };
}
