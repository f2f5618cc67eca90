import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { Cancelled } from '../../../core/shared/cancelled';
import { loadBalancerKeyCache } from '../../../core/verify/loadBalancerKeys';
import { verifyToken } from '../../../core/verify/verifyToken';
import { pem, publicPem, rsa } from '../support/keyFixtures';
import { fetchFrom } from '../support/publishedDocuments';

const ARN =
	'arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188';
const OTHER_ARN = ARN.replace('web', 'other');
const BASE = 'https://public-keys.auth.elb.eu-central-1.amazonaws.com/';
const KID = '9d1c0ee2-6cbb-4d6e-a9f6-43ddd6ca1f5b';
const NOW = new Date();
const EXP = Math.floor(NOW.getTime() / 1000) + 120;
const albKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

let published: Record<string, unknown>;
let asked: string[];
let milliseconds: number;

beforeEach(() => {
	published = { [BASE + KID]: publicPem(albKey) };
	asked = [];
	milliseconds = 0;
});

const padded = (bytes: Buffer) => {
	const text = bytes.toString('base64url');
	return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
};

const HEADER = {
	typ: 'JWT',
	kid: KID,
	alg: 'ES256',
	iss: 'https://idp.example',
	client: 'app',
	signer: ARN,
	exp: EXP,
};
const PAYLOAD = {
	sub: 'ann',
	email: 'ann@example.com',
	username: 'ann',
	exp: EXP,
	iss: 'https://idp.example',
};

/** A token as a load balancer writes it: padded, with issuer, client and expiry in the header. */
function albToken(
	header: object = {},
	payload: object = {},
	key: KeyObject = albKey,
	write = padded,
) {
	const parts = [
		{ ...HEADER, ...header },
		{ ...PAYLOAD, ...payload },
	];
	const input = parts.map((part) => write(Buffer.from(JSON.stringify(part)))).join('.');
	const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
	return `${input}.${write(signature)}`;
}

const fetchPublished = fetchFrom(
	() => published,
	(url) => asked.push(url),
);

/** The verdict about a token in full. */
function judge(settings = {}, fetch = fetchPublished) {
	const source = loadBalancerKeyCache(() => milliseconds)(
		[
			{ arn: ARN, keyAddress: BASE },
			{ arn: OTHER_ARN, keyAddress: 'https://other.example/' },
		],
		fetch,
		settings,
	);
	return async (token: string) => {
		const checks = { audiences: ['app'], issuers: ['https://idp.example'] };
		return await verifyToken(token, source, { now: NOW, ...checks });
	};
}

/** The verdict in one word. */
function verifier(settings = {}, fetch = fetchPublished) {
	const verdict = judge(settings, fetch);
	return async (token: string) => {
		const result = await verdict(token);
		return result.valid ? 'VALID' : result.error.code;
	};
}

