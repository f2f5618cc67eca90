import { JwtVerify } from '../../../nodes/JwtVerify/JwtVerify.node';
import { createHash } from 'node:crypto';
import { newProofKey } from '../../../core/keys/proofKey';
import { signProof } from '../../../core/sign/dpopProof';
import { der, issue } from '../../core/support/certificateChains';
import { jktOf } from '../../core/support/proofs';
import { signByHand } from '../../core/support/tokens';
import { standIn, type StandIn } from '../support/standIn';

const SECRET = 'a secret of thirty-two characters';
const FUTURE = 4_102_444_800;
const token = (claims: object = { sub: 'ann', exp: FUTURE }, secret = SECRET) =>
	signByHand({ alg: 'HS256' }, claims, secret, 'HS256');

/** Runs Verify with a secret, unless the form of an item says otherwise. */
async function run(forms: Array<Record<string, unknown>>, given: StandIn = {}) {
	const parameters = forms.map((form) => ({
		operation: 'verify',
		keySource: 'secret',
		secret: SECRET,
		...form,
	}));
	const { context } = standIn({ ...given, parameters });
	return await new JwtVerify().execute.call(context);
}

describe('Verify', () => {
	it('sends valid tokens through the first output and all others through the second', async () => {
		const input = [1, 2, 3].map((id) => ({ json: { id } }));
		const forms = [token(), token({}, 'another secret of 32 characters!'), `Bearer ${token()}`];
		const [valid, invalid] = await run(
			forms.map((jwt) => ({ jwt })),
			{ input },
		);
		expect(valid).toMatchObject([
			{ json: { id: 1, valid: true, payload: { sub: 'ann' } }, pairedItem: { item: 0 } },
			{ json: { id: 3, valid: true }, pairedItem: { item: 2 } },
		]);
		expect(invalid).toMatchObject([
			{ json: { id: 2, valid: false, reason: 'SIGNATURE_INVALID' }, pairedItem: { item: 1 } },
		]);
	});

	it('takes no field of the input for the verdict', async () => {
		const json = { valid: true, payload: { admin: true }, other: 1 };
		const [, [item] = []] = await run([{ jwt: 'no token' }], { input: [{ json }] });
		expect(item?.json).toMatchObject({ valid: false, other: 1 });
		expect(item?.json).not.toHaveProperty('payload');
	});

	it("puts verdict and reason first, which the input's token would hide in n8n's table", async () => {
		const input = [{ json: { jwt: token({ exp: 1 }), order: 5 } }];
		const [, [item] = []] = await run([{ jwt: token({ exp: 1 }) }], { input });
		expect(Object.keys(item?.json ?? {})).toEqual([
			...['valid', 'reason', 'message', 'hint', 'statusCode', 'wwwAuthenticate', 'header'],
			...['jwt', 'order'],
		]);
	});

	it('leaves the fields of the input out where that is said', async () => {
		const options = { includeInputFields: false };
		const [[item] = []] = await run([{ jwt: token(), options }], { input: [{ json: { id: 1 } }] });
		expect(item?.json).not.toHaveProperty('id');
	});

	it.each([
		['the audience', { audience: ['api'] }, { aud: 'other', exp: FUTURE }],
		['a check', { checks: { subject: 'bob' } }, { sub: 'ann', exp: FUTURE }],
		['the size', { options: { maximumSize: 1 } }, { sub: 'x'.repeat(2000), exp: FUTURE }],
		['the time', {}, { exp: 1 }],
	])('lets no token through that %s does not fit', async (_what, form, claims) => {
		const [valid, invalid] = await run([{ jwt: token(claims), ...form }]);
		expect(valid).toEqual([]);
		expect(invalid).toMatchObject([{ json: { valid: false } }]);
	});

	it('takes an audience that an expression left empty for one that was filled in', async () => {
		const forms = [{ jwt: token(), audience: [] }];
		const typed = { audience: ['={{ $json.audience }}'] };
		const [untouched = []] = await run(forms);
		expect(untouched).toHaveLength(1);
		const [valid = []] = await run(forms, { typed, continues: true });
		expect(valid).toEqual([]);
	});

	it('stops with an error where the person wants that', async () => {
		const form = { jwt: token({ exp: 1 }), options: { onInvalid: 'throw' } };
		await expect(run([form])).rejects.toMatchObject({
			description: expect.stringContaining('[TOKEN_EXPIRED]') as string,
			context: { itemIndex: 0 },
		});
	});

	it.each([
		['an operation that there is not', { operation: 'other' }, {}],
		['Always Output Data', {}, { alwaysOutputData: true }],
		['a field that is wrong', { keySource: 'somewhere' }, {}],
	])('sends no item through Valid for %s', async (_what, form, node) => {
		const forms = [{ jwt: token(), ...form }];
		const [valid, invalid] = await run(forms, { continues: true, node });
		expect(valid).toEqual([]);
		expect(invalid).toMatchObject([{ json: { error: expect.any(String) as string } }]);
		await expect(run(forms, { node })).rejects.toBeInstanceOf(Error);
	});

	it('tells an AI agent every verdict, which hears the first output only', async () => {
		const forms = [{ jwt: token() }, { jwt: 'no token' }, { jwt: token(), keySource: 'x' }];
		const outputs = await run(forms, { isTool: true, continues: true });
		expect(outputs).toHaveLength(1);
		expect(outputs[0]?.map(({ json }) => json.valid ?? 'error')).toEqual([true, false, 'error']);
	});
});

