import { certificateChainKeys } from '../../../core/verify/certificateKeys';
import { verifyToken } from '../../../core/verify/verifyToken';
import {
	APPLE_INTERMEDIATE_OID,
	APPLE_LEAF_OID,
	appleLikeChain,
	issue,
	LEAF,
	marked,
	p256,
	x5cOf,
} from '../support/certificateChains';
import { signByHand } from '../support/tokens';

const { root, intermediate, leaf } = appleLikeChain();
const foreign = appleLikeChain();
const PAYLOAD = { notificationType: 'TEST', data: { bundleId: 'com.example.app' } };
const settings = {
	roots: root.certificate,
	leafOid: APPLE_LEAF_OID,
	leafHost: '',
	intermediateOid: APPLE_INTERMEDIATE_OID,
};
const CHAIN = x5cOf(leaf, intermediate, root);
const token = (header: object, key = leaf.key) =>
	signByHand({ alg: 'ES256', x5c: CHAIN, ...header }, PAYLOAD, key, 'ES256');

async function verdict(jws: string, more: Partial<typeof settings> = {}) {
	const source = certificateChainKeys({ ...settings, ...more });
	const result = await verifyToken(jws, source, { now: new Date() });
	return result.valid ? 'VALID' : result.error.code;
}

it('a token signed by a certificate under the root is valid, whatever key ID it names', async () => {
	expect(await verdict(token({}))).toBe('VALID');
	expect(await verdict(token({ kid: 'any' }))).toBe('VALID');
});

it('several roots may be pasted', async () => {
	const roots = `${foreign.root.certificate}\n${root.certificate}`;
	expect(await verdict(token({}), { roots })).toBe('VALID');
});

it.each<[string, string, string]>([
	['of another key with the good chain', token({}, p256()), 'SIGNATURE_INVALID'],
	[
		'of a foreign chain',
		token({ x5c: x5cOf(foreign.leaf, foreign.intermediate, foreign.root) }, foreign.leaf.key),
		'CERTIFICATE_UNTRUSTED',
	],
	[
		'of a foreign leaf before the good chain',
		token({ x5c: x5cOf(foreign.leaf, intermediate, root) }, foreign.leaf.key),
		'CERTIFICATE_UNTRUSTED',
	],
	['without a chain, by its jwk', token({ x5c: undefined, jwk: {} }), 'CERTIFICATE_UNTRUSTED'],
	[
		'with the address of a chain',
		token({ x5c: undefined, x5u: 'https://x' }),
		'CERTIFICATE_UNTRUSTED',
	],
	['without signature', token({ alg: 'none' }), 'ALGORITHM_NOT_ALLOWED'],
	['that is changed', token({}).replace(/\.(.{20})/, '.e30$1'), 'TOKEN_MALFORMED'],
])('a token %s is refused', async (_what, jws, code) => {
	expect(await verdict(jws)).toBe(code);
});

it('an HMAC with the certificate as its secret is refused', async () => {
	for (const kid of [undefined, 'any']) {
		const header = { alg: 'HS256', x5c: CHAIN, kid };
		const forged = signByHand(header, PAYLOAD, leaf.certificate, 'HS256');
		expect(await verdict(forged)).toBe('ALGORITHM_NOT_ALLOWED');
	}
});

it('is judged at the time that counts for the whole token', async () => {
	const source = certificateChainKeys(settings);
	const now = new Date(Date.now() + 31 * 86_400_000);
	expect(await verifyToken(token({}), source, { now })).toMatchObject({
		valid: false,
		error: { code: 'CERTIFICATE_UNTRUSTED' },
	});
});

it('the host that a certificate is for will do in place of an OID', async () => {
	const named = issue({ issuer: root, extensions: [...LEAF, 'subjectAltName=DNS:sign.example'] });
	const jws = token({ x5c: x5cOf(named, root) }, named.key);
	const byHost = (leafHost: string) => ({ leafOid: '', leafHost, intermediateOid: '' });
	expect(await verdict(jws, byHost('sign.example'))).toBe('VALID');
	expect(await verdict(jws, byHost('other.example'))).toBe('CERTIFICATE_UNTRUSTED');
});

it.each<[string, Partial<typeof settings>, object]>([
	[
		'neither OID nor host',
		{ leafOid: '' },
		{
			code: 'CHECK_EMPTY',
			message: expect.stringContaining('Leaf Certificate OID and Leaf Certificate Host are both'),
			hint: expect.stringContaining('Fill in one of them'),
		},
	],
	[
		'an OID that is none',
		{ leafOid: 'com.apple' },
		{
			code: 'FIELD_INVALID',
			message: 'Leaf Certificate OID is no object identifier.',
			hint: expect.stringContaining('numbers with dots between'),
		},
	],
	[
		'an intermediate OID that is none',
		{ intermediateOid: '1' },
		{
			code: 'FIELD_INVALID',
			message: 'Intermediate Certificate OID is no object identifier.',
			hint: expect.stringContaining('numbers with dots between'),
		},
	],
])('a form with %s is refused by the name of the field', (_what, more, error) => {
	expect(() => certificateChainKeys({ ...settings, ...more })).toThrow(
		expect.objectContaining(error) as Error,
	);
});

it.each<[string, Partial<typeof settings>, string]>([
	['no root', { roots: '' }, 'CERTIFICATE_MALFORMED'],
	['a root that is no authority', { roots: leaf.certificate }, 'CERTIFICATE_MALFORMED'],
	[
		'a key as the root',
		{ roots: '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----' },
		'CERTIFICATE_MALFORMED',
	],
])('a form with %s is refused', (_what, more, code) => {
	expect(() => certificateChainKeys({ ...settings, ...more })).toThrow(
		expect.objectContaining({ code }) as Error,
	);
});

it('a certificate with a key that no JWT algorithm takes is a verdict, no fault of the node', async () => {
	const other = issue({ issuer: root, extensions: [...LEAF, marked(APPLE_LEAF_OID)] });
	const jws = signByHand({ alg: 'RS256', x5c: x5cOf(other) }, PAYLOAD, 'x', 'HS256');
	expect(await verdict(jws, { intermediateOid: '' })).toBe('ALGORITHM_NOT_ALLOWED');
});
