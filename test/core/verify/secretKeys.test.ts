import { createHmac } from 'node:crypto';
import { pastedSecret } from '../../../core/verify/keySource';
import { readSecretKeys } from '../../../core/verify/secretKeys';
import { verifyToken } from '../../../core/verify/verifyToken';
import { expectCode } from '../support/expectCode';

const oct = (size: number, members: Record<string, string> = {}) => ({
	kty: 'oct',
	k: Buffer.alloc(size, size).toString('base64url'),
	...members,
});

function hs512(size: number): string {
	const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	const signed = `${part({ alg: 'HS512' })}.${part({ sub: 'me' })}`;
	const key = Buffer.alloc(size, size);
	return `${signed}.${createHmac('sha512', key).update(signed).digest('base64url')}`;
}

const verdict = async (secret: string, size = 64) =>
	await verifyToken(hs512(size), pastedSecret({ key: secret }), { now: new Date() });

it('a secret too short for the algorithm of the token is called too short', async () => {
	const jwks = JSON.stringify({ keys: [oct(32), oct(33)] });
	for (const secret of ['x'.repeat(32), JSON.stringify(oct(32)), jwks]) {
		const { valid, ...rest } = await verdict(secret);
		expect(valid).toBe(false);
		expect(rest).toMatchObject({ error: { code: 'KEY_TOO_SHORT' } });
		expect(rest).toMatchObject({
			error: { message: expect.stringMatching(/3\d bytes; HS512 wants 64/) },
		});
	}
});

it('a JWK for HS512 with too short a secret says so', () => {
	for (const key of [
		oct(32, { alg: 'HS512' }),
		{ keys: [oct(32, { alg: 'HS512' }), oct(33, { alg: 'HS512' })] },
	]) {
		const { message } = expectCode('KEY_TOO_SHORT', () =>
			readSecretKeys({ key: JSON.stringify(key) }),
		);
		expect(message).toMatch(/bytes; HS512 wants 64/);
	}
});

it('any key of a set may have signed', async () => {
	const keys = [oct(65, { alg: 'HS512', kid: 'a' }), oct(64, { alg: 'HS512', kid: 'b' })];
	expect(await verdict(JSON.stringify({ keys }))).toMatchObject({
		valid: true,
		key: { keyId: 'b' },
	});
	expect(await verdict(JSON.stringify({ keys: keys.slice(0, 1) }))).toMatchObject({
		error: { code: 'SIGNATURE_INVALID' },
	});
	expect(await verdict(JSON.stringify({ keys: [oct(32), ...keys] }))).toMatchObject({
		valid: true,
	});
});

it('of a set a hundred keys are tried, and no more', () => {
	const keys = Array.from({ length: 101 }, (_, index) => oct(32, { kid: `k${index}` }));
	const found = readSecretKeys({ key: JSON.stringify({ keys }) }).keys;
	expect(found).toHaveLength(100);
	expect(found.at(-1)?.keyId).toBe('k99');
});

it('a set of other keys or none is named as before', () => {
	expectCode('KEY_NOT_IN_SET', () => readSecretKeys({ key: '{"keys":[]}' }));
	expectCode('SECRET_IS_KEY', () => readSecretKeys({ key: '{"keys":[{"kty":"EC"}]}' }));
});
