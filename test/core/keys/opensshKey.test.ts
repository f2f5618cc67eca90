import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ERROR_HINTS } from '../../../core/errors';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import { importOpenssh } from '../../../core/keys/opensshKey';
import { publicKeyOf } from '../../../core/keys/publicKey';
import { expectCode, onlyJwtAuthErrors } from '../support/expectCode';
import { ec, ed25519, jwk, rsa } from '../support/keyFixtures';

const hasSshKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined;
if (!hasSshKeygen && process.env.CI) throw new Error('CI needs openssh-client');
if (!hasSshKeygen) console.warn('ssh-keygen is not installed: tests of OpenSSH keys are left out');

/** Runs ssh-keygen on a new key in a folder of its own. */
function withKey<T>(kind: string[], passphrase: string, read: (file: string) => T): T {
	const folder = mkdtempSync(join(tmpdir(), 'jwt-auth-'));
	const file = join(folder, 'key');
	try {
		execFileSync('ssh-keygen', ['-q', '-t', ...kind, '-N', passphrase, '-C', 'me', '-f', file]);
		return read(file);
	} finally {
		rmSync(folder, { recursive: true });
	}
}

const KINDS: Array<readonly [algorithm: string, kind: string[]]> = [
	['EdDSA', ['ed25519']],
	['RS256', ['rsa', '-b', '2048']],
	['PS256', ['rsa', '-b', '3072']],
	['ES256', ['ecdsa', '-b', '256']],
	['ES384', ['ecdsa', '-b', '384']],
	['ES512', ['ecdsa', '-b', '521']],
];

/** The fields of RFC 4251 §5, to compare public keys without another parser. */
const sshPublic = (file: string): string => readFileSync(`${file}.pub`, 'utf8').split(' ')[1] ?? '';

function publicBytes(file: string): string {
	const { n, x, y } = publicKeyOf(importedFrom(file)).export({ format: 'jwk' });
	return Buffer.concat(
		[n ?? x ?? '', y ?? ''].map((part) => Buffer.from(part, 'base64url')),
	).toString('hex');
}

const textOf = (file: string): string => readFileSync(file, 'utf8');
const bytesOf = (file: string): Buffer =>
	Buffer.from(textOf(file).replace(/-----.*-----/g, ''), 'base64');
const importedFrom = (file: string) => importOpenssh(bytesOf(file));

(hasSshKeygen ? describe : describe.skip)('a key of ssh-keygen', () => {
	it.each(KINDS)('signs %s: %j', (algorithm, kind) => {
		withKey(kind, '', (file) => {
			const key = textOf(file);
			expect(key).toContain('BEGIN OPENSSH PRIVATE KEY');
			for (const text of [key, JSON.stringify(key), bytesOf(file).toString('base64')]) {
				expect(importSigningKey({ algorithm, key: text }).key.type).toBe('private');
			}
			expect(Buffer.from(sshPublic(file), 'base64').toString('hex')).toContain(publicBytes(file));
		});
	});

	it('of every size of number is read like any other', () => {
		for (let count = 0; count < 5; count += 1) {
			withKey(['ecdsa', '-b', '521'], '', (file) => {
				const key = textOf(file);
				expect(importSigningKey({ algorithm: 'ES512', key }).key.type).toBe('private');
			});
		}
	});

	it.each(KINDS.slice(0, 2))(
		'with a passphrase is read after the command of the hint: %s',
		(algorithm, kind) => {
			expect(ERROR_HINTS.KEY_OPENSSH).toContain(
				'cp your-key-file copy && ssh-keygen -p -N "" -f copy',
			);
			withKey(kind, 'open sesame', (file) => {
				const before = textOf(file);
				expectCode('KEY_OPENSSH', () => importSigningKey({ algorithm, key: before }));
				const copy = `${file}-copy`;
				copyFileSync(file, copy);
				// With -P it asks nothing; a person is asked for the passphrase.
				execFileSync('ssh-keygen', ['-p', '-P', 'open sesame', '-N', '', '-f', copy]);
				expect(importSigningKey({ algorithm, key: textOf(copy) }).key.type).toBe('private');
				expect(textOf(file)).toBe(before);
			});
		},
	);

	it('for another algorithm is named', () => {
		withKey(['ed25519'], '', (file) => {
			expectCode('KEY_WRONG_TYPE', () =>
				importSigningKey({ algorithm: 'RS256', key: textOf(file) }),
			);
		});
	});

	it('that is cut off or damaged anywhere is refused, or still a key', () => {
		const kinds = KINDS.filter(([algorithm]) => algorithm !== 'PS256');
		for (const [, kind] of kinds) {
			const bytes = withKey(kind, '', bytesOf);
			for (let length = 0; length < bytes.length - 20; length += 7) {
				onlyJwtAuthErrors(() => importOpenssh(bytes.subarray(0, length)));
			}
			fc.assert(
				fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
					const copy = Buffer.from(bytes);
					copy[at] = (copy[at] ?? 0) ^ mask;
					onlyJwtAuthErrors(() => importOpenssh(copy));
				}),
				{ numRuns: 150 },
			);
		}
	});

	it('of which lines are missing is cut off', () => {
		withKey(['ed25519'], '', (file) => {
			const half = bytesOf(file).subarray(0, 150);
			const { message } = expectCode('KEY_TRUNCATED', () => importOpenssh(half));
			expect(message).toContain('cut off or damaged');
		});
	});
});