describe('the key', () => {
	it('is that of a credential, as long as that has not expired', async () => {
		const jwtSignApi = { algorithm: 'HS256', secret: SECRET, payload: '{}' };
		const form = { jwt: token(), keySource: 'credential' };
		const [valid] = await run([form], { credentials: { jwtSignApi } });
		expect(valid).toHaveLength(1);
		const data = { ...jwtSignApi, useAdvanced: true, credentialExpiresAt: '2020-01-01T00:00:00Z' };
		await expect(run([form], { credentials: { jwtSignApi: data } })).rejects.toMatchObject({
			description: expect.stringContaining('[CREDENTIAL_EXPIRED]') as string,
		});
	});

	it('is no object that anybody could guess', async () => {
		const secret = { kty: 'EC' };
		await expect(run([{ jwt: token(), secret }])).rejects.toMatchObject({
			message: expect.stringContaining('it has to be a secret or a JWK') as string,
		});
	});

	it('may be short only where that is said', async () => {
		const form = { jwt: token({ exp: FUTURE }, 'short'), secret: 'short' };
		const [valid, invalid] = await run([form], { continues: true });
		expect([valid?.length, invalid?.length]).toEqual([0, 1]);
		const [allowed] = await run([{ ...form, options: { allowShortKey: true } }]);
		expect(allowed).toHaveLength(1);
	});
});

describe('Decode', () => {
	it('reads a token without a check, and says so', async () => {
		const form = { operation: 'decode', jwt: `bearer ${token({ exp: 1 }, 'x'.repeat(32))}` };
		const outputs = await run([form], { input: [{ json: { id: 1 } }] });
		expect(outputs).toHaveLength(1);
		expect(outputs[0]).toMatchObject([
			{
				json: {
					id: 1,
					decoded: { verified: false, header: { alg: 'HS256' }, payload: { exp: 1 } },
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('puts what the token says first, over a field of the input with the same name', async () => {
		const form = { operation: 'decode', jwt: token() };
		const [[item] = []] = await run([form], { input: [{ json: { jwt: 'x', decoded: 'y' } }] });
		expect(Object.keys(item?.json ?? {})).toEqual(['decoded', 'jwt']);
		expect(item?.json.decoded).toMatchObject({ verified: false });
	});

	it('names the field as said, and leaves the input out where that is said', async () => {
		const form = { operation: 'decode', outputField: 'read', jwt: token() };
		const decodeOptions = { includeInputFields: false };
		const input = [{ json: { id: 1 } }];
		const [items] = await run([{ ...form, decodeOptions }], { input });
		expect(Object.keys(items?.[0]?.json ?? {})).toEqual(['read']);
	});

	it('refuses a size that is none', async () => {
		const form = { operation: 'decode', jwt: token(), decodeOptions: { maximumSize: 0 } };
		await expect(run([form])).rejects.toMatchObject({
			description: expect.stringContaining('[FIELD_INVALID]') as string,
		});
	});
});

describe('proof of possession', () => {
	const url = 'https://n8n.example.com/webhook/orders';

	it('is a DPoP proof for the call that the item holds, taken once', async () => {
		const proofKey = await newProofKey('ES256');
		const jwt = token({ exp: FUTURE, cnf: { jkt: jktOf(proofKey) } });
		const call = { method: 'PUT', url: new URL(url), accessToken: jwt, now: new Date() };
		const dpopProof = await signProof(proofKey, call);
		const form = (more = {}) => ({
			jwt: `DPoP ${jwt}`,
			checks: { dpop: { proof: { dpopProof, dpopMethod: 'PUT', dpopUrl: `${url}?x=1`, ...more } } },
		});
		const [valid, invalid] = await run([
			form({ dpopMethod: 'POST' }),
			form({ dpopUrl: 'https://n8n.example.com/webhook/other' }),
			form({ dpopProof: undefined }),
			form(),
			form(),
		]);
		expect(valid?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 3 }]);
		expect(invalid?.map(({ json }) => json.message)).toEqual([
			'The DPoP proof was made for another method.',
			'The DPoP proof was made for another address.',
			'The DPoP proof is missing.',
			'The DPoP proof was used before.',
		]);
		for (const { json } of invalid ?? []) {
			expect(json).toMatchObject({ reason: 'PROOF_INVALID', statusCode: 401 });
			expect(json.wwwAuthenticate).toMatch(/^DPoP error="invalid_dpop_proof"/);
		}
	});

	it('has to name the address of the call', async () => {
		const checks = { dpop: { proof: { dpopProof: 'x', dpopUrl: undefined } } };
		await expect(run([{ jwt: token(), checks }])).rejects.toMatchObject({
			description: expect.stringContaining('[FIELD_INVALID]') as string,
		});
	});

	it('is the certificate that a token is bound to', async () => {
		const certificate = issue();
		const hash = createHash('sha256').update(Buffer.from(der(certificate), 'base64'));
		const jwt = token({ exp: FUTURE, cnf: { 'x5t#S256': hash.digest('base64url') } });
		const checks = (clientCertificate: unknown) => ({
			boundCertificate: { certificate: { clientCertificate } },
		});
		const [valid, invalid] = await run([
			{ jwt, checks: checks(certificate.certificate) },
			{ jwt, checks: checks(issue().certificate) },
			{ jwt, checks: checks(undefined) },
		]);
		expect(valid).toHaveLength(1);
		expect(invalid?.map(({ json }) => json.reason)).toEqual([
			'CERTIFICATE_MISMATCH',
			'CERTIFICATE_MISMATCH',
		]);
	});
});
