import fc from 'fast-check';
import { ALGORITHMS } from '../../../core/keys/algorithms';
import { JwtAuthError } from '../../../core/errors';
import { importSigningKey } from '../../../core/keys/importSigningKey';
import type { SigningKeySettings } from '../../../core/keys/types';
import {
	coinbaseEd25519,
	ec,
	ed25519,
	JSON_MANGLINGS,
	jwk,
	leak,
	PASSPHRASE,
	pem,
	PEM_MANGLINGS,
	rsa,
	secretParts,
} from '../support/keyFixtures';

const RUNS = { numRuns: 10_000 };
const MINUTES = 300_000;

const names = fc.constantFrom(...ALGORITHMS.map(({ name }) => name));
const encodings = fc.constantFrom('utf8', 'base64', 'base64url', 'hex');

/** Imports, or fails with the one error there may be, without quoting any of `secrets`. */
function attempt(settings: SigningKeySettings, secrets: readonly string[]): boolean {
	try {
		importSigningKey(settings);
		return true;
	} catch (error) {
		if (!(error instanceof JwtAuthError)) throw error;
		const said = `${error.message}\n${error.hint}\n${error.stack}`;
		expect(leak(said, secrets)).toBeUndefined();
		return false;
	}
}

const PEMS = [
	pem(ec, 'pkcs8'),
	pem(ec, 'sec1'),
	pem(ec, 'sec1', 'aes-128-cbc'),
	pem(ed25519, 'pkcs8'),
	pem(rsa, 'pkcs1'),
	pem(rsa, 'pkcs8', 'aes-256-cbc'),
];
const FILES = [
	JSON.stringify({ ...jwk(ec), kid: 'k', alg: 'ES256', use: 'sig', key_ops: ['sign'] }),
	JSON.stringify({ keys: [jwk(ed25519), jwk(rsa)] }),
	JSON.stringify({ name: 'k', privateKey: coinbaseEd25519(ed25519).toString('base64') }),
	JSON.stringify({ type: 'service_account', private_key_id: 'a', private_key: pem(ec, 'pkcs8') }),
];

/** One edit of a text: what is at `at` (a share of the length) gives way to `put`. */
const edits = fc.array(
	fc.record({
		at: fc.double({ min: 0, max: 1, noNaN: true }),
		drop: fc.oneof(fc.nat(3), fc.nat(400)),
		put: fc.oneof(
			fc.string({ maxLength: 6 }),
			fc.string({ unit: 'binary', maxLength: 4 }),
			fc.constantFrom(
				'-----',
				'"',
				'\\n',
				'\\',
				'{',
				'}',
				'[',
				'BEGIN ',
				'-----END PRIVATE KEY-----',
			),
		),
	}),
	{ maxLength: 3 },
);

function edited(text: string, changes: Array<{ at: number; drop: number; put: string }>): string {
	return changes.reduce((current, { at, drop, put }) => {
		const start = Math.floor(at * current.length);
		return current.slice(0, start) + put + current.slice(start + drop);
	}, text);
}

describe('importSigningKey, whatever is pasted', () => {
	it(
		'refuses arbitrary text with a JwtAuthError',
		() => {
			const fragments = fc.constantFrom(
				...['-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----', '{"kty":"', '"keys":['],
				...['\\n', '\\u002b', '"', '\0', '\uFEFF', 'MII', 'eyJ', '.', 'ssh-rsa AAAA', '-----'],
			);
			const piece = fc.oneof(
				fc.string({ unit: 'binary' }),
				fc.string(),
				fc.base64String(),
				fc.json(),
				fragments,
			);
			const texts = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
			fc.assert(
				fc.property(
					fc.record({
						algorithm: fc.oneof(names, fc.string()),
						key: texts,
						secretEncoding: encodings,
						allowShortSecret: fc.boolean(),
						passphrase: fc.string(),
					}),
					(settings) => {
						attempt(settings as SigningKeySettings, []);
					},
				),
				RUNS,
			);
		},
		MINUTES,
	);

	it(
		'takes a mutated key or refuses it without quoting it',
		() => {
			const source = fc.oneof(
				fc.tuple(fc.constantFrom(...PEMS), fc.constantFrom(...Object.values(PEM_MANGLINGS))),
				fc.tuple(fc.constantFrom(...FILES), fc.constantFrom(...Object.values(JSON_MANGLINGS))),
			);
			const algorithms = fc.constantFrom('ES256', 'EdDSA', 'RS256', 'HS256');
			let accepted = 0;
			fc.assert(
				fc.property(source, edits, algorithms, ([text, mangle], changes, algorithm) => {
					const key = edited(mangle(text), changes);
					const secrets = [...secretParts(text), ...secretParts(mangle(text)), PASSPHRASE];
					if (attempt({ algorithm, key, passphrase: PASSPHRASE }, secrets)) accepted += 1;
				}),
				RUNS,
			);
			// Some edits do no harm: if none was taken, the property would not reach the importers.
			expect(accepted).toBeGreaterThan(500);
		},
		MINUTES,
	);

	it(
		'takes a key with damaged DER or refuses it',
		() => {
			const ders = PEMS.filter((text) => !text.includes('Proc-Type')).map((text) =>
				Buffer.from(text.replace(/-----.*-----/g, ''), 'base64'),
			);
			const algorithms = fc.constantFrom('RS256', 'ES256', 'EdDSA');
			const flips = fc.array(fc.tuple(fc.nat(1300), fc.integer({ min: 1, max: 255 })), {
				minLength: 1,
				maxLength: 3,
			});
			fc.assert(
				fc.property(fc.constantFrom(...ders), flips, algorithms, (der, changes, algorithm) => {
					const copy = Buffer.from(der);
					for (const [at, mask] of changes) {
						const index = at % copy.length;
						copy[index] = (copy[index] ?? 0) ^ mask;
					}
					const key = copy.toString('base64');
					attempt({ algorithm, key, passphrase: PASSPHRASE }, [key]);
				}),
				RUNS,
			);
		},
		MINUTES,
	);

	/** Characters that were gone through, but for those that patterns pass: see test/patterns.test.ts. */
	function charactersSeen(settings: SigningKeySettings): number {
		const [replace, trim, slice] = (['replace', 'trim', 'slice'] as const).map((name) =>
			jest.spyOn(String.prototype, name),
		);
		attempt(settings, []);
		const texts = [
			...[replace, trim].flatMap((spy) => spy?.mock.contexts),
			...(slice?.mock.results ?? []).map(({ value }) => value as string),
		];
		jest.restoreAllMocks();
		return texts.reduce<number>((sum, text) => sum + String(text).length, 0);
	}

	it.each([
		'-',
		' ',
		'"',
		'\\',
		'-----BEGIN ',
		'-----BEGIN A-----',
		'\\"',
		'{"a":',
		'[',
		'\n',
		'A',
	])('does work that grows with the length of the text only: %j', (unit) => {
		const textsOf = (length: number) => {
			const key = `x${unit.repeat(length / unit.length)}x`;
			return [key, key.slice(1), key.slice(1, -1)];
		};
		for (const algorithm of ['RS256', 'HS256']) {
			const [short = [], long = []] = [16_000, 64_000].map((length) =>
				textsOf(length).map((key) => charactersSeen({ algorithm, key, allowShortSecret: true })),
			);
			for (const [index, seen] of long.entries()) {
				expect(seen).toBeGreaterThan(0);
				expect(seen).toBeLessThan(4.5 * (short[index] ?? 0));
			}
		}
	});
});