describe('a token of a load balancer', () => {
	it('is accepted padded, as it comes', async () => {
		const token = albToken();
		expect(token).toContain('=');
		expect(await verifier()(token)).toBe('VALID');
		expect(asked).toEqual([BASE + KID]);
	});

	it('is accepted without padding too', async () => {
		const write = (bytes: Buffer) => bytes.toString('base64url');
		expect(await verifier()(albToken({}, {}, albKey, write))).toBe('VALID');
	});

	it.each<[string, string, string]>([
		[
			'signed by another key',
			albToken({}, {}, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
			'SIGNATURE_INVALID',
		],
		[
			'of a load balancer that is not listed',
			albToken({ signer: ARN.replace('web', 'evil') }),
			'ISSUER_MISMATCH',
		],
		['without signer', albToken({ signer: undefined }), 'ISSUER_MISMATCH'],
		['with a list of signers', albToken({ signer: [ARN] }), 'ISSUER_MISMATCH'],
		['for another client', albToken({ client: 'other' }), 'AUDIENCE_MISMATCH'],
		[
			'without client, though the payload has an aud',
			albToken({ client: undefined }, { aud: 'app' }),
			'AUDIENCE_MISMATCH',
		],
		[
			'of another identity provider, though the payload says otherwise',
			albToken({ iss: 'https://evil.example' }),
			'ISSUER_MISMATCH',
		],
		['that has expired by its header', albToken({ exp: EXP - 600 }), 'TOKEN_EXPIRED'],
		['without exp in the header', albToken({ exp: undefined }), 'CLAIM_MISSING'],
		['with an exp that is a text', albToken({ exp: 'expiration' }), 'CLAIM_INVALID'],
		['with one character of padding too few', albToken().replace(/=$/, ''), 'TOKEN_MALFORMED'],
		[
			'with its padding taken off after it was signed',
			albToken().replaceAll('=', ''),
			'SIGNATURE_INVALID',
		],
		['that is signed with another algorithm', albToken({ alg: 'RS256' }), 'ALGORITHM_NOT_ALLOWED'],
		['that is not signed', albToken({ alg: 'none' }), 'ALGORITHM_NOT_ALLOWED'],
	])('is refused %s', async (_what, token, code) => {
		expect(await verifier()(token)).toBe(code);
	});

	it.each([
		[
			'The token does not come from a load balancer that is listed.',
			albToken({ signer: 'arn:x' }),
			'Check Load Balancer ARN: it has to be the "signer"',
		],
		[
			'The key ID of the token is none that AWS gives.',
			albToken({ kid: 'x' }),
			'Check that the token comes from this issuer',
		],
		[
			'The token has no exp in its header.',
			albToken({ exp: undefined }),
			'check where the token comes from',
		],
	])('is refused with words for who set this up: %s', async (message, token, hint) => {
		expect(await judge()(token)).toMatchObject({
			error: { message, hint: expect.stringContaining(hint) as string },
		});
	});

	it.each([
		'../../../evil',
		'..%2f..%2fevil',
		`${KID}/../x`,
		`${KID}?x`,
		`${KID}#`,
		`//evil.example/${KID}`,
		`https://evil.example/${KID}`,
		KID.toUpperCase(),
		`${KID}\n`,
		'',
		'x'.repeat(5000),
	])('is refused with the key ID %j, which is never made an address', async (kid) => {
		expect(await verifier()(albToken({ kid }))).toBe('KEY_NOT_FOUND');
		expect(asked).toEqual([]);
	});

	it('is asked for at the address of the load balancer that signed it only', async () => {
		expect(await verifier()(albToken({ signer: OTHER_ARN }))).toBe('KEY_NOT_FOUND');
		expect(asked).toEqual([`https://other.example/${KID}`]);
	});
});

describe('the key', () => {
	it.each([
		['private', pem(albKey, 'pkcs8')],
		['RSA', publicPem(rsa)],
		['a web page', '<html></html>'],
		['empty', ''],
		['JSON', '{}'],
	])('is none if it is %s', async (_what, answer) => {
		published[BASE + KID] = answer;
		await expect(verifier()(albToken())).rejects.toMatchObject({
			code: 'JWKS_INVALID',
			message:
				'public-keys.auth.elb.eu-central-1.amazonaws.com answered with something else than a public key.',
			hint: expect.stringContaining('Check Load Balancer ARN, and Public Key Address') as string,
		});
	});

	it.each([429, 500, 401])('is not known where the address answers %s', async (status) => {
		published[BASE + KID] = status;
		await expect(verifier()(albToken())).rejects.toMatchObject({
			code: 'JWKS_UNREACHABLE',
			message: expect.stringContaining(`amazonaws.com answered ${status}`) as string,
		});
	});

	it('is fetched once for many tokens at once and for its lifetime', async () => {
		const verify = verifier({ lifetime: 600 });
		const verdicts = await Promise.all(
			Array.from({ length: 50 }, async () => await verify(albToken())),
		);
		expect(new Set(verdicts)).toEqual(new Set(['VALID']));
		milliseconds += 599_999;
		await verify(albToken());
		expect(asked).toHaveLength(1);
		milliseconds += 1;
		await verify(albToken());
		expect(asked).toHaveLength(2);
	});

	it('does not wait for another one that is looked for', async () => {
		let answer: (() => void) | undefined;
		const slow = new Promise<void>((resolve) => {
			answer = resolve;
		});
		const verify = verifier({}, async (url, limit) => {
			if (!url.endsWith(KID)) await slow;
			return await fetchPublished(url, limit);
		});
		await verify(albToken());
		const missing = verify(albToken({ kid: KID.replace(/.$/, '0') }));
		expect(await verify(albToken())).toBe('VALID');
		answer?.();
		expect(await missing).toBe('KEY_NOT_FOUND');
	});

	it('is asked for again at once where the execution that asked was cancelled', async () => {
		published[BASE + KID] = new Cancelled();
		const verify = verifier();
		await expect(verify(albToken())).rejects.toThrow(Cancelled);
		published[BASE + KID] = publicPem(albKey);
		expect(await verify(albToken())).toBe('VALID');
	});

	it.each([403, 404])(
		'that was withdrawn (%s) is no longer used after its lifetime',
		async (status) => {
			const verify = verifier({ lifetime: 600 });
			await verify(albToken());
			published[BASE + KID] = status;
			milliseconds += 600_000;
			expect(await verify(albToken())).toBe('KEY_NOT_FOUND');
		},
	);

	it('that is published late is found after the cool-down', async () => {
		delete published[BASE + KID];
		const verify = verifier({ coolDown: 30 });
		expect(await verify(albToken())).toBe('KEY_NOT_FOUND');
		published[BASE + KID] = publicPem(albKey);
		milliseconds += 30_000;
		expect(await verify(albToken())).toBe('VALID');
	});
});

describe('several new keys at once', () => {
	const kids = Array.from({ length: 6 }, (_, index) => KID.replace(/.$/, String(index)));

	it('are all found, as after a restart of n8n', async () => {
		published = Object.fromEntries(kids.map((kid) => [BASE + kid, publicPem(albKey)]));
		const verify = verifier();
		const tokens = [...kids, ...kids].map((kid) => albToken({ kid }));
		const verdicts = await Promise.all(tokens.map(async (token) => await verify(token)));
		expect(new Set(verdicts)).toEqual(new Set(['VALID']));
		expect(asked).toHaveLength(kids.length);
	});

	it('are no unknown keys while the address is down, and found five seconds later', async () => {
		milliseconds = 1_000_000;
		published = Object.fromEntries(kids.map((kid) => [BASE + kid, 500]));
		const verify = verifier();
		for (const kid of kids) {
			await expect(verify(albToken({ kid }))).rejects.toMatchObject({ code: 'JWKS_UNREACHABLE' });
		}
		expect(asked).toHaveLength(1);
		published = Object.fromEntries(kids.map((kid) => [BASE + kid, publicPem(albKey)]));
		milliseconds += 5000;
		for (const kid of kids) expect(await verify(albToken({ kid }))).toBe('VALID');
	});
});

describe('a flood of made-up key IDs', () => {
	const made = (index: number) =>
		albToken({ kid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}` });

	it('has the address asked once per cool-down, one by one or at once', async () => {
		const verify = verifier({ coolDown: 30 });
		for (let index = 0; index < 100; index += 1) {
			expect(await verify(made(index))).toBe('KEY_NOT_FOUND');
		}
		expect(asked).toHaveLength(1);
		milliseconds += 30_000;
		await Promise.all(
			Array.from({ length: 200 }, async (_, index) => await verify(made(1000 + index))),
		);
		expect(asked).toHaveLength(2);
	});

	it('has one made-up ID asked for no more often than many', async () => {
		const verify = verifier({ coolDown: 30 });
		for (let index = 0; index < 100; index += 1) await verify(made(1));
		expect(asked).toHaveLength(1);
	});

	it('delays a new key to the cool-down at most, although each ID is asked for apart', async () => {
		const verify = verifier({ coolDown: 30 });
		let index = 0;
		const flood = async () => {
			for (let sent = 0; sent < 20; sent += 1) await verify(made((index += 1)));
		};
		await flood();
		while ((await verify(albToken())) !== 'VALID') {
			await flood();
			milliseconds += 1000;
			await flood();
			expect(milliseconds).toBeLessThanOrEqual(30_000);
		}
	});

	it('leaves a new key alone that comes a second after a lone one without a key', async () => {
		const verify = verifier({ coolDown: 30 });
		expect(await verify(made(1))).toBe('KEY_NOT_FOUND');
		milliseconds += 1000;
		expect(await verify(made(1))).toBe('KEY_NOT_FOUND');
		expect(asked).toHaveLength(1);
		expect(await verify(albToken())).toBe('VALID');
	});

	it('does not keep tokens with a known key out', async () => {
		const verify = verifier({ coolDown: 30, lifetime: 60 });
		expect(await verify(albToken())).toBe('VALID');
		for (let minute = 0; minute < 5; minute += 1) {
			milliseconds += 60_000;
			for (let index = 0; index < 20; index += 1) await verify(made(100 * minute + index));
			expect(await verify(albToken())).toBe('VALID');
		}
	});
});