it('anything behind the magic bytes is refused', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
			const file = Buffer.concat([Buffer.from('openssh-key-v1\0'), bytes]);
			expect(onlyJwtAuthErrors(() => importOpenssh(file))).toBeUndefined();
		}),
	);
	expectCode('KEY_MALFORMED', () => importOpenssh(Buffer.from('something else')));
});

describe('a file written by hand, after PROTOCOL.key of OpenSSH', () => {
	const uint32 = (value: number): Buffer => Buffer.from(value.toString(16).padStart(8, '0'), 'hex');
	const string = (value: Buffer | string): Buffer => {
		const bytes = Buffer.from(value);
		return Buffer.concat([uint32(bytes.length), bytes]);
	};
	/** A number of a JWK, as RFC 4251 §5 writes it: with a zero in front of a high bit. */
	const number = (member: unknown): Buffer => {
		const bytes = Buffer.from(String(member), 'base64url');
		const significant = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
		return string(Buffer.concat([Buffer.alloc(1), significant]));
	};

	interface Layout {
		cipher?: string;
		derivation?: string;
		keys?: number;
		checks?: [number, number];
	}
	function file(fields: readonly Buffer[], layout: Layout = {}): Buffer {
		const { cipher = 'none', derivation = 'none', keys = 1, checks = [7, 7] } = layout;
		return Buffer.concat([
			Buffer.from('openssh-key-v1\0'),
			...[string(cipher), string(derivation), string(''), uint32(keys), string('public')],
			string(Buffer.concat([...checks.map(uint32), ...fields])),
		]);
	}

	const [rsaJwk, ecJwk, edJwk] = [jwk(rsa), jwk(ec), jwk(ed25519)];
	const bytes = (member: unknown): Buffer => Buffer.from(String(member), 'base64url');
	const seedAndPublic = Buffer.concat([bytes(edJwk.d), bytes(edJwk.x)]);
	const point = Buffer.concat([Buffer.from([4]), bytes(ecJwk.x), bytes(ecJwk.y)]);
	const edFields = (secret: Buffer): Buffer[] => [
		string('ssh-ed25519'),
		string(bytes(edJwk.x)),
		string(secret),
	];
	const ecFields = (type: string, curve: string, written: Buffer, d: unknown): Buffer[] => [
		string(type),
		string(curve),
		string(written),
		number(d),
	];
	const p256 = (written: Buffer): Buffer[] =>
		ecFields('ecdsa-sha2-nistp256', 'nistp256', written, ecJwk.d);
	const rsaFields = (members: Record<string, unknown>): Buffer[] => {
		const { n, e, d, qi, p, q } = members;
		return [string('ssh-rsa'), ...[n, e, d, qi, p, q].map(number)];
	};

	it.each([
		['Ed25519', edFields(seedAndPublic), ed25519],
		['ECDSA', p256(point), ec],
		['RSA', rsaFields(rsaJwk), rsa],
	])('is read: %s', (_name, fields, expected) => {
		expect(importOpenssh(file(fields)).equals(expected)).toBe(true);
	});

	it.each(['ssh-dss', 'sk-ssh-ed25519@openssh.com', 'sk-ecdsa-sha2-nistp256@openssh.com'])(
		'of the kind %s cannot sign a JWT',
		(type) => {
			const { message } = expectCode('KEY_UNSUPPORTED', () => importOpenssh(file([string(type)])));
			expect(message).toContain('of a kind that cannot sign a JWT');
		},
	);

	it.each([{ cipher: 'aes256-ctr' }, { derivation: 'bcrypt' }])(
		'that is encrypted is not read: %p',
		(layout) => {
			const encrypted = file(edFields(seedAndPublic), layout);
			const { message } = expectCode('KEY_OPENSSH', () => importOpenssh(encrypted));
			expect(message).toContain('with a passphrase');
		},
	);

	it.each([0, 2])('with %i keys is ambiguous', (keys) => {
		const { message } = expectCode('KEY_AMBIGUOUS', () =>
			importOpenssh(file(edFields(seedAndPublic), { keys })),
		);
		expect(message).toContain('exactly one key');
	});

	it.each([1, 60, 120])('that ends %i bytes too early is cut off', (missing) => {
		const whole = file(edFields(seedAndPublic));
		const { message } = expectCode('KEY_TRUNCATED', () =>
			importOpenssh(whole.subarray(0, -missing)),
		);
		expect(message).toBe('The OpenSSH key is cut off or damaged.');
	});

	it.each([
		['numbers that should be the same', file(edFields(seedAndPublic), { checks: [7, 8] })],
		['an Ed25519 key of 63 bytes', file(edFields(seedAndPublic.subarray(1)))],
		['a curve of no algorithm', file(ecFields('ecdsa-sha2-x', 'nistp224', point, ecJwk.d))],
		['a point a byte too short', file(p256(point.subarray(0, -1)))],
		['a point of another form', file(p256(Buffer.concat([Buffer.from([6]), point.subarray(1)])))],
		['a point that is not on the curve', file(p256(Buffer.from(point).fill(1, 40)))],
		['an RSA key of two keys', file(rsaFields({ ...rsaJwk, p: 'AQAB' }))],
		['an RSA key without a modulus', file(rsaFields({ ...rsaJwk, n: '' }))],
	])('with %s is damaged, and not called a JWK', (_name, damaged) => {
		const { message, hint } = expectCode('KEY_MALFORMED', () => importOpenssh(damaged));
		expect(message).toContain('The OpenSSH key is damaged');
		expect(hint).toBe('Paste the private key file again, all lines of it.');
	});
});
